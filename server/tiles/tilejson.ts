import { LAYER_INFO, MAX_ZOOM, type TileLayer } from './layers.ts'
import type { TileJson } from './schemas.ts'
import type { LayerState } from './service.ts'

/** What Web Mercator can show. */
const WORLD: TileJson['bounds'] = [-180, -85.051129, 180, 85.051129]

/** @param origin scheme and host the client asked, without a slash at the end */
export function describeLayer(layer: TileLayer, { version, bounds }: LayerState, origin: string): TileJson {
  const { description, minzoom, sublayers } = LAYER_INFO[layer]
  return {
    tilejson: '3.0.0',
    name: layer,
    description,
    version: `1.0.${version}`,
    scheme: 'xyz',
    tiles: [`${origin}/tiles/${layer}/{z}/{x}/{y}.mvt?v=${version}`],
    minzoom,
    maxzoom: MAX_ZOOM,
    bounds: bounds ?? WORLD,
    vector_layers: [...new Set(sublayers.map(({ name }) => name))].map((id) => {
      // A layer that is aggregated below some zoom is listed once, with the fields of both.
      const parts = sublayers.filter(({ name }) => name === id)
      return {
        id,
        description: parts.map((part) => part.description).join('. '),
        minzoom: Math.max(minzoom, Math.min(...parts.map(({ zooms }) => zooms[0]))),
        maxzoom: Math.max(...parts.map(({ zooms }) => zooms[1])),
        fields: Object.assign({}, ...parts.map(({ fields }) => fields)),
      }
    }),
  }
}
