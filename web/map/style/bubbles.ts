import type { LayerSpecification } from 'maplibre-gl'
import { FINDING_STATES } from '../../stores/filters.ts'
import { layers, type StyleInput, visible } from './input.ts'
import { groupColour, STATE_COLOURS } from './palette.ts'
import { DETAIL_ZOOM } from './sources.ts'
import { FONT_STACK } from './text.ts'

/**
 * Count bubbles of low zooms, from the server's aggregated tiles or from clustered live data: both carry `count` and
 * `s_<state>`. With a state filter a bubble counts those states only, so that map and list agree.
 */
type Bubbles = { id: string; source: Record<string, string>; isOn: boolean; kind: 'findings' | 'venues' }

const number = (name: string) => ['to-number', ['get', name], 0]

function countOf(kind: Bubbles['kind'], states: readonly string[]): unknown {
  if (kind === 'venues' || states.length === 0) return number('count')
  return ['+', 0, ...states.map((state) => number(`s_${state}`))]
}

/** Colour of the state most rows of the bubble have; ties go to the graver. */
function dominantColour(states: readonly string[]): unknown {
  const shown = FINDING_STATES.filter((state) => states.length === 0 || states.includes(state))
  const largest = ['max', 0, ...shown.map((state) => number(`s_${state}`))]
  const cases = shown.flatMap((state) => [['==', number(`s_${state}`), largest], STATE_COLOURS[state]])
  return ['case', ...cases, STATE_COLOURS.suspected]
}

function layersOf({ id, source, isOn, kind }: Bubbles, states: readonly string[]): object[] {
  const count = countOf(kind, states)
  const colour = kind === 'findings' ? dominantColour(states) : groupColour('')
  const shared = { ...source, maxzoom: DETAIL_ZOOM, filter: ['all', ['has', 'count'], ['>', count, 0]] }
  return [
    {
      id: `${id}-bubble`,
      type: 'circle',
      ...shared,
      layout: visible(isOn),
      paint: {
        'circle-color': colour,
        'circle-opacity': 0.88,
        'circle-radius': ['interpolate', ['linear'], ['sqrt', count], 1, 8, 5, 13, 14, 19, 50, 30],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 1.6,
      },
    },
    {
      id: `${id}-bubble-count`,
      type: 'symbol',
      ...shared,
      layout: {
        ...visible(isOn),
        'text-field': ['to-string', count],
        'text-font': FONT_STACK,
        'text-size': 12,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': '#ffffff' },
    },
  ]
}

export function bubbleLayers(input: StyleInput, states: readonly string[]): LayerSpecification[] {
  const findings = input.layers.includes('findings') && input.aggregate === 'findings'
  const venues = input.layers.includes('venues') && input.aggregate === 'venues'
  const isLiveFindings = input.findings.mode === 'live'
  const isLiveVenues = input.venues.mode === 'live'
  const all: Bubbles[] = [
    {
      id: 'venue',
      source: { source: 'venues', 'source-layer': 'venues' },
      isOn: venues && !isLiveVenues,
      kind: 'venues',
    },
    { id: 'venue-live', source: { source: 'live-venues' }, isOn: venues && isLiveVenues, kind: 'venues' },
    {
      id: 'finding',
      source: { source: 'findings', 'source-layer': 'findings' },
      isOn: findings && !isLiveFindings,
      kind: 'findings',
    },
    { id: 'finding-live', source: { source: 'live-findings' }, isOn: findings && isLiveFindings, kind: 'findings' },
  ]
  const has = (bubbles: Bubbles) => 'source-layer' in bubbles.source === false || bubbles.source.source! in input.tiles
  return layers(all.filter(has).flatMap((bubbles) => layersOf(bubbles, states)))
}
