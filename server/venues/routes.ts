import { type Static, Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import { type Api, refusals, type Services, seenVersion, sendFeature, sendPage, sendWritten } from '../http/api.ts'
import { BY_HAND } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { AsOfQuery, CloseBody, Facet, IdParams, ListQuery } from '../http/schemas.ts'
import { assertPlausible, assertVersion, clearedBy, closingDay, createdRow, singleRow } from '../http/single.ts'
import { findVenue, listVenues, lockVenue, venueFacets } from './queries.ts'
import { Venue, VenueChange, VenueCollection, VenueInput } from './schemas.ts'
import { writeVenues } from './service.ts'

const VenueQuery = Type.Object({
  ...ListQuery,
  kind: Type.Optional(Type.String({ description: 'venue kinds, comma separated' })),
  status: Type.Optional(Type.String({ description: 'open, suspended, closed; all but closed when missing' })),
  state: Type.Optional(
    Type.String({ description: 'has a finding in one of these states; with rule: the same finding' }),
  ),
  rule: Type.Optional(Type.String({ description: 'has a finding of one of these rule codes' })),
  expires_before: Type.Optional(
    Type.String({ format: 'date', description: 'licence expires before this day, or has expired' }),
  ),
})
const VenueFacets = Type.Object({
  numberMatched: Type.Integer(),
  kind: Facet,
  status: Facet,
  region: Facet,
  state: Facet,
  rule: Facet,
})

export function registerVenues(app: Api, services: Services): void {
  const { database } = services
  const tags = ['venues']

  app.get(
    '/api/venues',
    {
      schema: {
        operationId: 'listVenues',
        tags,
        summary: 'Business places as GeoJSON points',
        querystring: VenueQuery,
        response: { 200: VenueCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listVenues(database.read, request.query)),
  )
  app.get(
    '/api/venues/facets',
    {
      schema: {
        operationId: 'getVenueFacets',
        tags,
        summary: 'Counts by kind, status, region, finding state and rule; each with all other filters applied',
        querystring: VenueQuery,
        response: { 200: VenueFacets, ...refusals },
      },
    },
    async (request) => (await venueFacets(database.read, request.query)) as Static<typeof VenueFacets>,
  )
  app.get(
    '/api/venues/:id',
    {
      schema: {
        operationId: 'getVenue',
        tags,
        summary: 'One venue with its doors and its footprint',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: Venue, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findVenue(database.db, id, request.query.as_of), 'venue', id)
    },
  )
  app.post(
    '/api/venues',
    {
      schema: {
        operationId: 'createVenue',
        tags,
        summary: 'Add a venue',
        body: VenueInput,
        response: { 201: Venue, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlaces(request.body)
      const work = async (trx: Db) => createdRow(await writeVenues(trx, [request.body], BY_HAND))
      return sendWritten(services, reply, 'venue.create', 201, work, findVenue)
    },
  )
  app.patch(
    '/api/venues/:id',
    {
      schema: {
        operationId: 'updateVenue',
        tags,
        summary: 'Change a venue; fields left out stay, a list of doors replaces the doors',
        params: IdParams,
        body: VenueChange,
        response: { 200: Venue, ...refusals },
      },
    },
    async (request, reply) => {
      assertPlaces(request.body)
      const seen = seenVersion(request)
      const work = (trx: Db) => changeVenue(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'venue.update', 200, work, findVenue)
    },
  )
  app.post(
    '/api/venues/:id/close',
    {
      schema: {
        operationId: 'closeVenue',
        tags,
        summary: 'Close a venue; its findings end',
        params: IdParams,
        body: CloseBody,
        response: { 200: Venue, ...refusals },
      },
    },
    async (request, reply) => {
      const { reason, on } = request.body
      const seen = seenVersion(request)
      const work = async (trx: Db) => {
        const change = { status: 'closed' as const, closed_on: await closingDay(trx, on), closed_reason: reason }
        return changeVenue(trx, request.params.id, change, seen)
      }
      return sendWritten(services, reply, 'venue.close', 200, work, findVenue)
    },
  )
}

function assertPlaces({ geometry, footprint, doors }: VenueChange): void {
  assertPlausible(geometry)
  assertPlausible(footprint, 'footprint')
  doors?.forEach((door, n) => {
    assertPlausible({ type: 'Point', coordinates: door.position }, `doors.${n}.position`)
  })
}

/** Who states the kind of a venue knows it: what it was guessed from no longer applies. */
const asGiven = (change: VenueChange) =>
  change.kind === undefined || change.kind_source !== undefined
    ? {}
    : { kind_source: 'given' as const, kind_confidence: 1, kind_matched: null }

async function changeVenue(
  trx: Db,
  id: number,
  given: VenueChange & { closed_on?: string; closed_reason?: string },
  seen: number | undefined,
) {
  const stored = await lockVenue(trx, id)
  if (!stored) throw problems.row.notFound('venue', id)
  assertVersion(seen, stored.version)
  const isClosed = stored.status === 'closed'
  if (isClosed && given.closed_on !== undefined) throw problems.row.alreadyClosed('venue')
  const isReopened = isClosed && given.status !== undefined && given.status !== 'closed'
  const change = { ...asGiven(given), ...given }
  const clear = [...clearedBy(change), ...(isReopened ? ['closed_on', 'closed_reason'] : [])]
  const row = { geometry: stored.geometry, ...change, id, clear } as VenueInput & { id: number; clear: string[] }
  return singleRow(await writeVenues(trx, [row], BY_HAND))
}
