import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Database } from '../../db/connect.ts'
import { type Api, refusals } from '../http/api.ts'
import { problems } from '../http/problem.ts'
import { isTileLayer, LAYER_INFO, type TileLayer } from './layers.ts'
import type { TileAddress } from './queries.ts'
import { LayerParams, TileJson, TileParams, TileQuery } from './schemas.ts'
import { type Answer, createTileService } from './service.ts'
import { describeLayer } from './tilejson.ts'

const decompress = promisify(gunzip)

const MVT = 'application/vnd.mapbox-vector-tile'
const Bytes = { content: { [MVT]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } } }
const Nothing = (description: string) => Type.Null({ description })

export interface TileOptions {
  /** Memory for finished tiles, 64 MB by default; 0 computes every tile anew. */
  cache_bytes?: number
}

export function registerTiles(app: Api, database: Database, options: TileOptions = {}): void {
  const service = createTileService(database, options.cache_bytes ?? 64 * 1024 * 1024)
  const tags = ['tiles']

  app.get(
    '/tiles/:layer.json',
    {
      schema: {
        operationId: 'getTileJson',
        tags,
        summary: 'TileJSON of a layer; its tile URLs carry the current version',
        params: LayerParams,
        response: { 200: TileJson, ...refusals },
      },
    },
    async (request, reply) => {
      const layer = layerOf(request.params.layer)
      reply.header('cache-control', 'no-cache')
      return describeLayer(layer, await service.getLayer(layer), `${request.protocol}://${request.host}`)
    },
  )
  app.get(
    // Digits only: the validator would take 1.5 or 0x10 for a number, too.
    '/tiles/:layer/:z(^\\d+$)/:x(^\\d+$)/:y(^\\d+).mvt',
    {
      // A zoom beyond the range is a tile that does not exist, not a bad request.
      attachValidation: true,
      schema: {
        operationId: 'getTile',
        tags,
        summary: 'Mapbox Vector Tile, EPSG:3857; versioned URLs never change',
        params: TileParams,
        querystring: TileQuery,
        response: {
          200: Bytes,
          204: Nothing('the tile has no features'),
          304: Nothing('the client has it already'),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const address = addressOf(request)
      const wanted = request.query.v
      const answer = await service.getTile(address, wanted, (version) => holds(request, tagOf(address, version)))
      reply.header('etag', tagOf(address, answer.version))
      reply.header('cache-control', answer.version === wanted ? 'public, max-age=31536000, immutable' : 'no-cache')
      reply.header('vary', 'accept-encoding')
      return sendTile(request, reply, answer)
    },
  )
}

function layerOf(name: string): TileLayer {
  if (!isTileLayer(name)) throw problems.tile.unknownLayer(name)
  return name
}

function addressOf(request: FastifyRequest<{ Params: TileParams }>): TileAddress {
  const { params, validationError } = request
  const layer = layerOf(params.layer)
  if (validationError)
    throw validationError.validationContext === 'params' ? problems.tile.outOfRange() : validationError
  const { z, x, y } = params
  if (z < LAYER_INFO[layer].minzoom || x >= 2 ** z || y >= 2 ** z) throw problems.tile.outOfRange()
  return { layer, z, x, y }
}

const tagOf = ({ layer, z, x, y }: TileAddress, version: number) => `"${layer}-${version}-${z}-${x}-${y}"`

/** RFC 9110 13.1.2: a list of tags compared without regard to weakness, or a star. */
function holds(request: FastifyRequest, tag: string): boolean {
  const header = request.headers['if-none-match']
  if (header === undefined) return false
  const tags = header.split(',').map((item) => item.trim().replace(/^W\//, ''))
  return tags.includes(tag) || tags.includes('*')
}

/** RFC 9110 12.5.3, as far as one coding needs it: gzip or * named without a weight of zero. */
function acceptsGzip(request: FastifyRequest): boolean {
  const header = request.headers['accept-encoding']
  if (typeof header !== 'string') return false
  const codings = header.split(',').map((item) => item.trim().toLowerCase())
  const named =
    codings.find((item) => /^(gzip|x-gzip)\s*(;|$)/.test(item)) ?? codings.find((item) => item.startsWith('*'))
  return named !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(named)
}

async function sendTile(request: FastifyRequest, reply: FastifyReply, { tile }: Answer): Promise<FastifyReply> {
  if (!tile) return reply.code(304).send()
  if (tile.body.length === 0) return reply.code(204).send()
  reply.type(MVT)
  if (!tile.is_gzip) return reply.send(tile.body)
  if (acceptsGzip(request)) return reply.header('content-encoding', 'gzip').send(tile.body)
  return reply.send(await decompress(tile.body))
}
