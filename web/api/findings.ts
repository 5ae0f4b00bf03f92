import { api, read } from './client.ts'
import type { AtMoment, FindingCollection, FindingEvidence, FindingFacets, FindingQuery } from './types.ts'

export const listFindings = (query: FindingQuery, signal?: AbortSignal): Promise<FindingCollection> =>
  read(api.GET('/api/findings', { params: { query }, signal }))

export const getFindingFacets = (query: FindingQuery, signal?: AbortSignal): Promise<FindingFacets> =>
  read(api.GET('/api/findings/facets', { params: { query }, signal }))

export const getFinding = (id: number, query: AtMoment, signal?: AbortSignal): Promise<FindingEvidence> =>
  read(api.GET('/api/findings/{id}', { params: { path: { id }, query }, signal }))
