import { getFinding } from '../api/findings.ts'
import { getSchool } from '../api/schools.ts'
import { getStall, getVenue } from '../api/venues.ts'
import type { FindingState } from '../stores/filters.ts'
import type { Selection } from '../stores/url-state.ts'

/** What a tooltip says about a thing under the pointer; tiles carry ids only. */
export type Description = {
  name: string | null
  kinds: string[]
  finding: { state: FindingState; distance_m: number; threshold_m: number; school_name: string } | null
  findings: number | null
}

const KEPT = 300
const cache = new Map<string, Promise<Description>>()

/** Remembers the last few hundred; a new data version must clear it with `forget`. */
export function describePlace(target: Selection, as_of: string | null): Promise<Description> {
  const key = `${target.type}-${target.id}@${as_of ?? ''}`
  const known = cache.get(key)
  if (known) return known
  if (cache.size >= KEPT) cache.delete(cache.keys().next().value ?? '')
  const promise = ask(target, as_of ? { as_of } : {})
  cache.set(key, promise)
  promise.catch(() => cache.delete(key))
  return promise
}
export const forget = () => cache.clear()

async function ask({ type, id }: Selection, query: Record<string, string>): Promise<Description> {
  if (type === 'finding') {
    const { properties: p } = (await getFinding(id, query)).finding
    const { state, distance_m, threshold_m, school_name } = p
    return {
      name: p.venue_name,
      kinds: [p.venue_kind],
      finding: { state, distance_m, threshold_m, school_name },
      findings: null,
    }
  }
  if (type === 'school') {
    const { properties: p } = await getSchool(id, query)
    return { name: p.name, kinds: p.kinds, finding: null, findings: p.findings }
  }
  if (type === 'stall') {
    const { properties: p } = await getStall(id, query)
    return { name: p.name, kinds: ['street_stall'], finding: null, findings: p.findings }
  }
  const { properties: p } = await getVenue(id, query)
  return { name: p.name, kinds: [p.kind], finding: null, findings: p.findings }
}
