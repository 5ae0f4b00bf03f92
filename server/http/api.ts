import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database, Db } from '../../db/connect.ts'
import type { ApplyChange, Change, FindingsChanged } from './change.ts'
import { collectionText, type Page } from './collection.ts'
import { problems } from './problem.ts'
import { ProblemBody } from './schemas.ts'

/** What every domain's routes are given; composed in app.ts. */
export interface Services {
  database: Database
  applyChange: ApplyChange
}

/** Fastify with schemas as types. */
export type Api = FastifyInstance<
  import('fastify').RawServerDefault,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  import('fastify').FastifyBaseLogger,
  TypeBoxTypeProvider
>

export const GEOJSON = 'application/geo+json; charset=utf-8'
export const JSON_TEXT = 'application/json; charset=utf-8'

/** Every route can be refused; the shape is always the same. */
export const refusals = { '4xx': ProblemBody, '5xx': ProblemBody } as const

/** Sends a page of features as a FeatureCollection; the text comes from the database as it is. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
  const path = request.url.split('?')[0] ?? ''
  return sendText(reply, collectionText(page, path, request.query as Record<string, unknown>), GEOJSON)
}

/** Sends JSON text as it came from the database, past the serializer. */
export function sendText(reply: FastifyReply, text: string, type: string = JSON_TEXT): FastifyReply {
  return reply
    .type(type)
    .serializer((body) => body as string)
    .send(text)
}

/** Sends one row's JSON text, or 404. */
export function sendFeature(
  reply: FastifyReply,
  feature: string | undefined,
  what: string,
  id: number,
  type: string = GEOJSON,
): FastifyReply {
  if (feature === undefined) throw problems.row.notFound(what, id)
  return sendText(reply, feature, type)
}

/** Version the client has seen, from If-Match; undefined when it does not care. */
export function seenVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  const version = Number(header.replaceAll('"', ''))
  if (!Number.isInteger(version))
    throw problems.request.invalid([{ field: 'If-Match', message: 'not a version', expected: '"<version>"' }])
  return version
}

/** Runs a change, tells in a header what it did to findings, and answers with the written row. */
export async function sendWritten(
  services: Services,
  reply: FastifyReply,
  action: string,
  status: 200 | 201,
  work: (trx: Db) => Promise<Change<number>>,
  read: (db: Db, id: number) => Promise<string | undefined>,
  type: string = GEOJSON,
): Promise<FastifyReply> {
  const { result, findings } = await services.applyChange(action, work)
  setFindingsChanged(reply, findings)
  const feature = await read(services.database.db, result)
  return sendFeature(reply.code(status), feature, action, result, type)
}

export const setFindingsChanged = (reply: FastifyReply, { opened, superseded, ended }: FindingsChanged): FastifyReply =>
  reply.header('x-findings-changed', `${opened},${superseded},${ended}`)
