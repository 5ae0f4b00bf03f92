import { shallowRef, watch } from 'vue'
import { asProblem } from '../api/problem.ts'
import { getTileJson } from '../api/system.ts'
import type { TileJson } from '../api/types.ts'
import { useVersions } from '../stores/versions.ts'
import { TILE_LAYERS, type TileLayer, type TileSource } from './style/sources.ts'

/** Tile addresses of every layer. They carry the data version, so a new address is all that makes tiles fresh. */
export function useTiles() {
  const store = useVersions()
  const tiles = shallowRef<Partial<Record<TileLayer, TileSource>>>({})

  async function fetchLayer(layer: TileLayer): Promise<[TileLayer, TileSource] | null> {
    try {
      return [layer, toSource(await getTileJson(layer))]
    } catch (error) {
      asProblem(error)
      return null
    }
  }

  /** A layer's tiles may depend on several datasets, so all are asked; those unchanged keep their object. */
  async function refresh() {
    const fetched = (await Promise.all(TILE_LAYERS.map(fetchLayer))).filter((entry) => entry !== null)
    const changed = fetched.filter(([layer, { tiles: urls }]) => tiles.value[layer]?.tiles.join() !== urls.join())
    if (changed.length > 0) tiles.value = { ...tiles.value, ...Object.fromEntries(changed) }
  }

  watch(() => store.versions, refresh)
  return { tiles, refresh }
}

/** TileJSON as MapLibre wants it: on the page's own origin, which a proxy may have changed. */
function toSource({ tiles, minzoom = 0, maxzoom = 16, bounds }: TileJson): TileSource {
  const own = tiles.map((url) => window.location.origin + url.replace(/^https?:\/\/[^/]+/, ''))
  const box = bounds?.length === 4 ? { bounds: bounds as [number, number, number, number] } : {}
  return { tiles: own, minzoom, maxzoom, ...box }
}
