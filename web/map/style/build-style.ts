import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { bubbleLayers } from './bubbles.ts'
import { findingLines, findingPoints } from './findings.ts'
import { focusLayers } from './focus.ts'
import type { StyleInput } from './input.ts'
import { INK } from './palette.ts'
import { regionBorders, regionGround, regionLabels } from './regions.ts'
import { roadLabels, roadLayers } from './roads.ts'
import { gateLayers, schoolAreas, schoolLabels } from './schools.ts'
import { buildSources } from './sources.ts'
import { stallLayers, type VenueStyle, venueLayers } from './venues.ts'
import { zoneFill, zoneLines } from './zones.ts'

export type FontFaces = Record<string, { url: string; 'unicode-range': string[] }[]>
export type StyleExtras = { venue_style: VenueStyle; states: readonly string[]; fonts: FontFaces }

/** Bottom to top. The set of layers depends only on which tile layers exist; the rest changes properties. */
export function buildLayers(input: StyleInput, extras: StyleExtras): LayerSpecification[] {
  return [
    { id: 'background', type: 'background', paint: { 'background-color': INK.outside } },
    ...regionGround(input),
    ...zoneFill(input),
    ...schoolAreas(input),
    ...roadLayers(input),
    ...regionBorders(input),
    ...zoneLines(input),
    ...roadLabels(input),
    ...venueLayers(input, extras.venue_style),
    ...regionLabels(input),
    ...gateLayers(input),
    ...stallLayers(input),
    ...schoolLabels(input),
    ...findingLines(input),
    ...findingPoints(input),
    ...bubbleLayers(input, extras.states),
    ...focusLayers(),
  ]
}

/** A complete MapLibre style without `glyphs`: text is drawn by the browser from the bundled font faces. */
export function buildStyle(input: StyleInput, extras: StyleExtras): StyleSpecification {
  return {
    version: 8,
    'font-faces': extras.fonts,
    sources: buildSources(input.tiles),
    layers: buildLayers(input, extras),
  } as StyleSpecification
}
