import type { Query } from '../stores/filters.ts'
import { api, ifMatch, read, type Written, write } from './client.ts'
import type {
  CloseBody,
  PlaceFacets,
  Stall,
  StallChange,
  StallCollection,
  StallInput,
  Venue,
  VenueChange,
  VenueCollection,
  VenueInput,
} from './types.ts'

export const listVenues = (query: Query, signal?: AbortSignal): Promise<VenueCollection> =>
  read(api.GET('/api/venues', { params: { query }, signal }))
export const getVenueFacets = (query: Query, signal?: AbortSignal): Promise<PlaceFacets> =>
  read(api.GET('/api/venues/facets', { params: { query }, signal }))
export const getVenue = (id: number, query: Query = {}, signal?: AbortSignal): Promise<Venue> =>
  read(api.GET('/api/venues/{id}', { params: { path: { id }, query }, signal }))
export const createVenue = (body: VenueInput): Promise<Written<Venue>> => write(api.POST('/api/venues', { body }))
export const updateVenue = (id: number, body: VenueChange, version: number): Promise<Written<Venue>> =>
  write(api.PATCH('/api/venues/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const closeVenue = (id: number, body: CloseBody): Promise<Written<Venue>> =>
  write(api.POST('/api/venues/{id}/close', { params: { path: { id } }, body }))

export const listStalls = (query: Query, signal?: AbortSignal): Promise<StallCollection> =>
  read(api.GET('/api/stalls', { params: { query }, signal }))
export const getStall = (id: number, query: Query = {}, signal?: AbortSignal): Promise<Stall> =>
  read(api.GET('/api/stalls/{id}', { params: { path: { id }, query }, signal }))
export const createStall = (body: StallInput): Promise<Written<Stall>> => write(api.POST('/api/stalls', { body }))
export const updateStall = (id: number, body: StallChange, version: number): Promise<Written<Stall>> =>
  write(api.PATCH('/api/stalls/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const closeStall = (id: number, body: CloseBody): Promise<Written<Stall>> =>
  write(api.POST('/api/stalls/{id}/close', { params: { path: { id } }, body }))
