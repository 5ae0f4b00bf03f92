import { api, ifMatch, read, type Written, write } from './client.ts'
import type {
  AtMoment,
  CloseBody,
  Stall,
  StallChange,
  StallCollection,
  StallInput,
  StallQuery,
  Venue,
  VenueChange,
  VenueCollection,
  VenueFacets,
  VenueInput,
  VenueQuery,
} from './types.ts'

export const listVenues = (query: VenueQuery, signal?: AbortSignal): Promise<VenueCollection> =>
  read(api.GET('/api/venues', { params: { query }, signal }))
export const getVenueFacets = (query: VenueQuery, signal?: AbortSignal): Promise<VenueFacets> =>
  read(api.GET('/api/venues/facets', { params: { query }, signal }))
export const getVenue = (id: number, query: AtMoment = {}, signal?: AbortSignal): Promise<Venue> =>
  read(api.GET('/api/venues/{id}', { params: { path: { id }, query }, signal }))
export const createVenue = (body: VenueInput): Promise<Written<Venue>> => write(api.POST('/api/venues', { body }))
export const updateVenue = (id: number, body: VenueChange, version: number): Promise<Written<Venue>> =>
  write(api.PATCH('/api/venues/{id}', { params: { path: { id } }, headers: ifMatch(version), body }))
export const closeVenue = (id: number, body: CloseBody): Promise<Written<Venue>> =>
  write(api.POST('/api/venues/{id}/close', { params: { path: { id } }, body }))

export const listStalls = (query: StallQuery, signal?: AbortSignal): Promise<StallCollection> =>
  read(api.GET('/api/stalls', { params: { query }, signal }))
export const getStall = (id: number, query: AtMoment = {}, signal?: AbortSignal): Promise<Stall> =>
  read(api.GET('/api/stalls/{id}', { params: { path: { id }, query }, signal }))
export const createStall = (body: StallInput): Promise<Written<Stall>> => write(api.POST('/api/stalls', { body }))
export const updateStall = (id: number, body: StallChange, version: number): Promise<Written<Stall>> =>
  write(api.PATCH('/api/stalls/{id}', { params: { path: { id } }, headers: ifMatch(version), body }))
export const closeStall = (id: number, body: CloseBody): Promise<Written<Stall>> =>
  write(api.POST('/api/stalls/{id}/close', { params: { path: { id } }, body }))
