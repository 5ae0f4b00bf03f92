import { Type } from 'typebox'
import { type Api, refusals, type Services, sendPage } from '../http/api.ts'
import { ListQuery } from '../http/schemas.ts'
import { listZones } from './queries.ts'
import { ZoneCollection } from './schemas.ts'

const ZoneQuery = Type.Object({
  ...ListQuery,
  q: Type.Optional(Type.String({ maxLength: 100, description: "part of the school's name or address" })),
  school_id: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  rule: Type.Optional(Type.String({ description: 'rule codes, comma separated' })),
  threshold_m: Type.Optional(Type.Number({ minimum: 0 })),
})

export function registerZones(app: Api, { database }: Services): void {
  app.get(
    '/api/zones',
    {
      schema: {
        operationId: 'listZones',
        tags: ['zones'],
        summary: 'Areas around campuses that rules speak of, as GeoJSON. Drawn for display; findings measure distances',
        querystring: ZoneQuery,
        response: { 200: ZoneCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listZones(database.read, request.query)),
  )
}
