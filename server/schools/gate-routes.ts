import { Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import { type Api, refusals, type Services, seenVersion, sendFeature, sendPage, sendWritten } from '../http/api.ts'
import { BY_HAND } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { AsOfQuery, CloseBody, IdParams, ListQuery } from '../http/schemas.ts'
import { assertPlausible, assertVersion, clearedBy, closingDay, createdRow, singleRow } from '../http/single.ts'
import { findGate, listGates, lockGate } from './gate-read-queries.ts'
import { Gate, GateChange, GateCollection, GateInput } from './schemas.ts'
import { writeGates } from './service.ts'

const GateQuery = Type.Object({
  ...ListQuery,
  school_id: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  status: Type.Optional(Type.String({ description: 'open, closed; open when missing' })),
})

export function registerGates(app: Api, services: Services): void {
  const { database } = services
  const tags = ['gates']

  app.get(
    '/api/gates',
    {
      schema: {
        operationId: 'listGates',
        tags,
        summary: 'Gates of campuses as GeoJSON',
        querystring: GateQuery,
        response: { 200: GateCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listGates(database.read, request.query)),
  )
  app.get(
    '/api/gates/:id',
    {
      schema: {
        operationId: 'getGate',
        tags,
        summary: 'One gate',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: Gate, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findGate(database.db, id, request.query.as_of), 'gate', id)
    },
  )
  app.post(
    '/api/gates',
    {
      schema: {
        operationId: 'createGate',
        tags,
        summary: 'Add a gate to the campus named, or to the nearest one within 100 m',
        body: GateInput,
        response: { 201: Gate, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const work = async (trx: Db) => createdRow(await writeGates(trx, [request.body], BY_HAND))
      return sendWritten(services, reply, 'gate.create', 201, work, findGate)
    },
  )
  app.patch(
    '/api/gates/:id',
    {
      schema: {
        operationId: 'updateGate',
        tags,
        summary: 'Change a gate; fields left out stay',
        params: IdParams,
        body: GateChange,
        response: { 200: Gate, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlausible(request.body.geometry)
      const seen = seenVersion(request)
      const work = (trx: Db) => changeGate(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'gate.update', 200, work, findGate)
    },
  )
  app.post(
    '/api/gates/:id/close',
    {
      schema: {
        operationId: 'closeGate',
        tags,
        summary: 'Close a gate; nothing is measured from it any more',
        params: IdParams,
        body: CloseBody,
        response: { 200: Gate, ...refusals },
      },
    },
    async (request, reply) => {
      const { reason, on } = request.body
      const seen = seenVersion(request)
      const work = async (trx: Db) => {
        const change = { status: 'closed', closed_on: await closingDay(trx, on), closed_reason: reason }
        return changeGate(trx, request.params.id, change, seen)
      }
      return sendWritten(services, reply, 'gate.close', 200, work, findGate)
    },
  )
}

type Closing = { status?: string; closed_on?: string; closed_reason?: string }

async function changeGate(trx: Db, id: number, change: GateChange & Closing, seen: number | undefined) {
  const stored = await lockGate(trx, id)
  if (!stored) throw problems.row.notFound('gate', id)
  assertVersion(seen, stored.version)
  if (stored.status === 'closed' && change.status === 'closed') throw problems.row.alreadyClosed('gate')
  const row = { geometry: stored.geometry, school_id: stored.school_id, ...change, id, clear: clearedBy(change) }
  return singleRow(await writeGates(trx, [row as GateInput & { id: number; clear: string[] }], BY_HAND))
}
