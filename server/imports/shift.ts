// Do the rows of a file lie where the same things are stored? A wrong coordinate system moves all of them alike: GCJ-02
// read as WGS-84 by 300-700 m, BD-09 by 0.9-1.4 km.
import { type Crs, fromWgs84, type LonLat, toWgs84 } from '../geo/crs.ts'
import type { Warning } from './schemas.ts'
import { warnings } from './warnings.ts'

/** A row of the file and the stored row of the same name nearby, both in WGS-84 as stated. */
export interface Match {
  file: LonLat
  stored: LonLat
}

const LEAST_MATCHES = 5
/** Two sources of one place seldom agree better than this. */
const USUAL_OFFSET_M = 100
const METRES_PER_DEGREE = 111_195
const CANDIDATES: Crs[] = ['wgs84', 'gcj02', 'bd09']

/** East and north metres from a to b; plane approximation. */
const offset = (a: LonLat, b: LonLat): LonLat => [
  (b[0] - a[0]) * METRES_PER_DEGREE * Math.cos((a[1] * Math.PI) / 180),
  (b[1] - a[1]) * METRES_PER_DEGREE,
]

const length = ([east, north]: LonLat) => Math.hypot(east, north)

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const isGeographic = (crs: Crs) => !crs.startsWith('EPSG:')
const isSameSystem = (a: Crs, b: Crs) => a === b || [a, b].every((crs) => crs === 'wgs84' || crs === 'cgcs2000')

/** Other systems of degrees that the file's numbers could be in. */
export const otherSystems = (stated: Crs): Crs[] =>
  isGeographic(stated) ? CANDIDATES.filter((crs) => !isSameSystem(crs, stated)) : []

/** The position had the file been in another system than the stated one. */
export const reread = (stated: Crs, other: Crs, position: LonLat): LonLat => toWgs84(other, fromWgs84(stated, position))

const DIRECTIONS: [zh: string, en: string][] = [
  ['东', 'east'],
  ['东北', 'north-east'],
  ['北', 'north'],
  ['西北', 'north-west'],
  ['西', 'west'],
  ['西南', 'south-west'],
  ['南', 'south'],
  ['东南', 'south-east'],
]

/** A warning when the matches lie off all alike, with the system that would explain it if one does. */
export function shiftWarning(stated: Crs, matches: Match[]): Warning | undefined {
  if (matches.length < LEAST_MATCHES) return undefined
  const offsets = matches.map(({ file, stored }) => offset(stored, file))
  const typical_m = median(offsets.map(length))
  if (typical_m < USUAL_OFFSET_M) return undefined
  const rest = otherSystems(stated)
    .map((crs) => {
      const moved = matches.map(({ file, stored }) => length(offset(stored, reread(stated, crs, file))))
      return { crs, rest_m: median(moved) }
    })
    .toSorted((a, b) => a.rest_m - b.rest_m)[0]
  if (rest && rest.rest_m < typical_m / 4) {
    return warnings.looksLikeOtherCrs(stated, rest.crs, matches.length, typical_m, rest.rest_m)
  }
  const middle: LonLat = [median(offsets.map(([east]) => east)), median(offsets.map(([, north]) => north))]
  const scatter_m = median(offsets.map(([east, north]) => Math.hypot(east - middle[0], north - middle[1])))
  if (scatter_m > length(middle) / 3) return undefined
  const eighth = Math.round(Math.atan2(middle[1], middle[0]) / (Math.PI / 4))
  const [zh, en] = DIRECTIONS[(eighth + 8) % 8]!
  return warnings.shifted(matches.length, length(middle), zh, en)
}
