import type { LayerSpecification } from 'maplibre-gl'
import { every, layers, type StyleInput, visible } from './input.ts'
import { INK } from './palette.ts'
import { byZoom, FONT_STACK } from './text.ts'

const areas = { source: 'schools', 'source-layer': 'schools' } as const
const points = { source: 'schools', 'source-layer': 'schools_label' } as const
const gates = { source: 'schools', 'source-layer': 'gates' } as const
const isArea = ['==', ['geometry-type'], 'Polygon'] as never

export function schoolAreas(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.schools) return []
  const layout = visible(input.layers.includes('schools'))
  const filter = every(isArea, input.schools)
  return layers([
    {
      id: 'school-fill',
      type: 'fill',
      ...areas,
      minzoom: 11,
      filter,
      layout,
      paint: {
        'fill-color': INK.campus,
        'fill-opacity': byZoom(
          [
            [11, 0.6],
            [16, 0.85],
          ],
          1,
        ),
      },
    },
    {
      id: 'school-line',
      type: 'line',
      ...areas,
      minzoom: 12.5,
      filter,
      layout: { ...layout, 'line-join': 'round' },
      paint: {
        'line-color': INK.campus_line,
        'line-width': byZoom([
          [12.5, 0.5],
          [15, 1.4],
          [18, 2.4],
        ]),
      },
    },
  ])
}

const POINT_ONLY = ['to-boolean', ['get', 'is_point_only']]

/** Icon and name by kind from the label points; far out a plain dot, so that 2,000 campuses stay readable. */
export function schoolLabels(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.schools) return []
  const layout = visible(input.layers.includes('schools'))
  const filter = every(input.schools)
  return layers([
    {
      id: 'school-dot',
      type: 'circle',
      ...points,
      maxzoom: 12.5,
      filter,
      layout,
      paint: {
        'circle-color': INK.school,
        'circle-opacity': 0.8,
        'circle-radius': byZoom(
          [
            [8, 1.5],
            [12.5, 4],
          ],
          1,
        ),
        'circle-stroke-color': INK.halo,
        'circle-stroke-width': byZoom(
          [
            [8, 0.3],
            [12.5, 1.2],
          ],
          1,
        ),
      },
    },
    {
      id: 'school-icon',
      type: 'symbol',
      ...points,
      minzoom: 12.5,
      filter,
      layout: {
        ...layout,
        'icon-image': ['concat', ['case', POINT_ONLY, 'school-point|', 'school|'], ['get', 'kind']],
        'icon-size': byZoom(
          [
            [12.5, 0.62],
            [15, 0.92],
            [18, 1.1],
          ],
          1,
        ),
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 13.6, ['get', 'name']],
        'text-font': FONT_STACK,
        'text-size': byZoom(
          [
            [13.6, 11],
            [17, 13.5],
          ],
          1,
        ),
        'text-anchor': 'top',
        'text-offset': [0, 1.15],
        'text-max-width': 9,
        'text-optional': true,
        'text-padding': 4,
      },
      paint: { 'text-color': INK.school_label, 'text-halo-color': INK.halo, 'text-halo-width': 1.8 },
    },
  ])
}

/** Gates open where rules measure from them: icon from z14.5, its kind in words from z16.5. */
export function gateLayers(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.schools) return []
  const word = ['match', ['get', 'kind'], ...Object.entries(input.words.gates).flat(), '']
  return layers([
    {
      id: 'gate-icon',
      type: 'symbol',
      ...gates,
      minzoom: 14.5,
      layout: {
        ...visible(input.layers.includes('gates')),
        'icon-image': ['concat', 'gate|', ['get', 'kind']],
        'icon-size': byZoom(
          [
            [14.5, 0.6],
            [17, 1],
          ],
          1,
        ),
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 16.5, word],
        'text-font': FONT_STACK,
        'text-size': 11,
        'text-anchor': 'left',
        'text-offset': [0.9, 0],
        'text-optional': true,
      },
      paint: { 'text-color': INK.school, 'text-halo-color': INK.halo, 'text-halo-width': 1.6 },
    },
  ])
}
