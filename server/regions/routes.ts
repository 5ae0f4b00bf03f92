import { Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import { type Api, refusals, type Services, seenVersion, sendFeature, sendPage, sendWritten } from '../http/api.ts'
import { BY_HAND } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { AsOfQuery, IdParams, ListQuery } from '../http/schemas.ts'
import { assertPlausible, assertVersion, clearedBy, createdRow, singleRow } from '../http/single.ts'
import { findRegion, listRegions, lockRegion } from './queries.ts'
import { Region, RegionChange, RegionCollection, RegionInput } from './schemas.ts'
import { writeRegions } from './service.ts'

const RegionQuery = Type.Object({
  ...ListQuery,
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of the name or the code' })),
  kind: Type.Optional(Type.String({ description: 'admin, police' })),
  level: Type.Optional(Type.String({ description: 'province, city, district, township, community, station' })),
  parent: Type.Optional(Type.String({ description: 'code of the region right above' })),
})

export function registerRegions(app: Api, services: Services): void {
  const { database } = services
  const tags = ['regions']

  app.get(
    '/api/regions',
    {
      schema: {
        operationId: 'listRegions',
        tags,
        summary: 'Administrative and police areas as GeoJSON. Regions are changed or replaced, never closed',
        querystring: RegionQuery,
        response: { 200: RegionCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listRegions(database.read, request.query)),
  )
  app.get(
    '/api/regions/:id',
    {
      schema: {
        operationId: 'getRegion',
        tags,
        summary: 'One region',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: Region, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findRegion(database.db, id, request.query.as_of), 'region', id)
    },
  )
  app.post(
    '/api/regions',
    {
      schema: {
        operationId: 'createRegion',
        tags,
        summary: 'Add a region; places inside it are filed under it, findings follow the jurisdiction',
        body: RegionInput,
        response: { 201: Region, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const work = async (trx: Db) => createdRow(await writeRegions(trx, [request.body], BY_HAND))
      return sendWritten(services, reply, 'region.create', 201, work, findRegion)
    },
  )
  app.patch(
    '/api/regions/:id',
    {
      schema: {
        operationId: 'updateRegion',
        tags,
        summary: 'Change a region; fields left out stay. A region is moved or renamed, never closed',
        params: IdParams,
        body: RegionChange,
        response: { 200: Region, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const seen = seenVersion(request)
      const work = (trx: Db) => changeRegion(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'region.update', 200, work, findRegion)
    },
  )
}

async function changeRegion(trx: Db, id: number, change: RegionChange, seen: number | undefined) {
  const stored = await lockRegion(trx, id)
  if (!stored) throw problems.row.notFound('region', id)
  assertVersion(seen, stored.version)
  const row = { geometry: stored.geometry, ...change, id, clear: clearedBy(change) }
  return singleRow(await writeRegions(trx, [row as RegionInput & { id: number; clear: string[] }], BY_HAND))
}
