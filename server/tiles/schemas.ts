import { type Static, Type } from 'typebox'
import { MAX_ZOOM, TILE_LAYERS } from './layers.ts'

export const TileParams = Type.Object({
  layer: Type.String({ description: TILE_LAYERS.join(', ') }),
  z: Type.Integer({ minimum: 0, maximum: MAX_ZOOM, description: 'zoom, from the minzoom of the layer' }),
  x: Type.Integer({ minimum: 0, description: 'column from the west, EPSG:3857' }),
  y: Type.Integer({ minimum: 0, description: 'row from the north' }),
})
export type TileParams = Static<typeof TileParams>

export const TileQuery = Type.Object({
  v: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'version of the layer; the answer may be kept for ever when it is the version served',
    }),
  ),
})

export const LayerParams = Type.Object({ layer: Type.String({ description: TILE_LAYERS.join(', ') }) })

/** TileJSON 3.0.0 */
export const TileJson = Type.Object({
  tilejson: Type.Literal('3.0.0'),
  name: Type.String(),
  description: Type.String(),
  version: Type.String({ description: '1.0.<version of the layer>' }),
  scheme: Type.Literal('xyz'),
  tiles: Type.Array(Type.String()),
  minzoom: Type.Integer(),
  maxzoom: Type.Integer(),
  bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4, description: 'west, south, east, north, degrees' }),
  vector_layers: Type.Array(
    Type.Object({
      id: Type.String(),
      description: Type.String(),
      minzoom: Type.Integer(),
      maxzoom: Type.Integer(),
      fields: Type.Record(Type.String(), Type.String()),
    }),
  ),
})
export type TileJson = Static<typeof TileJson>
