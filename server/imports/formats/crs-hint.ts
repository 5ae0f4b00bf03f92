// What a file says about its coordinate system, as a `Crs` of server/geo/crs.ts where it is one, else as the file
// names it. The importer compares it with the stated system; it never replaces the statement.
import { CrsError, parseCrs } from '../../geo/crs.ts'

function canonical(text: string): string {
  try {
    return parseCrs(text)
  } catch (error) {
    if (error instanceof CrsError) return text
    throw error
  }
}

/** The `crs` member of the 2008 GeoJSON specification, still written by GDAL and QGIS; null when there is none. */
export function crsHintOfGeoJson(crs: unknown): string | null {
  const name = (crs as { properties?: { name?: unknown } } | null)?.properties?.name
  if (typeof name !== 'string') return null
  if (/\bCRS84$/i.test(name)) return 'wgs84'
  const code = /^(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1]
  return canonical(code ? `EPSG:${code}` : name)
}

const parameter = (wkt: string, name: string): number => {
  const match = new RegExp(`PARAMETER\\["${name}",\\s*(-?[\\d.]+)`, 'i').exec(wkt)
  return match ? Number(match[1]) : Number.NaN
}

function geographicHint(wkt: string, name: string): string {
  const plain = name.replace(/[^A-Za-z0-9]/g, '').toUpperCase()
  if (/^(GCS)?WGS(19)?84$/.test(plain)) return 'wgs84'
  if (/^(GCS)?(CHINAGEODETICCOORDINATESYSTEM2000|CGCS2000)$/.test(plain)) return 'cgcs2000'
  return canonicalAuthority(wkt) ?? name
}

function canonicalAuthority(wkt: string): string | undefined {
  const code = /AUTHORITY\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/i.exec(wkt)?.[1]
  return code && canonical(`EPSG:${code}`)
}

// The names of the CGCS2000 zones differ between programs; the meridian and false easting do not.
function gaussHint(wkt: string): string | undefined {
  if (!/Transverse_Mercator|Gauss_Kruger/i.test(wkt)) return undefined
  if (!/CGCS_?2000|China_2000|China Geodetic|China_Geodetic/i.test(wkt)) return undefined
  const index = (parameter(wkt, 'central_meridian') - 75) / 3
  const easting = parameter(wkt, 'false_easting')
  const isKnown = Number.isInteger(index) && index >= 0 && index <= 20 && parameter(wkt, 'scale_factor') === 1
  if (isKnown && easting === 500_000) return `EPSG:${4534 + index}`
  if (isKnown && easting === (25 + index) * 1_000_000 + 500_000) return `EPSG:${4513 + index}`
  return undefined
}

/** A .prj file (WKT 1, as ESRI or OGC write it); null when it holds none. */
export function crsHintOfPrj(prj: string): string | null {
  const wkt = prj.trim()
  const [, kind, name] = /^(PROJCS|GEOGCS)\["([^"]*)"/i.exec(wkt) ?? []
  if (!kind || name === undefined) return null
  if (kind.toUpperCase() === 'GEOGCS') return geographicHint(wkt, name)
  if (/Web_Mercator|Pseudo-Mercator/i.test(name)) return 'EPSG:3857'
  return gaussHint(wkt) ?? canonicalAuthority(wkt) ?? name
}
