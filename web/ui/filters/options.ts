import type { FacetValue, RegionEntry, VenueKind } from '../../api/types.ts'

/** Choices of the filter menus out of code tables and facet counts. Pure. */
export type FilterOption = { value: string; label: string; count: number | null; group?: string; depth?: number }
export type Counts = ReadonlyMap<string, number> | null

export const countsOf = (facet: readonly FacetValue[] | undefined): Counts =>
  facet ? new Map(facet.map(({ value, count }) => [value, count])) : null

const countOf = (counts: Counts, value: string): number | null => (counts ? (counts.get(value) ?? 0) : null)

/** Choices in their own order; those without rows are left out unless chosen. */
export function plainOptions(
  values: readonly string[],
  label: (value: string) => string,
  counts: Counts,
  keep: readonly string[] | 'all',
): FilterOption[] {
  return values
    .map((value) => ({ value, label: label(value), count: countOf(counts, value) }))
    .filter(({ value, count }) => keep === 'all' || count !== 0 || keep.includes(value))
}

/** Venue kinds, regulated groups first as the code table sorts them, each under its group's name. */
export function kindOptions(
  kinds: readonly VenueKind[],
  label: (code: string) => string,
  groupLabel: (group: string) => string,
  counts: Counts,
  keep: readonly string[],
): FilterOption[] {
  const groups = [...new Set(kinds.map(({ kind_group }) => kind_group))]
  const sorted = [...kinds].sort(
    (a, b) => groups.indexOf(a.kind_group) - groups.indexOf(b.kind_group) || a.sort - b.sort,
  )
  return sorted
    .map(({ code, kind_group }) => ({
      value: code,
      label: label(code),
      count: countOf(counts, code),
      group: groupLabel(kind_group),
    }))
    .filter(({ value, count }) => count !== 0 || keep.includes(value))
}

/**
 * Region tree as an indented list: admin areas by parent, then police areas under their own heading. Counts come by
 * the code rows carry (the smallest area); an upper area counts its subtree, which its digits name (419801 -> 419801xxx).
 */
export function regionOptions(
  regions: readonly RegionEntry[],
  label: (region: RegionEntry) => string,
  counts: Counts,
  policeHeading: string,
): FilterOption[] {
  const byParent = new Map<string | null, RegionEntry[]>()
  const known = new Set(regions.map(({ code }) => code))
  for (const region of regions.filter(({ kind }) => kind === 'admin')) {
    const parent = region.parent_code && known.has(region.parent_code) ? region.parent_code : null
    byParent.set(parent, [...(byParent.get(parent) ?? []), region])
  }
  const walk = (parent: string | null, depth: number): FilterOption[] =>
    (byParent.get(parent) ?? []).flatMap((region) => [
      { value: region.code, label: label(region), count: subtreeCount(region.code, counts), depth: Math.min(2, depth) },
      ...walk(region.code, depth + 1),
    ])
  const police = regions
    .filter(({ kind }) => kind === 'police')
    .map((region) => ({ value: region.code, label: label(region), count: null, group: policeHeading }))
  return [...walk(null, 0), ...police]
}

function subtreeCount(code: string, counts: Counts): number | null {
  if (!counts) return null
  const prefix = code.replace(/(00)+$/, '')
  let sum = 0
  for (const [value, count] of counts) if (value.startsWith(prefix)) sum += count
  return sum
}
