// Does what the file says and shows agree with the coordinate system its sender stated?
import type { Geometry, Position } from 'geojson'
import type { Crs } from '../geo/crs.ts'
import { refuse } from './refusals.ts'
import type { Rejections } from './rejections.ts'
import type { Warning } from './schemas.ts'
import { warnings } from './warnings.ts'

const sridOf = (crs: string): number | undefined => {
  const digits = /^EPSG:(\d+)$/.exec(crs)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

// EPSG numbers 4001-4999 are geographic systems, but for the CGCS2000 zones among them.
const isProjected = (crs: string): boolean => {
  const srid = sridOf(crs)
  return srid !== undefined && !(srid > 4000 && srid < 5000 && !(srid >= 4491 && srid <= 4554))
}

/** Datums of older surveys: up to 100 m off, and no parameters for them are public. Ranges are EPSG numbers. */
const OTHER_DATUM = /beijing.?(19)?54|xian.?(19)?80|krasovsk|nad.?(19)?(27|83)|tokyo|ed.?50/i
const OTHER_DATUM_SRIDS = [
  [2327, 2442],
  [4214, 4214],
  [4555, 4555],
  [4610, 4610],
  [21413, 21463],
] as const

const isOtherDatum = (hint: string): boolean => {
  const srid = sridOf(hint)
  return srid === undefined
    ? OTHER_DATUM.test(hint)
    : OTHER_DATUM_SRIDS.some(([first, last]) => srid >= first && srid <= last)
}

const KNOWN = /^(wgs84|cgcs2000|gcj02|bd09|EPSG:\d+)$/

/**
 * Compares the stated system with what a .prj or a crs member says. A file of GCJ-02 coordinates usually claims to be
 * WGS-84, so a difference between systems of degrees is only told.
 * @throws Problem `crs_contradicted` when degrees are stated and metres meant or the reverse, `datum_not_supported`.
 */
export function checkHint(stated: Crs, hint: string | null): Warning[] {
  if (hint === null || hint === stated) return []
  if (isOtherDatum(hint)) throw refuse.otherDatum(hint)
  const isSameDatum = [stated, hint].every((crs) => crs === 'wgs84' || crs === 'cgcs2000')
  if (isSameDatum) return []
  const isContradiction = KNOWN.test(hint) && (isProjected(stated) || isProjected(hint))
  if (isContradiction) throw refuse.crsContradicted(stated, hint)
  return [warnings.crsHint(stated, hint)]
}

const within = (value: number, low: number, high: number) => value >= low && value <= high

function guessProjected(x: number, y: number): string | undefined {
  if (!within(y, 300_000, 7_300_000)) return undefined
  if (within(x, 25_000_000, 45_999_999)) return `EPSG:${4513 + Math.floor(x / 1e6) - 25}`
  if (within(x, 8_000_000, 15_300_000)) return 'EPSG:3857'
  if (within(x, 100_000, 900_000) && y > 1_900_000) return 'EPSG:4534-4554'
  return undefined
}

/** What numbers beyond ±180 probably are; undefined when nothing comes to mind. */
export function guessCrs([x = 0, y = 0]: Position): { crs: string; is_swapped: boolean } | undefined {
  const straight = guessProjected(x, y)
  if (straight) return { crs: straight, is_swapped: false }
  const swapped = guessProjected(y, x)
  return swapped ? { crs: swapped, is_swapped: true } : undefined
}

export function firstPosition(geometry: Geometry): Position | undefined {
  if (geometry.type === 'GeometryCollection') return undefined
  let value: unknown = geometry.coordinates
  while (Array.isArray(value) && Array.isArray(value[0])) value = value[0]
  return value as Position
}

const MISPLACED = ['coordinate_out_of_range', 'position_out_of_range', 'lon_lat_swapped', 'coordinate_not_finite']

/** A rejection that says the coordinates do not belong where the stated system puts them. */
export const isMisplaced = (code: string): boolean => MISPLACED.includes(code)

interface Refusal {
  code: string
  message_zh: string
  message_en: string
}

/**
 * Why the rows as a whole make no import: most coordinates do not fit the stated system, or no row is right.
 * @param misplaced the first such position, as delivered
 */
export function refusalOfRows(
  rows: number,
  accepted: number,
  rejections: Rejections,
  crs: Crs,
  misplaced: Position | undefined,
): Refusal | null {
  const misplacedCount = [...rejections.byCode].reduce((sum, [code, n]) => sum + (isMisplaced(code) ? n : 0), 0)
  if (misplacedCount * 2 > rows) return misplacedRefusal(rows, misplacedCount, rejections, crs, misplaced)
  if (accepted > 0 || rejections.count === 0) return null
  const first = rejections.listed.find(({ code }) => code === rejections.commonest)
  const sentence = (text = '') => text.replace(/[。.]$/, '')
  return {
    code: rejections.byCode.size === 1 ? (rejections.commonest ?? 'nothing_accepted') : 'nothing_accepted',
    message_zh: `${rows} 行中没有一行可以导入。最常见的原因：${sentence(first?.message_zh)}。`,
    message_en: `None of ${rows} rows can be imported. The commonest reason: ${sentence(first?.message_en)}.`,
  }
}

function misplacedRefusal(
  rows: number,
  count: number,
  rejections: Rejections,
  crs: Crs,
  at: Position | undefined,
): Refusal {
  const share = {
    zh: `${rows} 行中有 ${count} 行的坐标与 ${crs} 不符`,
    en: `The coordinates of ${count} of ${rows} rows do not fit ${crs}`,
  }
  if ((rejections.byCode.get('lon_lat_swapped') ?? 0) * 2 > count) {
    return {
      code: 'lon_lat_swapped',
      message_zh: `${share.zh}：经度与纬度（东、北坐标）颠倒。请核对 --map lon=… --map lat=…。`,
      message_en: `${share.en}: longitude and latitude (east and north) are swapped. Check --map lon=… --map lat=….`,
    }
  }
  const guess = at && Math.max(...at.map(Math.abs)) > 180 ? guessCrs(at) : undefined
  const shown = at ? `[${at.join(', ')}]` : ''
  const swapped = {
    zh: guess?.is_swapped ? '（东、北两列颠倒）' : '',
    en: guess?.is_swapped ? ' with east and north swapped' : '',
  }
  return {
    code: 'crs_does_not_fit',
    message_zh: `${share.zh}，例如 ${shown}${guess ? `，看起来像 ${guess.crs}${swapped.zh}` : ''}。请核对坐标系。`,
    message_en: `${share.en}, for example ${shown}${guess ? `, which looks like ${guess.crs}${swapped.en}` : ''}. Check the coordinate system.`,
  }
}
