import type { Database, Db } from '../../db/connect.ts'
import type { Bbox } from '../geo/geojson.ts'
import { createTileCache, type StoredTile, storeTile } from './cache.ts'
import { encodeTile } from './encoder.ts'
import type { TileLayer } from './layers.ts'
import { layerBounds, type TileAddress, tileVersions } from './queries.ts'

/** What a request is answered with; without the tile when the client holds this version already. */
export interface Answer {
  version: number
  tile: StoredTile | undefined
}

export interface LayerState {
  version: number
  /** Null when the layer shows nothing. */
  bounds: Bbox | null
}

export interface TileService {
  /**
   * @param wanted version in the request's URL
   * @param isHeld whether the client says it holds a version of this tile
   */
  getTile(address: TileAddress, wanted: number | undefined, isHeld: (version: number) => boolean): Promise<Answer>
  getLayer(layer: TileLayer): Promise<LayerState>
}

const keyOf = ({ layer, z, x, y }: TileAddress, version: number) => `${layer}/${version}/${z}/${x}/${y}`

export function createTileService(database: Database, cache_bytes: number): TileService {
  const cache = createTileCache(cache_bytes)
  /** The newest version this process has seen. Only a hint: what a tile is comes from its own statement. */
  const newest = new Map<TileLayer, number>()
  const layers = new Map<TileLayer, { version: number; state: Promise<LayerState> }>()

  async function load(db: Db, address: TileAddress): Promise<StoredTile> {
    const tile = await storeTile(await encodeTile(db, database.hasMvt, address))
    newest.set(address.layer, tile.version)
    cache.set(keyOf(address, tile.version), tile)
    return tile
  }

  /** The current version, and where to read it: a replica may lag behind what the client has seen elsewhere. */
  async function current(layer: TileLayer, wanted: number | undefined): Promise<{ version: number; db: Db }> {
    if (wanted !== undefined && wanted === newest.get(layer)) return { version: wanted, db: database.read }
    let db = database.read
    let version = (await tileVersions(db))[layer]
    if (wanted !== undefined && wanted > version && db !== database.db) {
      db = database.db
      version = (await tileVersions(db))[layer]
    }
    newest.set(layer, version)
    return { version, db }
  }

  async function getTile(
    address: TileAddress,
    wanted: number | undefined,
    isHeld: (version: number) => boolean,
  ): Promise<Answer> {
    const known = wanted === undefined ? undefined : cache.get(keyOf(address, wanted))
    if (known) return { version: known.version, tile: isHeld(known.version) ? undefined : known }
    const { version, db } = await current(address.layer, wanted)
    if (isHeld(version)) return { version, tile: undefined }
    const key = keyOf(address, version)
    const tile = cache.get(key) ?? (await cache.once(key, () => load(db, address)))
    return { version: tile.version, tile }
  }

  /** From the primary: a page that has just seen a change must not be sent back to the tiles before it. */
  async function getLayer(layer: TileLayer): Promise<LayerState> {
    const version = (await tileVersions(database.db))[layer]
    const known = layers.get(layer)
    if (known?.version === version) return known.state
    const state = layerBounds(database.db, layer).then((bounds) => ({ version, bounds }))
    layers.set(layer, { version, state })
    state.catch(() => layers.delete(layer))
    return state
  }

  return { getTile, getLayer }
}
