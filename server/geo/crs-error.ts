import type { Position } from 'geojson'

export type CrsErrorCode =
  | 'crs_not_supported'
  | 'longitude_without_zone'
  | 'coordinate_not_finite'
  | 'coordinate_out_of_range'

/** What is wrong with a stated coordinate system or a position in it, in words for the person who sent the file. */
export class CrsError extends Error {
  override name = 'CrsError'
  readonly code: CrsErrorCode
  readonly message_zh: string
  readonly message_en: string
  readonly detail: Record<string, unknown>

  constructor(code: CrsErrorCode, messageZh: string, messageEn: string, detail: Record<string, unknown> = {}) {
    super(messageEn)
    this.code = code
    this.message_zh = messageZh
    this.message_en = messageEn
    this.detail = detail
  }
}

const ALLOWED = [
  'wgs84',
  'cgcs2000',
  'gcj02',
  'bd09',
  'EPSG:4326',
  'EPSG:4490',
  'EPSG:3857',
  'EPSG:4513-4533',
  'EPSG:4534-4554',
]

const show = (position: Position) => `[${position.map(String).join(', ')}]`

const range = (zh: string, en: string, crs: string, position: Position, hint: string | null) =>
  new CrsError('coordinate_out_of_range', zh, en, { crs, position, hint })

export const crsErrors = {
  notSupported: (text: string) =>
    new CrsError(
      'crs_not_supported',
      `不支持的坐标系“${text}”。必须写明坐标系，可用：${ALLOWED.join('、')}。`,
      `Coordinate system "${text}" is not supported. State one of: ${ALLOWED.join(', ')}.`,
      { given: text, allowed: ALLOWED },
    ),
  noZone: (lon: number) =>
    new CrsError(
      'longitude_without_zone',
      `经度 ${lon} 不在 CGCS2000 三度带范围（东经 73.5-136.5 度）内。`,
      `Longitude ${lon} lies outside the CGCS2000 3-degree zones (73.5 to 136.5 E).`,
      { lon },
    ),
  notFinite: (position: Position) =>
    new CrsError('coordinate_not_finite', '坐标不是有效数字。', 'A coordinate is not a finite number.', {
      position: position.map(String),
    }),
  outOfRange: (crs: string, position: Position) =>
    range(
      `坐标 ${show(position)} 超出 ${crs} 的范围。`,
      `Position ${show(position)} lies outside ${crs}.`,
      crs,
      position,
      null,
    ),
  swapped: (crs: string, position: Position) =>
    range(
      `坐标 ${show(position)} 超出 ${crs} 的范围，东坐标（经度）与北坐标（纬度）可能颠倒。`,
      `Position ${show(position)} lies outside ${crs}; east (longitude) and north (latitude) look interchanged.`,
      crs,
      position,
      'swapped',
    ),
  looksProjected: (crs: string, position: Position) =>
    range(
      `坐标 ${show(position)} 像是以米为单位的投影坐标，不是 ${crs} 的经纬度。`,
      `Position ${show(position)} looks like projected metres, not degrees of ${crs}.`,
      crs,
      position,
      'projected',
    ),
  looksGeographic: (crs: string, position: Position) =>
    range(
      `坐标 ${show(position)} 像是经纬度，不是 ${crs} 的米制坐标。`,
      `Position ${show(position)} looks like degrees, not metres of ${crs}.`,
      crs,
      position,
      'geographic',
    ),
  otherZone: (crs: string, other: string, position: Position) =>
    range(
      `坐标 ${show(position)} 超出 ${crs} 的范围，带号写法像是 ${other}。`,
      `Position ${show(position)} lies outside ${crs}; its zone prefix looks like ${other}.`,
      crs,
      position,
      other,
    ),
}
