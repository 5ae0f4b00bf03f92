import { Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import { type Api, refusals, type Services, seenVersion, sendFeature, sendPage, sendWritten } from '../http/api.ts'
import { BY_HAND } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { AsOfQuery, CloseBody, IdParams, ListQuery } from '../http/schemas.ts'
import { assertPlausible, assertVersion, clearedBy, closingDay, createdRow, singleRow } from '../http/single.ts'
import { Stall, StallChange, StallCollection, StallInput } from './schemas.ts'
import { writeStalls } from './service.ts'
import { findStall, listStalls, lockStall } from './stall-read-queries.ts'

const StallQuery = Type.Object({
  ...ListQuery,
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of the name or the goods' })),
  status: Type.Optional(Type.String({ description: 'present, cleared; present when missing' })),
  state: Type.Optional(
    Type.String({ description: 'has a finding in one of these states; with rule: the same finding' }),
  ),
  rule: Type.Optional(Type.String({ description: 'has a finding of one of these rule codes' })),
})

export function registerStalls(app: Api, services: Services): void {
  const { database } = services
  const tags = ['stalls']

  app.get(
    '/api/stalls',
    {
      schema: {
        operationId: 'listStalls',
        tags,
        summary: 'Street stalls as GeoJSON points: where and when seen',
        querystring: StallQuery,
        response: { 200: StallCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listStalls(database.read, request.query)),
  )
  app.get(
    '/api/stalls/:id',
    {
      schema: {
        operationId: 'getStall',
        tags,
        summary: 'One street stall',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: Stall, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findStall(database.db, id, request.query.as_of), 'stall', id)
    },
  )
  app.post(
    '/api/stalls',
    {
      schema: {
        operationId: 'createStall',
        tags,
        summary: 'Record a street stall',
        body: StallInput,
        response: { 201: Stall, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const work = async (trx: Db) => createdRow(await writeStalls(trx, [request.body], BY_HAND))
      return sendWritten(services, reply, 'stall.create', 201, work, findStall)
    },
  )
  app.patch(
    '/api/stalls/:id',
    {
      schema: {
        operationId: 'updateStall',
        tags,
        summary: 'Change a street stall; fields left out stay',
        params: IdParams,
        body: StallChange,
        response: { 200: Stall, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const seen = seenVersion(request)
      const work = (trx: Db) => changeStall(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'stall.update', 200, work, findStall)
    },
  )
  app.post(
    '/api/stalls/:id/close',
    {
      schema: {
        operationId: 'closeStall',
        tags,
        summary: 'Mark a street stall as cleared; its findings end',
        params: IdParams,
        body: CloseBody,
        response: { 200: Stall, ...refusals },
      },
    },
    async (request, reply) => {
      const { reason, on } = request.body
      const seen = seenVersion(request)
      const work = async (trx: Db) => {
        const change = { status: 'cleared', cleared_on: await closingDay(trx, on), cleared_reason: reason }
        return changeStall(trx, request.params.id, change, seen)
      }
      return sendWritten(services, reply, 'stall.close', 200, work, findStall)
    },
  )
}

type Clearing = { status?: string; cleared_on?: string; cleared_reason?: string }

async function changeStall(trx: Db, id: number, change: StallChange & Clearing, seen: number | undefined) {
  const stored = await lockStall(trx, id)
  if (!stored) throw problems.row.notFound('stall', id)
  assertVersion(seen, stored.version)
  if (stored.status === 'cleared' && change.status === 'cleared') throw problems.row.alreadyClosed('stall')
  const row = { geometry: stored.geometry, ...change, id, clear: clearedBy(change) }
  return singleRow(await writeStalls(trx, [row as StallInput & { id: number; clear: string[] }], BY_HAND))
}
