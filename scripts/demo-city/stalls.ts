import type { StallInput } from '../../server/venues/schemas.ts'
import { addDays } from './dates.ts'
import type { Front } from './frontage.ts'
import { along, distance } from './plane.ts'
import { lonLat } from './projection.ts'
import type { Random } from './random.ts'
import { nearestOnSchool, type School, type SchoolIndex } from './school.ts'

const STALLS = 196
const AT_GATES = 19
const GOODS = [
  '烤肠',
  '煎饼',
  '炸串',
  '糖葫芦',
  '文具玩具',
  '水果',
  '烤红薯',
  '凉皮',
  '手抓饼',
  '蔬菜',
  '鞋袜',
  '盆栽',
  '臭豆腐',
  '棉花糖',
  '早点',
]
const TYPES: NonNullable<StallInput['stall_type']>[] = [
  'mobile',
  'mobile',
  'mobile',
  'fixed',
  'shop_overflow',
  'open_market',
]

/** Stalls seen along the streets; some where they should not be, by the gates. */
export function buildStalls(
  random: Random,
  today: string,
  fronts: readonly Front[],
  schools: readonly School[],
  index: SchoolIndex,
): StallInput[] {
  const open = random.shuffle(schools.filter((school) => school.status === 'open' && !school.isCase && school.hasGates))
  const atGates = open
    .filter((school) => school.kinds.some((kind) => kind !== 'higher'))
    .slice(0, AT_GATES)
    .flatMap((school) => gateStall(random, school, index))
  const clear = fronts
    .slice(0, 6000)
    .filter(({ door, street }) => street.class !== 'primary' && index.within(door, 75).length === 0)
  const others = random
    .shuffle(clear)
    .slice(0, STALLS - atGates.length)
    // On the pavement, a step in front of the building line.
    .map(({ door, inward }) => along(door, inward, -3))
  return [...atGates, ...others].map((point, at): StallInput => {
    const goods = random.pick(GOODS)
    const time = random.pick(['07:25', '07:40', '11:50', '16:45', '17:10', '18:30', '20:15'])
    return {
      source: 'demo',
      external_id: `T-${String(at + 1).padStart(4, '0')}`,
      name: `${goods}摊`,
      stall_type: at < atGates.length ? 'mobile' : random.pick(TYPES),
      goods,
      sighted_at: `${addDays(today, -random.int(0, 45))}T${time}:00+08:00`,
      position_error_m: random.pick([2, 3, 5]),
      geometry: { type: 'Point', coordinates: lonLat(point) },
    }
  })
}

/** Beside a gate on the pavement, plainly nearer than 50 m to one school only. */
function gateStall(random: Random, school: School, index: SchoolIndex): [number, number][] {
  const gate = random.pick(school.campus.gates)
  const aside: [number, number] = [-gate.outward[1], gate.outward[0]]
  for (let tries = 0; tries < 12; tries++) {
    const point = along(along(gate.point, gate.outward, random.between(2, 5)), aside, random.between(-34, 34))
    const metres = nearestOnSchool(school, point).metres
    const isOthers = index.within(point, 70, (other) => other !== school).length > 0
    if (metres > 0.5 && metres < 38 && !isOthers && distance(point, gate.point) > 3) return [[point[0], point[1]]]
  }
  return []
}
