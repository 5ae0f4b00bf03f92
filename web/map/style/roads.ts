import type { LayerSpecification } from 'maplibre-gl'
import { layers, type StyleInput, visible } from './input.ts'
import { INK } from './palette.ts'
import { byZoom, FONT_STACK } from './text.ts'

/** Drawing ranks: classes of the network folded into widths and tones. */
type Rank = { classes: string[]; minzoom: number; width: [number, number][]; fill: string; casing: string }

const RANKS: Record<string, Rank> = {
  service: {
    classes: ['service', 'track'],
    minzoom: 14.5,
    width: [
      [14.5, 0.6],
      [16, 2],
      [18, 7],
    ],
    fill: INK.road,
    casing: INK.casing,
  },
  residential: {
    classes: ['residential', 'pedestrian'],
    minzoom: 12.5,
    width: [
      [12.5, 0.5],
      [15, 3],
      [18, 12],
    ],
    fill: INK.road,
    casing: INK.casing,
  },
  tertiary: {
    classes: ['tertiary'],
    minzoom: 11,
    width: [
      [11, 0.6],
      [13, 1.6],
      [15, 4.8],
      [18, 16],
    ],
    fill: INK.road,
    casing: INK.casing,
  },
  secondary: {
    classes: ['secondary'],
    minzoom: 10,
    width: [
      [10, 0.6],
      [13, 2.6],
      [15, 6.4],
      [18, 20],
    ],
    fill: INK.road,
    casing: INK.casing,
  },
  primary: {
    classes: ['primary', 'trunk'],
    minzoom: 8,
    width: [
      [8, 0.6],
      [11, 1.6],
      [13, 3.4],
      [15, 8],
      [18, 24],
    ],
    fill: INK.road_major,
    casing: INK.casing_major,
  },
  motorway: {
    classes: ['motorway'],
    minzoom: 6,
    width: [
      [6, 0.8],
      [11, 2.2],
      [13, 4],
      [15, 9],
      [18, 26],
    ],
    fill: INK.road_motorway,
    casing: INK.casing_major,
  },
}
const PATHS = ['footway', 'cycleway', 'steps']

const source = { source: 'roads', 'source-layer': 'roads' } as const
const ofClass = (classes: string[]) => ['in', ['get', 'class'], ['literal', classes]]
const isBridge = ['to-boolean', ['get', 'is_bridge']]
const round = { 'line-cap': 'round', 'line-join': 'round' } as const

function strokes(name: string, rank: Rank, part: 'casing' | 'fill', isOn: boolean, bridge: boolean) {
  const extra = part === 'casing' ? (bridge ? 3.2 : 1.8) : 0
  const width = rank.width.map(([zoom, value]): [number, number] => [zoom, value + (value < 1 ? extra / 2 : extra)])
  return {
    id: `road-${bridge ? 'bridge-' : ''}${name}-${part}`,
    type: 'line',
    ...source,
    minzoom: bridge ? Math.max(12, rank.minzoom) : rank.minzoom,
    filter: ['all', ofClass(rank.classes), bridge ? isBridge : true],
    // A bridge ends with its deck: butt caps keep its rails from running into the banks.
    layout: { ...visible(isOn), ...(bridge && part === 'casing' ? { 'line-join': 'round' } : round) },
    paint: {
      'line-color': part === 'fill' ? rank.fill : bridge ? INK.casing_bridge : rank.casing,
      'line-width': byZoom(width),
    },
  }
}

/** Casings of all ranks under fills of all ranks, so that crossings open; bridges again on top with darker rails. */
export function roadLayers(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.roads) return []
  const isOn = input.layers.includes('roads')
  const ranks = Object.entries(RANKS)
  const paths = {
    id: 'road-path',
    type: 'line',
    ...source,
    minzoom: 14.5,
    filter: ofClass(PATHS),
    layout: { ...visible(isOn), 'line-join': 'round' },
    paint: {
      'line-color': INK.path,
      'line-width': byZoom([
        [14.5, 0.7],
        [18, 2.2],
      ]),
      'line-dasharray': [2, 1.6],
    },
  }
  return layers([
    paths,
    ...ranks.map(([name, rank]) => strokes(name, rank, 'casing', isOn, false)),
    ...ranks.map(([name, rank]) => strokes(name, rank, 'fill', isOn, false)),
    ...ranks.map(([name, rank]) => strokes(name, rank, 'casing', isOn, true)),
    ...ranks.map(([name, rank]) => strokes(name, rank, 'fill', isOn, true)),
  ])
}

export function roadLabels(input: StyleInput): LayerSpecification[] {
  if (!input.tiles.roads) return []
  const text = (id: string, classes: string[], minzoom: number, size: number) => ({
    id,
    type: 'symbol',
    ...source,
    minzoom,
    filter: ['all', ofClass(classes), ['!=', ['coalesce', ['get', 'name'], ''], '']],
    layout: {
      ...visible(input.layers.includes('roads')),
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': FONT_STACK,
      'text-size': byZoom(
        [
          [minzoom, size],
          [18, size + 3],
        ],
        1,
      ),
      'text-letter-spacing': 0.06,
      'text-max-angle': 28,
      'text-padding': 12,
    },
    paint: { 'text-color': INK.road_label, 'text-halo-color': INK.halo, 'text-halo-width': 1.8 },
  })
  return layers([
    text('road-label-minor', ['residential', 'pedestrian', 'service'], 15.5, 11),
    text('road-label-middle', ['secondary', 'tertiary'], 13.8, 11),
    text('road-label-major', ['motorway', 'trunk', 'primary'], 12.5, 11.5),
  ])
}
