import { api, ifMatch, read, type Written, write } from './client.ts'
import type {
  AtMoment,
  CloseBody,
  Gate,
  GateChange,
  GateCollection,
  GateInput,
  GateQuery,
  School,
  SchoolChange,
  SchoolCollection,
  SchoolFacets,
  SchoolInput,
  SchoolQuery,
  ZoneCollection,
  ZoneQuery,
} from './types.ts'

export const listSchools = (query: SchoolQuery, signal?: AbortSignal): Promise<SchoolCollection> =>
  read(api.GET('/api/schools', { params: { query }, signal }))
export const getSchoolFacets = (query: SchoolQuery, signal?: AbortSignal): Promise<SchoolFacets> =>
  read(api.GET('/api/schools/facets', { params: { query }, signal }))
export const getSchool = (id: number, query: AtMoment = {}, signal?: AbortSignal): Promise<School> =>
  read(api.GET('/api/schools/{id}', { params: { path: { id }, query }, signal }))
export const createSchool = (body: SchoolInput): Promise<Written<School>> => write(api.POST('/api/schools', { body }))
export const updateSchool = (id: number, body: SchoolChange, version: number): Promise<Written<School>> =>
  write(api.PATCH('/api/schools/{id}', { params: { path: { id } }, headers: ifMatch(version), body }))
export const closeSchool = (id: number, body: CloseBody): Promise<Written<School>> =>
  write(api.POST('/api/schools/{id}/close', { params: { path: { id } }, body }))

export const listGates = (query: GateQuery, signal?: AbortSignal): Promise<GateCollection> =>
  read(api.GET('/api/gates', { params: { query }, signal }))
export const createGate = (body: GateInput): Promise<Written<Gate>> => write(api.POST('/api/gates', { body }))
export const updateGate = (id: number, body: GateChange, version: number): Promise<Written<Gate>> =>
  write(api.PATCH('/api/gates/{id}', { params: { path: { id } }, headers: ifMatch(version), body }))
export const closeGate = (id: number, body: CloseBody): Promise<Written<Gate>> =>
  write(api.POST('/api/gates/{id}/close', { params: { path: { id } }, body }))

export const listZones = (query: ZoneQuery, signal?: AbortSignal): Promise<ZoneCollection> =>
  read(api.GET('/api/zones', { params: { query }, signal }))
