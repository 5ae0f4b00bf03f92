// A strict reader of Well-Known Text (OGC 06-103r4 clause 7): the seven simple kinds without collections.
// Z and M ordinates are read and dropped; EMPTY, curves and EWKT's SRID prefix are refused.
import type { Geometry, Position } from 'geojson'
import { checkedRing, GeometryError, geometryErrors } from './geometry.ts'

const TOKEN = /\s*([A-Za-z]+|[(),]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y

class Reader {
  private at = 0
  private token = ''
  private readonly text: string

  constructor(text: string) {
    this.text = text
    this.advance()
  }

  /** The token under the cursor, upper case; empty at the end. */
  get current(): string {
    return this.token
  }

  /** Names what should stand at the cursor, with its place as a 1-based character number. */
  fail(zh: string, en: string): never {
    const at = this.at - this.token.length + 1
    throw new GeometryError(`第 ${at} 个字符处应为${zh}`, `${en} expected at character ${at}`)
  }

  advance(): string {
    const passed = this.token
    TOKEN.lastIndex = this.at
    const match = TOKEN.exec(this.text)
    if (match?.[1] !== undefined) {
      this.at = TOKEN.lastIndex
      this.token = match[1].toUpperCase()
    } else {
      this.at += /^\s*/.exec(this.text.slice(this.at))?.[0].length ?? 0
      this.token = ''
      if (this.at < this.text.length) this.fail('数字、类型名或括号', 'a number, word or bracket')
    }
    return passed
  }

  take(token: string): void {
    if (this.token !== token) this.fail(`“${token}”`, `"${token}"`)
    this.advance()
  }

  number(): number {
    const value = /^[-+.\d]/.test(this.token) ? Number(this.token) : Number.NaN
    if (!Number.isFinite(value)) this.fail('数字', 'a number')
    this.advance()
    return value
  }
}

function position(reader: Reader): Position {
  const ordinates = [reader.number(), reader.number()]
  let extra = 0
  while (reader.current !== ',' && reader.current !== ')') {
    reader.number()
    if (++extra > 2) reader.fail('逗号或右括号', '"," or ")"')
  }
  return ordinates
}

function list<Item>(reader: Reader, item: (reader: Reader) => Item): Item[] {
  reader.take('(')
  const items = [item(reader)]
  while (reader.current === ',') {
    reader.advance()
    items.push(item(reader))
  }
  reader.take(')')
  return items
}

function line(reader: Reader): Position[] {
  const positions = list(reader, position)
  if (positions.length < 2) throw geometryErrors.lineTooShort()
  return positions
}

const ring = (reader: Reader) => checkedRing(list(reader, position))
const rings = (reader: Reader) => list(reader, ring)

// MULTIPOINT (1 2, 3 4) is as common as the standard's MULTIPOINT ((1 2), (3 4)).
function pointOfMany(reader: Reader): Position {
  if (reader.current !== '(') return position(reader)
  reader.advance()
  const place = position(reader)
  reader.take(')')
  return place
}

function onePosition(reader: Reader): Position {
  reader.take('(')
  const place = position(reader)
  reader.take(')')
  return place
}

function body(kind: string, reader: Reader): Geometry {
  switch (kind) {
    case 'POINT':
      return { type: 'Point', coordinates: onePosition(reader) }
    case 'LINESTRING':
      return { type: 'LineString', coordinates: line(reader) }
    case 'POLYGON':
      return { type: 'Polygon', coordinates: rings(reader) }
    case 'MULTIPOINT':
      return { type: 'MultiPoint', coordinates: list(reader, pointOfMany) }
    case 'MULTILINESTRING':
      return { type: 'MultiLineString', coordinates: list(reader, line) }
    case 'MULTIPOLYGON':
      return { type: 'MultiPolygon', coordinates: list(reader, rings) }
    default:
      throw geometryErrors.kind(kind)
  }
}

/** WKT to a two-dimensional GeoJSON geometry in the same coordinates. @throws GeometryError */
export function parseWkt(text: string): Geometry {
  const reader = new Reader(text)
  let kind = reader.advance()
  // "POINTZ" and "POINT Z" are both in use.
  const suffix = /^(?:MULTI)?(?:POINT|LINESTRING|POLYGON)(ZM|Z|M)$/.exec(kind)?.[1]
  if (suffix) kind = kind.slice(0, -suffix.length)
  else if (['Z', 'M', 'ZM'].includes(reader.current)) reader.advance()
  if (reader.current === 'EMPTY') throw new GeometryError('EMPTY 没有位置', 'EMPTY has no place')
  const geometry = body(kind, reader)
  if (reader.current !== '') reader.fail('结尾', 'the end')
  return geometry
}
