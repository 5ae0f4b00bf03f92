import type { LayerSpecification } from 'maplibre-gl'
import { layers, type StyleInput, visible } from './input.ts'
import { INK, ZONE_COLOURS } from './palette.ts'
import { byZoom, FONT_STACK } from './text.ts'

const source = { source: 'zones', 'source-layer': 'zones' } as const
const colour = ['step', ['get', 'threshold_m'], ZONE_COLOURS[0]?.[1], ...ZONE_COLOURS.slice(1).flat()]
const isWalking = ['==', ['get', 'metric'], 'walking']

export function zoneFill(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.zones) return []
  return layers([
    {
      id: 'zone-fill',
      type: 'fill',
      ...source,
      minzoom: 11.5,
      layout: visible(input.layers.includes('zones')),
      paint: {
        'fill-color': INK.zone_fill,
        'fill-opacity': byZoom(
          [
            [11.5, 0.12],
            [14, 0.1],
            [17, 0.07],
          ],
          1,
        ),
        'fill-antialias': false,
      },
    },
  ])
}

/** Rings by threshold; a walking rule's ring is only its straight-line screening area, hence dashed. */
export function zoneLines(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.zones) return []
  const isOn = visible(input.layers.includes('zones'))
  const line = (id: string, filter: unknown, dash: number[] | null) => ({
    id,
    type: 'line',
    ...source,
    minzoom: 12.2,
    filter,
    layout: { ...isOn, 'line-join': 'round' },
    paint: {
      'line-color': colour,
      'line-opacity': byZoom(
        [
          [12.2, 0.35],
          [14, 0.75],
        ],
        1,
      ),
      'line-width': byZoom([
        [12.2, 0.6],
        [15, 1.3],
        [18, 2],
      ]),
      ...(dash ? { 'line-dasharray': dash } : {}),
    },
  })
  return layers([
    line('zone-line', ['!', isWalking], null),
    line('zone-line-walking', isWalking, [3, 2.4]),
    {
      id: 'zone-label',
      type: 'symbol',
      ...source,
      minzoom: 15,
      layout: {
        ...isOn,
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['concat', ['to-string', ['get', 'threshold_m']], ' m'],
        'text-font': FONT_STACK,
        'text-size': 11,
        'text-padding': 8,
      },
      paint: { 'text-color': colour, 'text-halo-color': INK.halo, 'text-halo-width': 1.8 },
    },
  ])
}
