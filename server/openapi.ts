/**
 * The finish of the OpenAPI document that @fastify/swagger collects from the routes: every shape once, under the name
 * it has in schemas.ts, and media types as they are sent. Without it the document repeats 800 kB of equal schemas.
 */
import { STATUS_CODES } from 'node:http'
import * as findings from './findings/schemas.ts'
import * as geojson from './geo/geojson.ts'
import * as http from './http/schemas.ts'
import * as imports from './imports/schemas.ts'
import * as regions from './regions/schemas.ts'
import * as roads from './roads/schemas.ts'
import * as rules from './rules/schemas.ts'
import * as schools from './schools/schemas.ts'
import * as tiles from './tiles/schemas.ts'
import * as venues from './venues/schemas.ts'
import * as zones from './zones/schemas.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The collector writes a constant as a list of one, and a record as additional properties. */
function asCollected([key, value]: [string, unknown]): [string, unknown] {
  if (key === 'const') return ['enum', [value]]
  if (key === 'patternProperties' && isObject(value)) return ['additionalProperties', Object.values(value)[0]]
  return [key, value]
}

/** Equal schemas give equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(asCollected)
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`
}

/** Names of the exported object schemas by their canonical text; of two equal ones the first name counts. */
const names = new Map<string, string>()
for (const module of [geojson, http, regions, schools, venues, roads, rules, zones, findings, imports, tiles])
  for (const [name, exported] of Object.entries(module as Record<string, unknown>))
    if (isObject(exported) && exported.type === 'object') {
      const text = canonical(JSON.parse(JSON.stringify(exported)))
      if (!names.has(text)) names.set(text, name)
    }

/** Replaces known schemas below a node with references, filing each under its name. */
function share(node: Json, shared: JsonObject): Json {
  if (Array.isArray(node)) return node.map((item) => share(item, shared))
  if (!isObject(node)) return node
  const inside = () => Object.fromEntries(Object.entries(node).map(([key, member]) => [key, share(member, shared)]))
  const name = node.type === 'object' ? names.get(canonical(node)) : undefined
  if (name === undefined) return inside()
  if (!(name in shared)) {
    shared[name] = {} // takes its place before what is inside it
    shared[name] = inside()
  }
  return { $ref: `#/components/schemas/${name}` }
}

function mediaType(schema: Json | undefined): string {
  if (!isObject(schema) || !isObject(schema.properties)) return 'application/json'
  const { type, code, status } = schema.properties
  if (code && status) return 'application/problem+json'
  const literal = isObject(type) && Array.isArray(type.enum) ? type.enum[0] : undefined
  return literal === 'Feature' || literal === 'FeatureCollection' ? 'application/geo+json' : 'application/json'
}

const MEANING: Record<string, string> = { '4XX': 'the request is refused', '5XX': 'the server failed' }

function finishResponse(status: string, response: JsonObject): JsonObject {
  const isPlain = response.description === 'Default Response'
  const description = isPlain ? (MEANING[status] ?? STATUS_CODES[status] ?? status) : response.description!
  const content = response.content
  if (!isObject(content) || !isObject(content['application/json'])) return { ...response, description }
  const { 'application/json': body, ...others } = content
  return { ...response, description, content: { [mediaType(body.schema)]: body, ...others } }
}

function finishOperation(operation: JsonObject): JsonObject {
  const responses = Object.entries(operation.responses as Record<string, JsonObject>)
  const finished = responses.map(([status, response]) => [status, finishResponse(status, response)])
  return { ...operation, responses: Object.fromEntries(finished) }
}

/** The same document, ready to be read. Paths keep their order. */
export function finishDocument<T extends object>(document: T): T {
  const whole = JSON.parse(JSON.stringify(document)) as JsonObject
  const shared: JsonObject = {}
  const paths = Object.entries(whole.paths as Record<string, Record<string, JsonObject>>).map(([path, methods]) => {
    const operations = Object.entries(methods).map(([method, operation]) => [method, finishOperation(operation)])
    return [path, share(Object.fromEntries(operations), shared)]
  })
  const schemas = Object.fromEntries(Object.entries(shared).sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    ...whole,
    info: { ...(whole.info as JsonObject), license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    security: [], // until there are accounts
    paths: Object.fromEntries(paths),
    components: { schemas },
  } as unknown as T
}
