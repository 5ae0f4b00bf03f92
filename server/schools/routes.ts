import { type Static, Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import { type Api, refusals, type Services, seenVersion, sendFeature, sendPage, sendWritten } from '../http/api.ts'
import { BY_HAND } from '../http/change.ts'
import { today } from '../http/clock.ts'
import { problems } from '../http/problem.ts'
import { CloseBody, Facet, IdParams, ListQuery } from '../http/schemas.ts'
import { assertPlausible, assertVersion, clearedBy, singleRow } from '../http/single.ts'
import { findSchool, listSchools, lockSchool, schoolFacets } from './queries.ts'
import { School, SchoolChange, SchoolCollection, SchoolInput } from './schemas.ts'
import { writeSchools } from './service.ts'

const SchoolQuery = Type.Object({
  ...ListQuery,
  kind: Type.Optional(Type.String({ description: 'school kinds, comma separated' })),
  status: Type.Optional(Type.String({ description: 'open, planned, closed; all but closed when missing' })),
  state: Type.Optional(Type.String({ description: 'has a finding in one of these states' })),
  rule: Type.Optional(Type.String({ description: 'has a finding of one of these rule codes' })),
})
const AsOf = Type.Object({ as_of: ListQuery.as_of })
const SchoolFacets = Type.Object({
  numberMatched: Type.Integer(),
  kind: Facet,
  status: Facet,
  region: Facet,
  state: Facet,
})

export function registerSchools(app: Api, services: Services): void {
  const { database } = services
  const tags = ['schools']

  app.get(
    '/api/schools',
    {
      schema: {
        operationId: 'listSchools',
        tags,
        summary: 'Campuses as GeoJSON',
        querystring: SchoolQuery,
        response: { 200: SchoolCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listSchools(database.read, request.query)),
  )
  app.get(
    '/api/schools/facets',
    {
      schema: {
        operationId: 'getSchoolFacets',
        tags,
        summary: 'Counts by kind, status, region and finding state',
        querystring: SchoolQuery,
        response: { 200: SchoolFacets, ...refusals },
      },
    },
    async (request) => (await schoolFacets(database.read, request.query)) as Static<typeof SchoolFacets>,
  )
  app.get(
    '/api/schools/:id',
    {
      schema: {
        operationId: 'getSchool',
        tags,
        summary: 'One campus with its bell times',
        params: IdParams,
        querystring: AsOf,
        response: { 200: School, ...refusals },
      },
    },
    async (request, reply) =>
      sendFeature(
        reply,
        await findSchool(database.db, request.params.id, request.query.as_of),
        'school',
        request.params.id,
      ),
  )
  app.post(
    '/api/schools',
    {
      schema: {
        operationId: 'createSchool',
        tags,
        summary: 'Add a campus',
        body: SchoolInput,
        response: { 201: School, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const work = async (trx: Db) => singleRow(await writeSchools(trx, [request.body], BY_HAND))
      return sendWritten(services, reply, 'school.create', 201, work, findSchool)
    },
  )
  app.patch(
    '/api/schools/:id',
    {
      schema: {
        operationId: 'updateSchool',
        tags,
        summary: 'Change a campus; fields left out stay',
        params: IdParams,
        body: SchoolChange,
        response: { 200: School, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const seen = seenVersion(request)
      const work = (trx: Db) => changeSchool(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'school.update', 200, work, findSchool)
    },
  )
  app.post(
    '/api/schools/:id/close',
    {
      schema: {
        operationId: 'closeSchool',
        tags,
        summary: 'Close a campus; its findings end',
        params: IdParams,
        body: CloseBody,
        response: { 200: School, ...refusals },
      },
    },
    async (request, reply) => {
      const { reason, on } = request.body
      const work = (trx: Db) =>
        changeSchool(
          trx,
          request.params.id,
          { status: 'closed', closed_on: on ?? today(), closed_reason: reason },
          undefined,
        )
      return sendWritten(services, reply, 'school.close', 200, work, findSchool)
    },
  )
}

async function changeSchool(
  trx: Db,
  id: number,
  change: SchoolChange & { closed_on?: string; closed_reason?: string },
  seen: number | undefined,
) {
  const stored = await lockSchool(trx, id)
  if (!stored) throw problems.row.notFound('school', id)
  assertVersion(seen, stored.version)
  const row = { geometry: stored.geometry, ...change, id, clear: clearedBy(change) } as SchoolInput & {
    id: number
    clear: string[]
  }
  return singleRow(await writeSchools(trx, [row], BY_HAND))
}
