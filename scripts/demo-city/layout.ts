import { buildArterials, OLD_TOWN } from './arterials.ts'
import { type Block, divide } from './blocks.ts'
import { type Face, findFaces } from './faces.ts'
import { cutAtMeetings, type Pieces, type Stroke, withoutDeadEnds } from './planar.ts'
import { distance, lineLength, mix, smooth, type Xy } from './plane.ts'
import { random } from './random.ts'
import { isInside, type Ring, signedArea } from './ring.ts'
import { buildRiver, isOnRiver, type River, WATER_HALF_M } from './river.ts'
import { CITY_BORDER, RIVER_LINE, Streets } from './streets.ts'
import { buildLand, type Land } from './zones.ts'

/** Streets and blocks of the whole city before anything stands in it. */
export interface Layout {
  river: River
  land: Land
  streets: Streets
  /** The arterial network with river and border, whose faces are what regions are made of. */
  frame: Pieces
  faces: Face[]
  border: Ring
  /** For every half edge of the frame the face to its left, -1 outside. */
  leftOf: Int32Array
  blocks: Block[]
  strokes: Stroke[]
}

export function layOut(seed: number): Layout {
  const river = buildRiver(random(seed, 'river'))
  const land = buildLand(random(seed, 'land'))
  const streets = new Streets()
  const arterials = buildArterials(random(seed, 'arterials'), river)
  const named = new Map<string, number>()
  const border = cityBorder(seed)
  const strokes: Stroke[] = [{ points: border, tag: CITY_BORDER }]
  for (const { name, class: streetClass, line } of arterials) {
    const tag = named.get(name) ?? streets.open({ name, class: streetClass, trade: TRADE[streetClass] ?? 1 })
    named.set(name, tag)
    strokes.push({ points: line, tag })
  }
  strokes.push({ points: river.centreline, tag: RIVER_LINE })
  const frame = withoutDeadEnds(insideBorder(cutAtMeetings(strokes), border))
  const { faces, leftOf } = findFaces(frame)
  const superblocks = faces
    .filter(({ tags }) => !tags.includes(RIVER_LINE))
    .map(({ ring, tags }): Block => ({ ring, tags: [...tags], area_m2: signedArea(ring) }))
  const division = divide(random(seed, 'blocks'), land, streets, superblocks)
  pedestrianise(streets, division.strokes)
  const arterialStrokes = frame.pieces
    .filter(({ tag }) => tag >= 0)
    .map(({ from, to, tag }): Stroke => ({ points: [frame.nodes[from]!, frame.nodes[to]!], tag }))
  return {
    river,
    land,
    border,
    streets,
    frame,
    faces,
    leftOf,
    blocks: division.blocks,
    strokes: [...arterialStrokes, ...division.strokes],
  }
}

/** The three longest small streets at the heart of the old town are for walkers. */
function pedestrianise(streets: Streets, strokes: readonly Stroke[]): void {
  const central = strokes.filter(
    ({ tag, points }) =>
      streets.of(tag)!.class === 'residential' && points.every((point) => distance(point, OLD_TOWN) < 420),
  )
  central.sort((a, b) => lineLength(b.points) - lineLength(a.points))
  for (const { tag } of central.slice(0, 3))
    Object.assign(streets.of(tag)!, { class: 'pedestrian', oneway: 'no', trade: 1.6 })
}

const TRADE: Record<string, number> = { trunk: 0.1, primary: 1.1, secondary: 1.7, tertiary: 1.3 }

/** About 14 x 12 km, like a worn rectangle. */
function cityBorder(seed: number): Xy[] {
  const wobble = random(seed, 'border')
  const phases = [wobble.between(0, 6.28), wobble.between(0, 6.28)] as const
  const control: Xy[] = []
  for (let index = 0; index < 60; index++) {
    const angle = (index / 60) * Math.PI * 2
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const swell = 0.975 + 0.02 * Math.sin(4 * angle + phases[0]) + 0.018 * Math.sin(9 * angle + phases[1])
    const flat = (value: number) => Math.sign(value) * Math.abs(value) ** 0.62
    control.push([flat(cos) * 7000 * swell, flat(sin) * 6000 * swell])
  }
  return smooth(control, 150, true)
}

function insideBorder({ nodes, pieces }: Pieces, border: Ring): Pieces {
  const isIn = (from: number, to: number) => isInside(mix(nodes[from]!, nodes[to]!, 0.5), border)
  return { nodes, pieces: pieces.filter(({ from, to, tag }) => tag === CITY_BORDER || isIn(from, to)) }
}

/** In the city and off the water, with room for a building. */
export function isLand({ river, border }: Layout, point: Xy): boolean {
  if (isOnRiver(river, point, WATER_HALF_M + 6)) return false
  // Most of the city lies in this ellipse, well inside the border.
  return (point[0] / 6200) ** 2 + (point[1] / 5200) ** 2 < 1 || isInside(point, border)
}
