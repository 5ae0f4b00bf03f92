import { type Static, Type } from 'typebox'
import { type Api, JSON_TEXT, refusals, type Services, sendFeature, sendPage } from '../http/api.ts'
import { AsOfQuery, IdParams, ListQuery } from '../http/schemas.ts'
import { findingFacets } from './facet-queries.ts'
import { findEvidence, listFindings } from './queries.ts'
import { FindingCollection, FindingEvidence, FindingFacets } from './schemas.ts'

const RowId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const filters = {
  bbox: ListQuery.bbox,
  region: Type.Optional(Type.String({ description: 'where the venue stands: region code with subtree, or station' })),
  q: Type.Optional(Type.String({ maxLength: 100, description: "part of the school's or the venue's name or address" })),
  as_of: ListQuery.as_of,
  state: Type.Optional(Type.String({ description: 'states, comma separated' })),
  rule: Type.Optional(Type.String({ description: 'rule codes, comma separated' })),
  kind: Type.Optional(Type.String({ description: 'venue kinds, comma separated' })),
  school_kind: Type.Optional(Type.String({ description: 'school kinds, comma separated' })),
  severity: Type.Optional(Type.String({ description: 'prohibit, restrict, inspect; comma separated' })),
  school_id: Type.Optional(RowId),
  venue_id: Type.Optional(RowId),
  stall_id: Type.Optional(RowId),
  inside: Type.Optional(Type.Boolean({ description: "whether the distance satisfies the rule's comparator" })),
  ended: Type.Optional(Type.Boolean({ description: 'closed findings as well' })),
}
const FacetQuery = Type.Object(filters)
const FindingQuery = Type.Object({
  ...filters,
  limit: ListQuery.limit,
  cursor: ListQuery.cursor,
  sort: Type.Optional(Type.Enum(['id', 'distance_m'], { description: 'ascending; id when missing' })),
})

export function registerFindings(app: Api, { database }: Services): void {
  const tags = ['findings']

  app.get(
    '/api/findings',
    {
      schema: {
        operationId: 'listFindings',
        tags,
        summary: 'What rules flag (疑似 until confirmed), as GeoJSON measured lines from school to venue',
        querystring: FindingQuery,
        response: { 200: FindingCollection, ...refusals },
      },
    },
    async (request, reply) => sendPage(request, reply, await listFindings(database.read, request.query)),
  )
  app.get(
    '/api/findings/facets',
    {
      schema: {
        operationId: 'getFindingFacets',
        tags,
        summary: 'Counts by state, venue kind, rule, school kind and region; each with all other filters applied',
        querystring: FacetQuery,
        response: { 200: FindingFacets, ...refusals },
      },
    },
    async (request) => (await findingFacets(database.read, request.query)) as Static<typeof FindingFacets>,
  )
  app.get(
    '/api/findings/:id',
    {
      schema: {
        operationId: 'getFinding',
        tags,
        summary: 'One finding with its evidence: rule text, both ends, method and history. A lead, not a decision',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: FindingEvidence, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findEvidence(database.db, id, request.query.as_of), 'finding', id, JSON_TEXT)
    },
  )
}
