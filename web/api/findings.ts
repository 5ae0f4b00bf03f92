import type { Query } from '../stores/filters.ts'
import { api, read } from './client.ts'
import type { FindingCollection, FindingEvidence, FindingFacets } from './types.ts'

export const listFindings = (query: Query, signal?: AbortSignal): Promise<FindingCollection> =>
  read(api.GET('/api/findings', { params: { query }, signal }))

export const getFindingFacets = (query: Query, signal?: AbortSignal): Promise<FindingFacets> =>
  read(api.GET('/api/findings/facets', { params: { query }, signal }))

export const getFinding = (id: number, query: Query, signal?: AbortSignal): Promise<FindingEvidence> =>
  read(api.GET('/api/findings/{id}', { params: { path: { id }, query }, signal }))
