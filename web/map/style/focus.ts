import type { LayerSpecification } from 'maplibre-gl'
import { FINDING_STATES } from '../../stores/filters.ts'
import { layers } from './input.ts'
import { INK, STATE_COLOURS } from './palette.ts'
import { FONT_STACK } from './text.ts'

/**
 * What is selected, hovered or edited, above everything else. Lines carry `role` selected|related and `state`; points
 * carry `role` from|to|label|marked|hover|draft.
 */
const role = (name: string) => ['==', ['get', 'role'], name]
const stateColour = [
  'match',
  ['get', 'state'],
  ...FINDING_STATES.flatMap((state) => [state, STATE_COLOURS[state]]),
  INK.school,
]

export function focusLayers(): LayerSpecification[] {
  const line = (id: string, filter: unknown, colour: unknown, width: number) => ({
    id,
    type: 'line',
    source: 'focus-lines',
    filter,
    layout: { 'line-cap': 'round' },
    paint: { 'line-color': colour, 'line-width': width },
  })
  const circle = (id: string, name: string, paint: Record<string, unknown>) => ({
    id,
    type: 'circle',
    source: 'focus-points',
    filter: role(name),
    paint,
  })
  const ring = (radius: number, colour: unknown, width: number, fill = 0) => ({
    'circle-radius': radius,
    'circle-color': colour,
    'circle-opacity': fill,
    'circle-stroke-color': colour,
    'circle-stroke-width': width,
  })
  return layers([
    line('focus-related', role('related'), stateColour, 1.6),
    line('focus-casing', role('selected'), '#ffffff', 7),
    line('focus-line', role('selected'), stateColour, 3.2),
    circle('focus-marked', 'marked', ring(19, INK.school, 3, 0.12)),
    circle('focus-hover', 'hover', ring(17, '#111827', 2)),
    circle('focus-from', 'from', {
      'circle-radius': 6,
      'circle-color': '#ffffff',
      'circle-stroke-color': INK.school,
      'circle-stroke-width': 3,
    }),
    circle('focus-to', 'to', ring(18, stateColour, 3, 0.14)),
    circle('focus-draft', 'draft', ring(9, INK.draft, 3, 0.35)),
    {
      id: 'focus-label',
      type: 'symbol',
      source: 'focus-points',
      filter: role('label'),
      layout: {
        'text-field': ['get', 'text'],
        'text-font': FONT_STACK,
        'text-size': 15,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        // Over a line of no length the label clears the ring.
        'text-offset': ['case', ['get', 'is_point'], ['literal', [0, -2.1]], ['literal', [0, -0.9]]],
      },
      paint: { 'text-color': stateColour, 'text-halo-color': '#ffffff', 'text-halo-width': 2.6 },
    },
  ])
}
