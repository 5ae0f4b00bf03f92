import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { FINDING_STATES } from '../../stores/filters.ts'
import { every, layers, type StyleInput, visible } from './input.ts'
import { STATE_COLOURS } from './palette.ts'
import { DETAIL_ZOOM } from './sources.ts'
import { byZoom } from './text.ts'

const stateColour = [
  'match',
  ['get', 'state'],
  ...FINDING_STATES.flatMap((state) => [state, STATE_COLOURS[state]]),
  STATE_COLOURS.exempt,
]
/** Drawn last is on top: the graver the state, the higher. */
const gravity = [
  'match',
  ['get', 'state'],
  ...FINDING_STATES.flatMap((state, at) => [state, FINDING_STATES.length - at]),
  0,
]

const isSingle = ['!', ['has', 'count']] as never

type Group = {
  prefix: string
  points: Record<string, string>
  lines: Record<string, string>
  isOn: boolean
  filter: FilterSpecification | null
}

function groups(input: StyleInput): Group[] {
  const isOn = input.layers.includes('findings')
  const isLive = input.findings.mode === 'live'
  return [
    {
      prefix: 'finding',
      points: { source: 'findings', 'source-layer': 'findings' },
      lines: { source: 'findings', 'source-layer': 'findings_line' },
      isOn: isOn && !isLive,
      filter: input.findings.mode === 'tiles' ? input.findings.filter : null,
    },
    {
      prefix: 'finding-live',
      points: { source: 'live-findings' },
      lines: { source: 'live-lines' },
      isOn: isOn && isLive,
      filter: null,
    },
  ]
}

/** The measured lines, thin, from z15; only attributes both sources have may be filtered on. */
export function findingLines(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.findings) return []
  return layers(
    groups(input).map(({ prefix, lines, isOn, filter }) => ({
      id: `${prefix}-line`,
      type: 'line',
      ...lines,
      minzoom: 15,
      ...(filter ? { filter } : {}),
      layout: { ...visible(isOn), 'line-cap': 'round' },
      paint: {
        'line-color': stateColour,
        'line-width': 1.1,
        'line-opacity': byZoom(
          [
            [15, 0.35],
            [17, 0.65],
          ],
          1,
        ),
      },
    })),
  )
}

/** One symbol says both: shape and colour the state, glyph the kind of venue. Never hidden by collision. */
export function findingPoints(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.findings) return []
  return layers(
    groups(input).map(({ prefix, points, isOn, filter }) => ({
      id: `${prefix}-icon`,
      type: 'symbol',
      ...points,
      // Live rows that stand alone are drawn at every zoom: the bubbles count only those that stand together.
      minzoom: prefix === 'finding' ? DETAIL_ZOOM : 0,
      filter: every(isSingle, filter),
      layout: {
        ...visible(isOn),
        'icon-image': ['concat', 'finding|', ['get', 'state'], '|', ['coalesce', ['get', 'kind'], '']],
        'icon-size': byZoom(
          [
            [12, 0.42],
            [14, 0.66],
            [16, 0.92],
            [18, 1.12],
          ],
          1,
        ),
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'symbol-sort-key': gravity,
      },
    })),
  )
}
