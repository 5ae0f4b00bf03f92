import { Type } from 'typebox'
import { type Api, refusals, type Services, sendFeature, sendPage } from '../http/api.ts'
import { AsOfQuery, IdParams, ListQuery } from '../http/schemas.ts'
import { findRoad, listRoads } from './queries.ts'
import { Road, RoadCollection } from './schemas.ts'

const RoadQuery = Type.Object({
  ...ListQuery,
  region: Type.Optional(Type.String({ description: 'region code; roads that touch its area' })),
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of the name' })),
  class: Type.Optional(Type.String({ description: 'road classes, comma separated' })),
})

export function registerRoads(app: Api, { database }: Services): void {
  const tags = ['roads']

  app.get(
    '/api/roads',
    {
      schema: {
        operationId: 'listRoads',
        tags,
        summary: 'Edges of the street network as GeoJSON. Roads come from imports; they are not edited one by one',
        querystring: RoadQuery,
        response: { 200: RoadCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listRoads(database.read, request.query)),
  )
  app.get(
    '/api/roads/:id',
    {
      schema: {
        operationId: 'getRoad',
        tags,
        summary: 'One edge of the street network',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: Road, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findRoad(database.db, id, request.query.as_of), 'road', id)
    },
  )
}
