import { type Static, Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import { type Api, refusals, type Services, seenVersion, sendFeature, sendPage, sendWritten } from '../http/api.ts'
import { BY_HAND } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { AsOfQuery, CloseBody, Facet, IdParams, ListQuery } from '../http/schemas.ts'
import { assertPlausible, assertVersion, clearedBy, closingDay, createdRow, singleRow } from '../http/single.ts'
import { findSchool, listSchools, lockSchool, schoolFacets } from './queries.ts'
import { School, SchoolChange, SchoolCollection, SchoolInput } from './schemas.ts'
import { writeSchools } from './service.ts'

const SchoolQuery = Type.Object({
  ...ListQuery,
  kind: Type.Optional(Type.String({ description: 'school kinds, comma separated' })),
  status: Type.Optional(Type.String({ description: 'open, planned, closed; all but closed when missing' })),
  state: Type.Optional(
    Type.String({ description: 'has a finding in one of these states; with rule: the same finding' }),
  ),
  rule: Type.Optional(Type.String({ description: 'has a finding of one of these rule codes' })),
})
const SchoolFacets = Type.Object({
  numberMatched: Type.Integer(),
  kind: Facet,
  status: Facet,
  region: Facet,
  state: Facet,
  rule: Facet,
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
        summary: 'Counts by kind, status, region, finding state and rule; each with all other filters applied',
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
        querystring: AsOfQuery,
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
      const work = async (trx: Db) => createdRow(await writeSchools(trx, [request.body], BY_HAND))
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
      const seen = seenVersion(request)
      const work = async (trx: Db) => {
        const change = { status: 'closed' as const, closed_on: await closingDay(trx, on), closed_reason: reason }
        return changeSchool(trx, request.params.id, change, seen)
      }
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
  const isClosed = stored.status === 'closed'
  if (isClosed && change.closed_on !== undefined) throw problems.row.alreadyClosed('school')
  const isReopened = isClosed && change.status !== undefined && change.status !== 'closed'
  const clear = [...clearedBy(change), ...(isReopened ? ['closed_on', 'closed_reason'] : [])]
  const row = { geometry: stored.geometry, ...change, id, clear } as SchoolInput & { id: number; clear: string[] }
  return singleRow(await writeSchools(trx, [row], BY_HAND))
}
