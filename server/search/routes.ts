import { Type } from 'typebox'
import { type Api, refusals, type Services } from '../http/api.ts'
import { nullable } from '../http/schemas.ts'
import { searchPlaces } from './queries.ts'

const SearchQuery = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 100, description: 'words, all of them in the name or address' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
})
const SearchResults = Type.Object({
  results: Type.Array(
    Type.Object({
      type: Type.Enum(['school', 'venue', 'stall', 'region', 'road']),
      id: Type.Integer({ description: 'of a road: one of its edges' }),
      name: Type.String(),
      detail: nullable(Type.String({ description: 'address, goods or region, to tell equal names apart' })),
      position: Type.Array(Type.Number(), { description: '[lon, lat] in WGS-84' }),
      bbox: nullable(Type.Array(Type.Number(), { description: 'of areas and roads; null for points' })),
    }),
  ),
})

export function registerSearch(app: Api, { database }: Services): void {
  app.get(
    '/api/search',
    {
      schema: {
        operationId: 'searchPlaces',
        tags: ['search'],
        summary: 'Open schools, venues, stalls, regions and roads by words, the best matches first',
        querystring: SearchQuery,
        response: { 200: SearchResults, ...refusals },
      },
    },
    async (request) => {
      const { q, limit } = request.query
      return { results: (await searchPlaces(database.read, q.trim(), limit ?? 20)) as never }
    },
  )
}
