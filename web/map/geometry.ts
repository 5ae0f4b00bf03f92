import type { Finding } from '../api/types.ts'

/** Drawing helpers. Positions are [lon, lat] in WGS-84; nothing here decides a distance. Pure. */
export type Point = [lon: number, lat: number]
type Properties = Record<string, string | number | boolean | null>
export type PointFeature = {
  type: 'Feature'
  properties: Properties
  geometry: { type: 'Point'; coordinates: Point }
}
export type LineFeature = {
  type: 'Feature'
  properties: Properties
  geometry: { type: 'LineString'; coordinates: number[][] }
}
export type Collection<F> = { type: 'FeatureCollection'; features: F[] }

export const collection = <F>(features: F[]): Collection<F> => ({ type: 'FeatureCollection', features })
export const pointFeature = (position: readonly number[], properties: Properties): PointFeature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [position[0] ?? 0, position[1] ?? 0] },
})
export const lineFeature = (coordinates: number[][], properties: Properties): LineFeature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates },
})

/** The venue end of a finding: its line runs from the school to the venue. */
export const venueEnd = (finding: Finding): number[] => finding.geometry.coordinates.at(-1) ?? []

/** Middle of a line by arc length in degrees; good enough to place a label on a line of a few hundred metres. */
export function midpoint(line: readonly (readonly number[])[]): Point {
  const lengths = line.slice(1).map((to, at) => Math.hypot(to[0]! - line[at]![0]!, to[1]! - line[at]![1]!))
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [at, length] of lengths.entries()) {
    if (length >= left) {
      const share = length === 0 ? 0 : left / length
      const [from, to] = [line[at]!, line[at + 1]!]
      return [from[0]! + (to[0]! - from[0]!) * share, from[1]! + (to[1]! - from[1]!) * share]
    }
    left -= length
  }
  const last = line.at(-1) ?? [0, 0]
  return [last[0] ?? 0, last[1] ?? 0]
}

/** [minLon, minLat, maxLon, maxLat] of any nesting of positions; null when there are none. */
export function bboxOf(coordinates: unknown): [number, number, number, number] | null {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (value: unknown) => {
    if (!Array.isArray(value)) return
    if (typeof value[0] === 'number') {
      box[0] = Math.min(box[0], value[0])
      box[1] = Math.min(box[1], value[1])
      box[2] = Math.max(box[2], value[0])
      box[3] = Math.max(box[3], value[1])
    } else value.forEach(visit)
  }
  visit(coordinates)
  return box[0] === Infinity ? null : box
}

/** Attributes of a finding as the tiles carry them, so that both are drawn by the same layers. */
export const findingAttributes = ({ id, properties: p }: Finding): Properties => ({
  id,
  state: p.state,
  kind: p.venue_kind,
  severity: p.severity,
  rule_id: p.rule_id,
  school_id: p.school_id,
  venue_id: p.venue_id,
  stall_id: p.stall_id,
})
