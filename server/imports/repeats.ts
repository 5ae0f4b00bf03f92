// Rows that occur twice in one file. What counts as the same follows the writers' own matching (external id, else name
// and place), so that a file imported twice leaves the same rows as once.
import { createHash } from 'node:crypto'
import { type Box, boxOf } from './place.ts'
import type { ImportLayer } from './schemas.ts'

export interface Repeat {
  /** id: the same id again; place: the same name at the same place without ids to tell them apart. */
  by: 'id' | 'place'
  /** Row of the first occurrence. */
  row: number
  /** Whether the whole content is the same. */
  is_identical: boolean
}

interface Keys {
  id: string | undefined
  /** Set when the id is no id of the sender's but stands for the place itself. */
  is_place?: true
  /** Rows of one group within reach_m of each other are one thing; undefined: never compared by place. */
  group: string | undefined
  reach_m: number
}

interface Input {
  external_id?: string | null
  geometry: { type: string; coordinates: unknown }
  [field: string]: unknown
}

/** How each layer's writer recognises a row without an id. */
function keysOf(layer: ImportLayer, input: Input): Keys {
  const id = input.external_id ?? undefined
  switch (layer) {
    case 'regions':
      return { id: String(input.code), group: undefined, reach_m: 0 }
    case 'schools':
    case 'venues':
      return { id, group: String(input.name), reach_m: 50 }
    case 'gates':
      return { id, group: String(input.school_id ?? input.school_external_id ?? input.school_name ?? ''), reach_m: 5 }
    case 'stalls':
      return { id, group: `${input.sighted_at} ${input.stall_type ?? 'mobile'}`, reach_m: 10 }
    case 'roads':
      // Lines are compared whole: their boxes may cover a city.
      return id === undefined
        ? { id: `line ${hash48(JSON.stringify(input.geometry))}`, is_place: true, group: undefined, reach_m: 0 }
        : { id, group: undefined, reach_m: 0 }
  }
}

/** 48 bits of SHA-1: a number, so that a million of them fit into a typed array. */
const hash48 = (text: string): number => createHash('sha1').update(text).digest().readUIntBE(0, 6)

/** Numbers in rows of fixed width, growing. */
class Records {
  #data: Float64Array
  length = 0
  readonly width: number

  constructor(width: number) {
    this.width = width
    this.#data = new Float64Array(1024 * width)
  }

  push(...record: number[]): number {
    const start = this.length * this.width
    if (start + this.width > this.#data.length) {
      const larger = new Float64Array(this.#data.length * 2)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data.set(record, start)
    return this.length++
  }

  at(index: number, column: number): number {
    return this.#data[index * this.width + column]!
  }
}

// About 110 m north-south and 67 m east-west at 53 N: more than any reach, so that few cells need a look.
const CELL_DEG = 0.001
const METRES_PER_DEGREE = 111_195

const widen = (box: Box, reach_m: number): Box => {
  const lat = reach_m / METRES_PER_DEGREE
  const lon = lat / Math.cos((box.south * Math.PI) / 180)
  return { west: box.west - lon, south: box.south - lat, east: box.east + lon, north: box.north + lat }
}

/** Keys of the grid cells a box touches. Exact integers; the primes keep neighbouring cells of a group apart. */
function* cellKeys(group: number, box: Box): Generator<number> {
  for (let x = Math.floor(box.west / CELL_DEG); x <= Math.floor(box.east / CELL_DEG); x++) {
    for (let y = Math.floor(box.south / CELL_DEG); y <= Math.floor(box.north / CELL_DEG); y++) {
      yield group + x * 73_856_093 + y * 19_349_663
    }
  }
}

/** Metres between boxes, 0 where they touch; for points their distance. */
function gap_m(a: Box, b: Box): number {
  const lon = Math.max(0, a.west - b.east, b.west - a.east) * Math.cos((a.south * Math.PI) / 180)
  const lat = Math.max(0, a.south - b.north, b.south - a.north)
  return Math.hypot(lon, lat) * METRES_PER_DEGREE
}

/** Columns of what is remembered of a row. */
const SEEN = { row: 0, content: 1, group: 2, has_id: 3, west: 4, south: 5, east: 6, north: 7 } as const
const NONE = -1

/** Remembers the accepted rows of one file: about 150 bytes a row, and its id. */
export class RepeatFinder {
  readonly #layer: ImportLayer
  readonly #seen = new Records(8)
  readonly #byId = new Map<string, number>()
  /** Cell key -> newest link; a link is (seen, older link). */
  readonly #byCell = new Map<number, number>()
  readonly #links = new Records(2)

  constructor(layer: ImportLayer) {
    this.#layer = layer
  }

  /** The earlier row that this one repeats; otherwise the row is remembered. */
  find(row: number, given: object): Repeat | undefined {
    const input = given as Input
    const { id, is_place, group, reach_m } = keysOf(this.#layer, input)
    const content = hash48(JSON.stringify(input))
    const repeated = (by: Repeat['by'], seen: number): Repeat => ({
      by,
      row: this.#seen.at(seen, SEEN.row),
      is_identical: this.#seen.at(seen, SEEN.content) === content,
    })
    const sameId = id === undefined ? undefined : this.#byId.get(id)
    if (sameId !== undefined) return repeated(is_place ? 'place' : 'id', sameId)
    const box = boxOf(input.geometry)
    const groupHash = group === undefined ? NONE : hash48(group)
    const hasId = id === undefined ? 0 : 1
    if (group !== undefined) {
      const near = this.#findNear(groupHash, box, reach_m, hasId)
      if (near !== undefined) return repeated('place', near)
    }
    const seen = this.#seen.push(row, content, groupHash, hasId, box.west, box.south, box.east, box.north)
    if (id !== undefined) this.#byId.set(id, seen)
    if (group !== undefined) {
      for (const key of cellKeys(groupHash, box)) {
        this.#byCell.set(key, this.#links.push(seen, this.#byCell.get(key) ?? NONE))
      }
    }
    return undefined
  }

  #boxAt(seen: number): Box {
    const at = (column: number) => this.#seen.at(seen, column)
    return { west: at(SEEN.west), south: at(SEEN.south), east: at(SEEN.east), north: at(SEEN.north) }
  }

  #findNear(group: number, box: Box, reach_m: number, hasId: number): number | undefined {
    for (const key of cellKeys(group, widen(box, reach_m))) {
      for (let link = this.#byCell.get(key) ?? NONE; link !== NONE; link = this.#links.at(link, 1)) {
        const other = this.#links.at(link, 0)
        // Two ids mean two things, however close.
        const isTwoThings = hasId === 1 && this.#seen.at(other, SEEN.has_id) === 1
        if (isTwoThings || this.#seen.at(other, SEEN.group) !== group) continue
        if (gap_m(this.#boxAt(other), box) <= reach_m) return other
      }
    }
    return undefined
  }
}
