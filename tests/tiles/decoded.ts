/** Decoded tiles, and what it means that two of them say the same. */
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

export type XY = [x: number, y: number]

interface DecodedFeature {
  id: number | undefined
  /** 1 point, 2 line, 3 polygon */
  type: number
  properties: Record<string, number | string | boolean>
  geometry: XY[][]
}
export type DecodedTile = Record<string, DecodedFeature[]>

export function decode(bytes: Buffer): DecodedTile {
  const tile: DecodedTile = {}
  for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(bytes)).layers)) {
    if (layer.version !== 2 || layer.extent !== 4096) throw new Error(`${name}: version 2 and extent 4096 expected`)
    tile[name] = Array.from({ length: layer.length }, (_, at) => {
      const feature = layer.feature(at)
      const geometry = feature.loadGeometry().map((part) => part.map(({ x, y }): XY => [x, y]))
      return { id: feature.id, type: feature.type, properties: { ...feature.properties }, geometry }
    })
  }
  return tile
}

const sorted = (properties: DecodedFeature['properties']) => JSON.stringify(Object.entries(properties).sort())
/** Aggregated cells have no id; which cell of 8 by 8 they stand for tells them apart. */
const keyOf = ({ id, geometry }: DecodedFeature) =>
  id === undefined ? `cell ${geometry[0]![0]!.map((value) => Math.floor(value / 512))}` : `${id}`

/** Signed area times two; positive for outer rings (MVT 4.3.4.4: clockwise with y down). */
export const doubleArea = (ring: XY[]): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!
    return sum + x * nextY - nextX * y
  }, 0)

function distanceToSegment([x, y]: XY, [ax, ay]: XY, [bx, by]: XY): number {
  const [dx, dy] = [bx - ax, by - ay]
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

const distanceToParts = (point: XY, parts: XY[][]): number =>
  Math.min(
    ...parts.flatMap((part) => part.map((corner, at) => distanceToSegment(point, corner, part[at + 1] ?? corner))),
  )

/** Where clipping may leave a spur of no width. */
const isOnEdge = ([x, y]: XY) => x === -64 || x === 4160 || y === -64 || y === 4160

/** Farthest that a corner of one lies from the other, tile units. */
function deviation(one: DecodedFeature, other: DecodedFeature): number {
  const corners = one.geometry.flat().filter((corner) => one.type !== 3 || !isOnEdge(corner))
  return Math.max(0, ...corners.map((corner) => distanceToParts(corner, other.geometry)))
}

const areaOf = ({ geometry }: DecodedFeature) => geometry.reduce((sum, ring) => sum + doubleArea(ring) / 2, 0)
const lengthOf = ({ geometry }: DecodedFeature) =>
  geometry.reduce(
    (sum, part) => sum + part.slice(1).reduce((s, [x, y], at) => s + Math.hypot(x - part[at]![0], y - part[at]![1]), 0),
    0,
  )

/** What differs between two tiles: names, ids, attributes, or geometry by more than `tolerance` tile units. */
export function differences(a: DecodedTile, b: DecodedTile, tolerance: number): string[] {
  const found: string[] = []
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [left, right] = [a[name] ?? [], b[name] ?? []]
    const others = new Map(right.map((feature) => [keyOf(feature), feature]))
    if (others.size !== right.length) found.push(`${name}: two features with one identity`)
    if (left.length !== right.length) found.push(`${name}: ${left.length} and ${right.length} features`)
    for (const one of left) {
      const key = keyOf(one)
      const other = others.get(key)
      if (!other) found.push(`${name} ${key}: missing in the second`)
      else found.push(...featureDifferences(one, other, tolerance).map((what) => `${name} ${key}: ${what}`))
    }
  }
  return found
}

function featureDifferences(one: DecodedFeature, other: DecodedFeature, tolerance: number): string[] {
  if (one.type !== other.type) return [`type ${one.type} and ${other.type}`]
  const found: string[] = []
  if (sorted(one.properties) !== sorted(other.properties))
    found.push(`attributes ${sorted(one.properties)} and ${sorted(other.properties)}`)
  const distance = Math.max(deviation(one, other), deviation(other, one))
  if (distance > tolerance) found.push(`geometry differs by ${distance}`)
  const [areas, length] = [[areaOf(one), areaOf(other)] as const, lengthOf(one)]
  if (one.type === 3 && Math.abs(areas[0] - areas[1]) > tolerance * length)
    found.push(`areas ${areas[0]} and ${areas[1]}`)
  return found
}
