import { api, read } from './client.ts'
import type { Config, LayerVersions, SearchResult, TileJson } from './types.ts'

export const getConfig = (signal?: AbortSignal): Promise<Config> => read(api.GET('/api/config', { signal }))
export const getVersions = (signal?: AbortSignal): Promise<LayerVersions> => read(api.GET('/api/versions', { signal }))
export const getTileJson = (layer: string): Promise<TileJson> =>
  read(api.GET('/tiles/{layer}.json', { params: { path: { layer } } }))

export const searchPlaces = async (q: string, signal?: AbortSignal): Promise<SearchResult[]> =>
  (await read(api.GET('/api/search', { params: { query: { q, limit: 12 } }, signal }))).results
