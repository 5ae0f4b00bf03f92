import type { Layer } from '../http/change.ts'

/** Layers of the tile service as data: what is drawn from which zoom, with which attributes. */
export const TILE_LAYERS = ['regions', 'roads', 'schools', 'zones', 'venues', 'findings'] as const
export type TileLayer = (typeof TILE_LAYERS)[number]

export const MAX_ZOOM = 16
/** Tile units per side, and how far features reach over the edge. */
export const EXTENT = 4096
export const BUFFER = 64

/** Below this zoom venues and findings are counted per cell of the tile, GRID by GRID cells. */
export const DETAIL_ZOOM = 12
/** 64 screen pixels a cell: bubbles of neighbouring cells rarely touch, and a tile has at most 64 of them. */
export const GRID = 8
/** Kinds that no rule speaks of are left out below this zoom; they are most of the venues. */
export const ALL_VENUES_ZOOM = 14
/** Names double the size of a tile, so they come when there is room to draw them. */
export const NAME_ZOOM = 13
/** Regions are few: their names are always there. */
export const ROAD_CLASS_ZOOMS: Record<string, number> = {
  motorway: 8,
  trunk: 8,
  primary: 8,
  secondary: 10,
  tertiary: 12,
  residential: 13,
  pedestrian: 13,
  service: 14,
  track: 14,
  footway: 15,
  cycleway: 15,
  steps: 15,
}
export const REGION_LEVEL_ZOOMS: Record<string, number> = {
  province: 3,
  city: 3,
  district: 3,
  township: 9,
  station: 9,
  community: 11,
}

/** The gravest state first: a venue with several findings shows the first of them. */
export const STATES_BY_GRAVITY = ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt'] as const

type FieldType = 'Number' | 'String' | 'Boolean'
type Fields = Record<string, FieldType>

/** A layer inside the MVT. `zooms` are those at which it can have features, both ends included. */
export interface SubLayer {
  name: string
  description: string
  geometry: 'point' | 'line' | 'polygon'
  zooms: readonly [min: number, max: number]
  fields: Fields
}

export interface TileLayerInfo {
  description: string
  minzoom: number
  /** Datasets whose change alters a tile of this layer. The version of the layer is the sum of theirs. */
  depends_on: readonly Layer[]
  sublayers: readonly SubLayer[]
}

const stateCounts: Fields = Object.fromEntries(STATES_BY_GRAVITY.map((state) => [`s_${state}`, 'Number']))
const upTo = (zoom: number): readonly [number, number] => [0, zoom - 1]
const from = (zoom: number): readonly [number, number] => [zoom, MAX_ZOOM]

const schoolFields: Fields = {
  id: 'Number',
  name: 'String',
  kind: 'String',
  status: 'String',
  findings: 'Number',
  is_point_only: 'Boolean',
}
const regionFields: Fields = { id: 'Number', code: 'String', name: 'String', kind: 'String', level: 'String' }

export const LAYER_INFO: Record<TileLayer, TileLayerInfo> = {
  regions: {
    description: 'Administrative and police areas',
    minzoom: 3,
    depends_on: ['regions'],
    sublayers: [
      {
        name: 'regions',
        description: 'Areas; townships and station areas from z9, communities from z11',
        geometry: 'polygon',
        zooms: from(3),
        fields: regionFields,
      },
      {
        name: 'regions_label',
        description: 'One point inside each area',
        geometry: 'point',
        zooms: from(3),
        fields: regionFields,
      },
    ],
  },
  roads: {
    description: 'Street network by class; names from z13',
    minzoom: 8,
    depends_on: ['roads'],
    sublayers: [
      {
        name: 'roads',
        description: 'Edges: primary from z8, secondary z10, tertiary z12, residential z13, service z14, paths z15',
        geometry: 'line',
        zooms: from(8),
        fields: { id: 'Number', name: 'String', class: 'String', is_bridge: 'Boolean', oneway: 'String' },
      },
    ],
  },
  schools: {
    description: 'Campuses that are open or planned; names from z13',
    minzoom: 8,
    depends_on: ['schools', 'findings'],
    sublayers: [
      {
        name: 'schools',
        description: 'Boundaries of campuses',
        geometry: 'polygon',
        zooms: from(11),
        fields: schoolFields,
      },
      {
        name: 'schools_label',
        description: 'One point per campus',
        geometry: 'point',
        zooms: from(8),
        fields: schoolFields,
      },
      {
        name: 'gates',
        description: 'Open gates',
        geometry: 'point',
        zooms: from(14),
        fields: { id: 'Number', school_id: 'Number', kind: 'String' },
      },
    ],
  },
  zones: {
    description: 'Rings around campuses, for display only',
    minzoom: 11,
    depends_on: ['zones'],
    sublayers: [
      {
        name: 'zones',
        description: 'One ring per campus and distinct way of measuring; threshold in metres',
        geometry: 'polygon',
        zooms: from(11),
        fields: {
          id: 'Number',
          school_id: 'Number',
          threshold_m: 'Number',
          measure_from: 'String',
          metric: 'String',
        },
      },
    ],
  },
  venues: {
    description: 'Business places and street stalls, with the gravest of their current findings',
    minzoom: 6,
    depends_on: ['venues', 'stalls', 'findings'],
    sublayers: [
      {
        name: 'venues',
        description: 'Below z12 regulated kinds counted per cell: most frequent kind and state, counts by state',
        geometry: 'point',
        zooms: upTo(DETAIL_ZOOM),
        fields: { count: 'Number', kind: 'String', state: 'String', ...stateCounts },
      },
      {
        name: 'venues',
        description: 'Regulated kinds from z12, all from z14',
        geometry: 'point',
        zooms: from(DETAIL_ZOOM),
        fields: { id: 'Number', kind: 'String', group: 'String', status: 'String', state: 'String' },
      },
      {
        name: 'stalls',
        description: 'Street stalls that are there',
        geometry: 'point',
        zooms: from(DETAIL_ZOOM),
        fields: { id: 'Number', stall_type: 'String', state: 'String' },
      },
    ],
  },
  findings: {
    description: 'Current findings (疑似)',
    minzoom: 6,
    // Positions come from venues and stalls, severity from the rule.
    depends_on: ['findings', 'venues', 'stalls', 'rules'],
    sublayers: [
      {
        name: 'findings',
        description: 'Below z12 counted per cell: most frequent kind and state, counts by state',
        geometry: 'point',
        zooms: upTo(DETAIL_ZOOM),
        fields: { count: 'Number', kind: 'String', state: 'String', ...stateCounts },
      },
      {
        name: 'findings',
        description: 'At the venue or stall',
        geometry: 'point',
        zooms: from(DETAIL_ZOOM),
        fields: {
          id: 'Number',
          state: 'String',
          kind: 'String',
          severity: 'String',
          rule_id: 'Number',
          school_id: 'Number',
          venue_id: 'Number',
          stall_id: 'Number',
        },
      },
      {
        name: 'findings_line',
        description: 'The measured line, from the campus to the venue',
        geometry: 'line',
        zooms: from(15),
        fields: { id: 'Number', state: 'String' },
      },
    ],
  },
}

export const isTileLayer = (name: string): name is TileLayer => (TILE_LAYERS as readonly string[]).includes(name)

/** The layers inside the MVT that can have features at a zoom. */
export const sublayersAt = (layer: TileLayer, z: number): SubLayer[] =>
  LAYER_INFO[layer].sublayers.filter(({ zooms: [min, max] }) => z >= min && z <= max)
