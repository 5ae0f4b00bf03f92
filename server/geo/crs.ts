// The coordinate systems an import may state, and their conversion to and from WGS-84.
// Datums: CGCS2000 and WGS-84 differ by centimetres and are taken as equal (EPSG's null transformation).
// Axis order is always [east, north] as GeoJSON, CSV and shapefiles carry it, never EPSG's formal [north, east].
import type { Geometry, Position } from 'geojson'
import proj4 from 'proj4'
import { crsErrors } from './crs-error.ts'
import { bd09ToWgs84, gcj02ToWgs84, wgs84ToBd09, wgs84ToGcj02 } from './gcj.ts'
import { type LonLat, looksSwapped, mapPositions } from './positions.ts'

export { CrsError } from './crs-error.ts'
export { isInChinaBbox, type LonLat, looksSwapped } from './positions.ts'

export const NAMED_CRS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
/** Canonical form: EPSG:4326 is read as `wgs84` and EPSG:4490 as `cgcs2000`. */
export type Crs = (typeof NAMED_CRS)[number] | `EPSG:${number}`

export const WEB_MERCATOR_SRID = 3857
// CGCS2000 3-degree Gauss-Krueger zones, central meridians 75 E to 135 E. The first family writes the zone number
// (25 to 45) before the easting, the second ("CM") does not. https://epsg.io/4549
const FIRST_ZONED_SRID = 4513
const FIRST_CM_SRID = 4534
const ZONE_COUNT = 21
const FIRST_ZONE_NUMBER = 25
const FIRST_MERIDIAN_DEG = 75
const ZONE_WIDTH_DEG = 3

export type ConversionMethod = 'identity' | 'gcoord' | 'proj4'
/** Stored with every converted feature, so that a later correction can find what it has to redo. */
export const CONVERSION_VERSION: Record<ConversionMethod, string> = {
  identity: 'identity',
  gcoord: 'gcoord-1.0.7+iterated-inverse',
  proj4: 'proj4-2.22.0',
}

interface GaussZone {
  srid: number
  meridian_deg: number
  /** Added to the easting, metres: 500,000, or with the zone number before it. */
  false_easting_m: number
}

/** The Gauss-Krueger zone behind a CGCS2000 3-degree SRID, or undefined for any other number. */
export function gaussZone(srid: number): GaussZone | undefined {
  const isZoned = srid >= FIRST_ZONED_SRID && srid < FIRST_ZONED_SRID + ZONE_COUNT
  const isCm = srid >= FIRST_CM_SRID && srid < FIRST_CM_SRID + ZONE_COUNT
  if (!Number.isInteger(srid) || !(isZoned || isCm)) return undefined
  const index = srid - (isZoned ? FIRST_ZONED_SRID : FIRST_CM_SRID)
  return {
    srid,
    meridian_deg: FIRST_MERIDIAN_DEG + index * ZONE_WIDTH_DEG,
    false_easting_m: 500_000 + (isZoned ? (FIRST_ZONE_NUMBER + index) * 1_000_000 : 0),
  }
}

/**
 * Reads a stated coordinate system; letter case and outer blanks do not matter.
 * @throws CrsError `crs_not_supported` naming what is allowed, also for "unknown" and the empty string.
 */
export function parseCrs(text: string): Crs {
  const wanted = text.trim().toLowerCase()
  const named = NAMED_CRS.find((name) => name === wanted)
  if (named) return named
  const srid = /^epsg:([1-9]\d{0,5})$/.exec(wanted)?.[1]
  if (srid === '4326') return 'wgs84'
  if (srid === '4490') return 'cgcs2000'
  if (srid === String(WEB_MERCATOR_SRID) || (srid && gaussZone(Number(srid)))) return `EPSG:${Number(srid)}`
  throw crsErrors.notSupported(text)
}

/**
 * The CGCS2000 3-degree CM zone (EPSG 4534 to 4554) whose meridian is nearest to a longitude, degrees east.
 * @throws CrsError `longitude_without_zone` outside 73.5 to 136.5 E.
 */
export function metricSridFor(lon: number): number {
  const half = ZONE_WIDTH_DEG / 2
  const east = FIRST_MERIDIAN_DEG + (ZONE_COUNT - 1) * ZONE_WIDTH_DEG + half
  if (!(lon >= FIRST_MERIDIAN_DEG - half && lon <= east)) throw crsErrors.noZone(lon)
  const index = Math.floor((lon - FIRST_MERIDIAN_DEG + half) / ZONE_WIDTH_DEG)
  return FIRST_CM_SRID + Math.min(index, ZONE_COUNT - 1)
}

interface Conversion {
  method: ConversionMethod
  toWgs84: (position: LonLat) => LonLat
  fromWgs84: (position: LonLat) => LonLat
  /** Throws a CrsError where a source position cannot belong to this system. */
  check: (position: LonLat) => void
}

const same = (position: LonLat): LonLat => [position[0], position[1]]

function checkDegrees(crs: Crs, [lon, lat]: LonLat): void {
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return
  if (looksSwapped([lon, lat])) throw crsErrors.swapped(crs, [lon, lat])
  if (Math.abs(lon) > 1000 || Math.abs(lat) > 1000) throw crsErrors.looksProjected(crs, [lon, lat])
  throw crsErrors.outOfRange(crs, [lon, lat])
}

const WEB_MERCATOR_LIMIT_M = 20_037_508.35

