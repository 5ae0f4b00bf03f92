import type { LayerSpecification } from 'maplibre-gl'
import { layers, type StyleInput, visible } from './input.ts'
import { INK } from './palette.ts'
import { byZoom, FONT_STACK } from './text.ts'

const admin = ['==', ['get', 'kind'], 'admin'] as const
const level = (...levels: string[]) => ['in', ['get', 'level'], ['literal', levels]] as const
const source = { source: 'regions', 'source-layer': 'regions' } as const
const label = { source: 'regions', 'source-layer': 'regions_label' } as const

/** The ground: land in four near-white tints by district, so that neighbours can be told apart without a colour. */
export function regionGround(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.regions) return []
  const tint = ['%', ['to-number', ['get', 'code'], 0], INK.land.length]
  return layers([
    {
      id: 'region-city',
      type: 'fill',
      ...source,
      filter: ['all', admin, level('province', 'city')],
      paint: { 'fill-color': INK.land[0], 'fill-antialias': false },
    },
    {
      id: 'region-district',
      type: 'fill',
      ...source,
      filter: ['all', admin, level('district')],
      paint: {
        'fill-color': ['match', tint, 0, INK.land[0], 1, INK.land[1], 2, INK.land[2], INK.land[3]],
        'fill-antialias': false,
      },
    },
  ])
}

export function regionBorders(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.regions) return []
  const isOn = input.layers.includes('regions')
  return layers([
    {
      id: 'region-township-line',
      type: 'line',
      ...source,
      minzoom: 10,
      filter: ['all', admin, level('township', 'community')],
      layout: { ...visible(isOn), 'line-join': 'round' },
      paint: {
        'line-color': INK.township,
        'line-width': byZoom([
          [10, 0.6],
          [15, 1.4],
        ]),
        'line-dasharray': [4, 3],
      },
    },
    {
      id: 'region-police-line',
      type: 'line',
      ...source,
      filter: ['==', ['get', 'kind'], 'police'],
      layout: { ...visible(input.layers.includes('police')), 'line-join': 'round' },
      paint: {
        'line-color': INK.police,
        'line-width': byZoom([
          [9, 0.8],
          [15, 1.8],
        ]),
        'line-dasharray': [6, 2, 1, 2],
      },
    },
    {
      id: 'region-district-band',
      type: 'line',
      ...source,
      filter: ['all', admin, level('district', 'city')],
      layout: { ...visible(isOn), 'line-join': 'round' },
      paint: {
        'line-color': INK.district,
        'line-opacity': 0.16,
        'line-width': byZoom([
          [8, 2.5],
          [14, 8],
        ]),
      },
    },
    {
      id: 'region-district-line',
      type: 'line',
      ...source,
      filter: ['all', admin, level('district', 'city')],
      layout: { ...visible(isOn), 'line-join': 'round' },
      paint: {
        'line-color': INK.district,
        'line-width': byZoom([
          [8, 0.8],
          [14, 1.8],
        ]),
        'line-dasharray': [5, 2.5, 1.2, 2.5],
      },
    },
  ])
}

/** Labels come from their own point layer: names on polygons repeat in every tile. */
export function regionLabels(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.regions) return []
  const isOn = input.layers.includes('regions')
  const text = (id: string, levels: string[], zooms: [number, number], size: [number, number], spacing: number) => ({
    id,
    type: 'symbol',
    ...label,
    minzoom: zooms[0],
    maxzoom: zooms[1],
    filter: ['all', admin, level(...levels)],
    layout: {
      ...visible(isOn),
      'text-field': ['get', 'name'],
      'text-font': FONT_STACK,
      'text-size': byZoom(
        [
          [zooms[0], size[0]],
          [zooms[1], size[1]],
        ],
        1,
      ),
      'text-letter-spacing': spacing,
      'text-max-width': 8,
      'text-padding': 6,
    },
    paint: { 'text-color': INK.region_label, 'text-halo-color': INK.halo, 'text-halo-width': 1.6, 'text-opacity': 0.9 },
  })
  // Few and large: findings may stand on them, but must not push them off the map.
  const overlapping = (layer: ReturnType<typeof text>) => ({
    ...layer,
    layout: { ...layer.layout, 'text-allow-overlap': true },
  })
  return layers([
    text('region-township-label', ['township', 'community'], [11.5, 15.5], [11.5, 14], 0.08),
    overlapping(text('region-district-label', ['district'], [8, 13.5], [14, 19], 0.28)),
    {
      ...text('region-police-label', [], [12, 16.5], [11, 13], 0.04),
      filter: ['==', ['get', 'kind'], 'police'],
      layout: {
        ...text('', [], [12, 16.5], [11, 13], 0.04).layout,
        ...visible(input.layers.includes('police')),
      },
      paint: { 'text-color': INK.police, 'text-halo-color': INK.halo, 'text-halo-width': 1.4 },
    },
  ])
}
