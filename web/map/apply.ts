import type { FilterSpecification, LayerSpecification, Map as MapLibre } from 'maplibre-gl'

/** One property of one layer that differs between two styles. */
export type StyleChange =
  | { layer: string; part: 'filter'; value: FilterSpecification | undefined }
  | { layer: string; part: 'layout' | 'paint'; name: string; value: unknown }

type Plain = {
  id: string
  filter?: FilterSpecification
  layout?: Record<string, unknown>
  paint?: Record<string, unknown>
}
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What must change to turn one list of layers into another with the same ids; null when the ids differ. Pure. */
export function diffLayers(
  from: readonly LayerSpecification[],
  to: readonly LayerSpecification[],
): StyleChange[] | null {
  if (from.length !== to.length) return null
  const changes: StyleChange[] = []
  for (const [at, next] of to.entries() as IterableIterator<[number, Plain]>) {
    const former = from[at] as Plain | undefined
    if (former?.id !== next.id) return null
    if (!same(former.filter, next.filter)) changes.push({ layer: next.id, part: 'filter', value: next.filter })
    for (const part of ['layout', 'paint'] as const) {
      const names = new Set([...Object.keys(former[part] ?? {}), ...Object.keys(next[part] ?? {})])
      for (const name of names) {
        const value = next[part]?.[name]
        if (!same(former[part]?.[name], value)) changes.push({ layer: next.id, part, name, value })
      }
    }
  }
  return changes
}

export function applyChanges(map: MapLibre, changes: readonly StyleChange[]) {
  for (const change of changes) {
    if (change.part === 'filter') map.setFilter(change.layer, change.value ?? null)
    else if (change.part === 'layout') map.setLayoutProperty(change.layer, change.name as never, change.value as never)
    else map.setPaintProperty(change.layer, change.name as never, change.value as never)
  }
}
