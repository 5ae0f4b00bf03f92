import type { LineStringGeometry } from '../geo/geojson.ts'
import { CROSSINGS, ONEWAYS, ROAD_CLASSES, type RoadInput } from '../roads/schemas.ts'
import type { RowReader } from './row-reader.ts'

type RoadClass = (typeof ROAD_CLASSES)[number]

/** OpenStreetMap highway values and the classes of GB/T 51328 in words. */
const CLASS_WORDS: Record<string, RoadClass> = {
  motorway_link: 'motorway',
  trunk_link: 'trunk',
  primary_link: 'primary',
  secondary_link: 'secondary',
  tertiary_link: 'tertiary',
  unclassified: 'tertiary',
  road: 'residential',
  living_street: 'residential',
  path: 'footway',
  bridleway: 'track',
  corridor: 'footway',
  track_grade1: 'track',
  高速公路: 'motorway',
  高速: 'motorway',
  快速路: 'trunk',
  国道: 'trunk',
  主干路: 'primary',
  主干道: 'primary',
  省道: 'primary',
  次干路: 'secondary',
  次干道: 'secondary',
  县道: 'secondary',
  支路: 'tertiary',
  乡道: 'tertiary',
  街巷: 'residential',
  小区道路: 'service',
  内部道路: 'service',
  步行街: 'pedestrian',
  人行道: 'footway',
  步道: 'footway',
  非机动车道: 'cycleway',
  台阶: 'steps',
  梯道: 'steps',
  机耕路: 'track',
}

const ONEWAY_WORDS: Record<string, (typeof ONEWAYS)[number]> = {
  yes: 'forward',
  true: 'forward',
  '1': 'forward',
  f: 'forward',
  是: 'forward',
  单行: 'forward',
  顺向: 'forward',
  '-1': 'backward',
  t: 'backward',
  reverse: 'backward',
  逆向: 'backward',
  false: 'no',
  '0': 'no',
  b: 'no',
  否: 'no',
  双向: 'no',
  reversible: 'no',
  alternating: 'no',
}

const CROSSING_WORDS: Record<string, (typeof CROSSINGS)[number]> = {
  traffic_signals: 'signals',
  信号灯: 'signals',
  zebra: 'marked',
  uncontrolled: 'marked',
  斑马线: 'marked',
  人行横道: 'marked',
  天桥: 'overpass',
  过街天桥: 'overpass',
  地道: 'underpass',
  地下通道: 'underpass',
}

type Access = boolean

/** Who may not use a class when the file does not say: no walking on motorways, no cars on footways. */
const CLOSED_TO: Partial<Record<RoadClass, Partial<Record<'foot' | 'bicycle' | 'car', false>>>> = {
  motorway: { foot: false, bicycle: false },
  pedestrian: { car: false },
  footway: { car: false },
  steps: { car: false, bicycle: false },
  cycleway: { car: false },
}

const ACCESS_WORDS: Record<string, 'yes' | 'no'> = {
  designated: 'yes',
  permissive: 'yes',
  destination: 'yes',
  private: 'yes',
  official: 'yes',
  dismount: 'no',
  use_sidepath: 'no',
  可: 'yes',
  允许: 'yes',
  禁止: 'no',
  是: 'yes',
  否: 'no',
  true: 'yes',
  false: 'no',
  '1': 'yes',
  '0': 'no',
}

function access(
  reader: RowReader,
  field: 'foot' | 'bicycle' | 'car',
  roadClass: RoadClass | undefined,
): Access | undefined {
  const word = reader.word(field, ['yes', 'no'] as const, ACCESS_WORDS)
  if (word) return word === 'yes'
  return roadClass ? CLOSED_TO[roadClass]?.[field] : undefined
}

export function roadRow(reader: RowReader, geometry: LineStringGeometry): RoadInput {
  reader.needText('class')
  const roadClass = reader.word('class', ROAD_CLASSES, CLASS_WORDS)
  return {
    external_id: reader.text('external_id'),
    name: reader.text('name'),
    class: roadClass ?? 'service',
    oneway: reader.word('oneway', ONEWAYS, ONEWAY_WORDS),
    is_bridge: readBridge(reader),
    crossing: reader.word('crossing', CROSSINGS, CROSSING_WORDS),
    foot: access(reader, 'foot', roadClass),
    bicycle: access(reader, 'bicycle', roadClass),
    car: access(reader, 'car', roadClass),
    geometry,
  }
}

/** OpenStreetMap writes the kind of bridge into the same column. */
function readBridge(reader: RowReader): boolean | undefined {
  const cell = reader.cells.get('is_bridge')
  if (typeof cell === 'string' && /^(viaduct|aqueduct|boardwalk|cantilever|covered|movable|trestle|t)$/i.test(cell))
    return true
  return cell === 'F' ? false : reader.boolean('is_bridge')
}