function checkWebMercator(crs: Crs, [x, y]: LonLat): void {
  if (Math.abs(x) > WEB_MERCATOR_LIMIT_M || Math.abs(y) > WEB_MERCATOR_LIMIT_M) throw crsErrors.outOfRange(crs, [x, y])
  if (looksLikeDegrees([x, y])) throw crsErrors.looksGeographic(crs, [x, y])
}

const looksLikeDegrees = ([x, y]: LonLat) =>
  Math.abs(x) <= 180 && Math.abs(y) <= 180 && (Math.abs(x) > 1 || Math.abs(y) > 1)

// The zones are 3 degrees wide, but files of a whole province in one zone are common: 500 km either side is allowed.
const isInZone = (zone: GaussZone, [x, y]: LonLat) =>
  Math.abs(x - zone.false_easting_m) < 500_000 && y >= 0 && y < 6_700_000

function checkGauss(crs: Crs, zone: GaussZone, [x, y]: LonLat): void {
  if (isInZone(zone, [x, y])) {
    if (looksLikeDegrees([x, y])) throw crsErrors.looksGeographic(crs, [x, y])
    return
  }
  // Survey sheets call north X and east Y, so their columns arrive the other way round.
  if (isInZone(zone, [y, x])) throw crsErrors.swapped(crs, [x, y])
  for (let srid = FIRST_ZONED_SRID; srid < FIRST_CM_SRID + ZONE_COUNT; srid++) {
    const other = gaussZone(srid)
    const isOtherFamily = other && other.false_easting_m !== zone.false_easting_m
    if (isOtherFamily && isInZone(other, [x, y])) throw crsErrors.otherZone(crs, otherZoneName(zone, other), [x, y])
  }
  throw crsErrors.outOfRange(crs, [x, y])
}

// Without a zone number the easting does not tell the meridian: keep the one that was stated.
function otherZoneName(stated: GaussZone, other: GaussZone): string {
  if (other.false_easting_m !== 500_000) return `EPSG:${other.srid}`
  return `EPSG:${FIRST_CM_SRID + (stated.meridian_deg - FIRST_MERIDIAN_DEG) / ZONE_WIDTH_DEG}`
}

function projected(definition: string, check: Conversion['check']): Conversion {
  const { forward, inverse } = proj4(definition)
  return {
    method: 'proj4',
    toWgs84: (position) => inverse([position[0], position[1]]) as LonLat,
    fromWgs84: (position) => forward([position[0], position[1]]) as LonLat,
    check,
  }
}

function buildConversion(crs: Crs): Conversion {
  const check = (position: LonLat) => checkDegrees(crs, position)
  if (crs === 'wgs84' || crs === 'cgcs2000') return { method: 'identity', toWgs84: same, fromWgs84: same, check }
  if (crs === 'gcj02') return { method: 'gcoord', toWgs84: gcj02ToWgs84, fromWgs84: wgs84ToGcj02, check }
  if (crs === 'bd09') return { method: 'gcoord', toWgs84: bd09ToWgs84, fromWgs84: wgs84ToBd09, check }
  const zone = gaussZone(Number(crs.slice('EPSG:'.length)))
  if (!zone) return projected('EPSG:3857', (position) => checkWebMercator(crs, position))
  // Named by its ellipsoid (EPSG:1024) without a datum: proj4 then shifts nothing between it and WGS-84.
  const ellipsoid = '+a=6378137 +rf=298.257222101'
  const definition = `+proj=tmerc +lat_0=0 +lon_0=${zone.meridian_deg} +k=1 +x_0=${zone.false_easting_m} +y_0=0`
  return projected(`${definition} ${ellipsoid} +units=m +no_defs`, (position) => checkGauss(crs, zone, position))
}

const conversions = new Map<Crs, Conversion>()

function conversionOf(crs: Crs): Conversion {
  const known = conversions.get(crs)
  if (known) return known
  // A cast string from outside must not slip through to Web Mercator.
  const built = buildConversion(parseCrs(crs))
  conversions.set(crs, built)
  return built
}

/** The version text to store with features converted from this system. */
export const conversionVersion = (crs: Crs): string => CONVERSION_VERSION[conversionOf(crs).method]

function pair(position: Position): LonLat {
  const [x, y] = position
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) {
    throw crsErrors.notFinite(position)
  }
  return [x, y]
}

/**
 * Source [x, y] (degrees or metres, east first) to WGS-84 [lon, lat]; a third ordinate is dropped.
 * @throws CrsError `coordinate_not_finite`, or `coordinate_out_of_range` with a hint at what the numbers look like.
 */
export function toWgs84(crs: Crs, position: Position): LonLat {
  const conversion = conversionOf(crs)
  const source = pair(position)
  conversion.check(source)
  return conversion.toWgs84(source)
}

/** WGS-84 [lon, lat] to [x, y] of the system. @throws CrsError for what is no position on Earth. */
export function fromWgs84(crs: Crs, position: Position): LonLat {
  const source = pair(position)
  checkDegrees('wgs84', source)
  return conversionOf(crs).fromWgs84(source)
}

/** A whole GeoJSON geometry from the source system to WGS-84, two-dimensional. @throws CrsError as toWgs84. */
export const convertGeometry = (crs: Crs, geometry: Geometry): Geometry =>
  mapPositions(geometry, (position) => toWgs84(crs, position))

/** A whole WGS-84 geometry to the system, two-dimensional. @throws CrsError as fromWgs84. */
export const convertGeometryFromWgs84 = (crs: Crs, geometry: Geometry): Geometry =>
  mapPositions(geometry, (position) => fromWgs84(crs, position))
