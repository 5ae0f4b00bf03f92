// The .shp part: a header of 100 bytes, then records of big-endian number and length and little-endian content.
// ESRI Shapefile Technical Description, July 1998. Z and M values follow the plane ones and are left unread.
import type { Geometry, Position } from 'geojson'
import { ByteReader } from './bytes.ts'
import { GeometryError, geometryErrors } from './geometry.ts'
import { assembleRings } from './rings.ts'
import { sourceErrors } from './source-error.ts'

const HEADER_BYTES = 100
const FILE_CODE = 9994
const VERSION = 1000
const NULL_SHAPE = 0
const KINDS: Record<number, 'point' | 'multipoint' | 'polyline' | 'polygon'> = {
  1: 'point',
  11: 'point',
  21: 'point',
  8: 'multipoint',
  18: 'multipoint',
  28: 'multipoint',
  3: 'polyline',
  13: 'polyline',
  23: 'polyline',
  5: 'polygon',
  15: 'polygon',
  25: 'polygon',
}

const tooShort = () => new GeometryError('图形数据比其点数短', 'the shape is shorter than its number of points')

const invalid = (part: string, zh: string, en: string) => sourceErrors.shapefileInvalid(part, zh, en)

function position(content: Buffer, at: number): Position {
  const x = content.readDoubleLE(at)
  const y = content.readDoubleLE(at + 8)
  // Values below -1e38 mean "no data" (p. 2).
  if (!Number.isFinite(x) || !Number.isFinite(y) || x < -1e38 || y < -1e38) {
    throw geometryErrors.notFinite(Number.isFinite(x) ? y : x)
  }
  return [x, y]
}

function positions(content: Buffer, at: number, count: number): Position[] {
  if (at + count * 16 > content.length) throw tooShort()
  return Array.from({ length: count }, (_, index) => position(content, at + index * 16))
}

/** The parts of a polyline or polygon: part starts, then all points (p. 7). */
function parts(content: Buffer): Position[][] {
  if (content.length < 44) throw tooShort()
  const partCount = content.readInt32LE(36)
  const pointCount = content.readInt32LE(40)
  const pointsAt = 44 + partCount * 4
  if (partCount < 1 || pointCount < 1 || pointsAt + pointCount * 16 > content.length) {
    throw tooShort()
  }
  const starts = Array.from({ length: partCount }, (_, index) => content.readInt32LE(44 + index * 4))
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? pointCount
    if (start < 0 || end <= start || end > pointCount) throw new GeometryError('部件索引有误', 'a part index is wrong')
    return positions(content, pointsAt + start * 16, end - start)
  })
}

function lines(content: Buffer): Geometry {
  const found = parts(content)
  if (found.some((line) => line.length < 2)) throw geometryErrors.lineTooShort()
  return found.length === 1
    ? { type: 'LineString', coordinates: found[0] as Position[] }
    : { type: 'MultiLineString', coordinates: found }
}

function closed(ring: Position[]): Position[] {
  const [first, last] = [ring[0] as Position, ring.at(-1) as Position]
  const isClosed = first[0] === last[0] && first[1] === last[1]
  const whole = isClosed ? ring : [...ring, first]
  if (whole.length < 4) throw geometryErrors.ringTooShort()
  return whole
}

function polygons(content: Buffer): Geometry {
  const found = assembleRings(parts(content).map(closed))
  if (found.length === 0) throw new GeometryError('多边形没有面积', 'the polygon has no area')
  return found.length === 1
    ? { type: 'Polygon', coordinates: found[0] as Position[][] }
    : { type: 'MultiPolygon', coordinates: found }
}

function multipoint(content: Buffer): Geometry {
  if (content.length < 40) throw tooShort()
  const count = content.readInt32LE(36)
  if (count < 1) throw tooShort()
  return { type: 'MultiPoint', coordinates: positions(content, 40, count) }
}

/** One record's content as a geometry, null for a null shape. @throws GeometryError */
export function shapeOf(content: Buffer): Geometry | null {
  const type = content.readInt32LE(0)
  if (type === NULL_SHAPE) return null
  switch (KINDS[type]) {
    case 'point':
      if (content.length < 20) throw tooShort()
      return { type: 'Point', coordinates: position(content, 4) }
    case 'multipoint':
      return multipoint(content)
    case 'polyline':
      return lines(content)
    case 'polygon':
      return polygons(content)
    default:
      throw geometryErrors.kind(type)
  }
}

async function readHeader(reader: ByteReader, part: string): Promise<number> {
  const header = await reader.take(HEADER_BYTES)
  if (header.length < HEADER_BYTES) throw sourceErrors.truncated(part)
  if (header.readInt32BE(0) !== FILE_CODE || header.readInt32LE(28) !== VERSION) {
    throw invalid(part, '文件头有误。', 'its header is wrong.')
  }
  const type = header.readInt32LE(32)
  if (type !== NULL_SHAPE && !KINDS[type]) throw sourceErrors.shapeType(type)
  return header.readInt32BE(24) * 2
}

/**
 * The contents of all records in order; a record's number is its place in the list.
 * @throws SourceError `shapefile_invalid`, `file_truncated`, `shape_type_not_supported`, `record_too_large`.
 */
export async function* readShapes(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  maxRecordBytes: number,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(chunks)
  try {
    const fileBytes = await readHeader(reader, part)
    let at = HEADER_BYTES
    for (let number = 1; at < fileBytes; number++) {
      const head = await reader.take(8)
      if (head.length < 8) throw sourceErrors.truncated(part)
      const length = head.readInt32BE(4) * 2
      if (length < 4 || at + 8 + length > fileBytes) {
        throw invalid(part, `第 ${number} 个图形的长度有误。`, `the length of shape ${number} is wrong.`)
      }
      if (length > maxRecordBytes) throw sourceErrors.recordTooLarge(number, maxRecordBytes)
      const content = await reader.take(length)
      if (content.length < length) throw sourceErrors.truncated(part)
      yield content
      at += 8 + length
    }
  } finally {
    await reader.close()
  }
}
