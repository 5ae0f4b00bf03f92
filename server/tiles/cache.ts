import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { EncodedTile } from './encoder.ts'

const compress = promisify(gzip)

/** A tile as it is kept: compressed once, sent many times. */
export interface StoredTile {
  version: number
  /** Empty when the tile has no features. */
  body: Buffer
  is_gzip: boolean
}

/** One network packet: smaller tiles travel as fast uncompressed. */
const minGzipBytes = 1024
/** Key, entry and Buffer objects beside the bytes of a tile. */
const overheadBytes = 400

/** Into memory of its own: zlib and the driver return windows into buffers many times as large. */
function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}

export async function storeTile({ version, mvt }: EncodedTile): Promise<StoredTile> {
  const is_gzip = mvt.length >= minGzipBytes
  return { version, body: ownCopy(is_gzip ? await compress(mvt) : mvt), is_gzip }
}

export interface TileCache {
  get(key: string): StoredTile | undefined
  set(key: string, tile: StoredTile): void
  /** The running load of this key, or a new one: the same tile is never computed twice at once. */
  once(key: string, load: () => Promise<StoredTile>): Promise<StoredTile>
}

/** Least recently used tiles leave when all together exceed `max_bytes`. With 0 nothing is kept and nothing shared. */
export function createTileCache(max_bytes: number): TileCache {
  if (max_bytes === 0) return { get: () => undefined, set: () => {}, once: (_key, load) => load() }
  const tiles = new LRUCache<string, StoredTile>({
    maxSize: max_bytes,
    sizeCalculation: (tile) => tile.body.length + overheadBytes,
  })
  const running = new Map<string, Promise<StoredTile>>()
  return {
    get: (key) => tiles.get(key),
    set: (key, tile) => {
      tiles.set(key, tile)
    },
    once(key, load) {
      const started = running.get(key)
      if (started) return started
      const loading = load().finally(() => running.delete(key))
      running.set(key, loading)
      return loading
    },
  }
}
