// Is a parsed JSON value a GeoJSON geometry (RFC 7946 section 3.1)? Only its shape is tested here; whether a polygon
// crosses itself is the database's question.
import type { Geometry, Position } from 'geojson'

/** What is wrong with one geometry, as a phrase without its full stop, in both languages. */
export class GeometryError extends Error {
  override name = 'GeometryError'
  readonly zh: string
  readonly en: string

  constructor(zh: string, en: string) {
    super(en)
    this.zh = zh
    this.en = en
  }
}

export const geometryErrors = {
  notFinite: (value: unknown) => {
    const shown = String(value).slice(0, 30)
    return new GeometryError(`坐标“${shown}”不是有效数字`, `"${shown}" is not a finite number`)
  },
  ringTooShort: () => new GeometryError('多边形的环至少要 4 个点', 'a polygon ring needs at least 4 positions'),
  ringOpen: () => new GeometryError('多边形的环没有闭合', 'a polygon ring is not closed'),
  lineTooShort: () => new GeometryError('线至少要 2 个点', 'a line needs at least 2 positions'),
  kind: (kind: unknown) => {
    const shown = String(kind).slice(0, 30)
    return new GeometryError(`不支持几何类型“${shown}”`, `"${shown}" is no supported geometry type`)
  },
}

const MAX_COLLECTION_DEPTH = 4

function position(value: unknown): Position {
  if (!Array.isArray(value) || value.length < 2) {
    throw new GeometryError('坐标应为两个数字', 'a position needs two numbers')
  }
  for (const ordinate of value) {
    if (typeof ordinate !== 'number' || !Number.isFinite(ordinate)) throw geometryErrors.notFinite(ordinate)
  }
  return value as Position
}

function many<Item>(value: unknown, item: (value: unknown) => Item): Item[] {
  if (!Array.isArray(value)) throw new GeometryError('坐标不是列表', 'the coordinates are not a list')
  if (value.length === 0) throw new GeometryError('几何图形是空的', 'the geometry is empty')
  return value.map(item)
}

function line(value: unknown): Position[] {
  const positions = many(value, position)
  if (positions.length < 2) throw geometryErrors.lineTooShort()
  return positions
}

/** The ring itself. @throws GeometryError when it is too short or open */
export function checkedRing(positions: Position[]): Position[] {
  const [first, last] = [positions[0], positions.at(-1)]
  if (positions.length < 4) throw geometryErrors.ringTooShort()
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) throw geometryErrors.ringOpen()
  return positions
}

const ring = (value: unknown) => checkedRing(many(value, position))
const rings = (value: unknown) => many(value, ring)

/** The value as a GeoJSON geometry. @throws GeometryError */
export function asGeometry(value: unknown, depth = 0): Geometry {
  if (typeof value !== 'object' || value === null)
    throw new GeometryError('几何图形应为对象', 'a geometry is an object')
  const { type, coordinates, geometries } = value as Record<string, unknown>
  switch (type) {
    case 'Point':
      return { type, coordinates: position(coordinates) }
    case 'MultiPoint':
      return { type, coordinates: many(coordinates, position) }
    case 'LineString':
      return { type, coordinates: line(coordinates) }
    case 'MultiLineString':
      return { type, coordinates: many(coordinates, line) }
    case 'Polygon':
      return { type, coordinates: rings(coordinates) }
    case 'MultiPolygon':
      return { type, coordinates: many(coordinates, rings) }
    case 'GeometryCollection':
      if (depth >= MAX_COLLECTION_DEPTH)
        throw new GeometryError('几何集合嵌套过深', 'collections are nested too deeply')
      return { type, geometries: many(geometries, (part) => asGeometry(part, depth + 1)) }
    default:
      throw geometryErrors.kind(type)
  }
}
