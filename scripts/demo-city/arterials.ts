import { add, mix, smooth, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import { BANK_HALF_M, isOnRiver, type River } from './river.ts'
import type { StreetClass } from './streets.ts'

interface Arterial {
  name: string
  class: StreetClass
  /** Only these cross the river; the others end at the riverside road. */
  isBridge: boolean
  line: Xy[]
}

export const OLD_TOWN: Xy = [520, -100]

type Course = [name: string, streetClass: StreetClass, isBridge: boolean, ...control: Xy[]]

// Metres from the centre. Ends run past the street they should stop at; what sticks out is cut off later.
const COURSES: Course[] = [
  [
    '澄川大道',
    'primary',
    true,
    [-7600, 500],
    [-5000, 120],
    [-2350, 260],
    [-640, 60],
    [520, -90],
    [2050, 120],
    [4100, -220],
    [7600, 180],
  ],
  [
    '人民路',
    'primary',
    false,
    [250, -7000],
    [480, -4500],
    [760, -2500],
    [470, -800],
    [560, 120],
    [520, 1000],
    [380, 2500],
    [700, 4500],
    [900, 5800],
    [800, 7200],
  ],
  ['文昌大道', 'primary', false, [900, 300], [1500, 800], [2500, 1950], [4200, 3150], [7600, 5600]],
  ['建设大道', 'primary', false, [900, -560], [1600, -1150], [2600, -2150], [4300, -3250], [7600, -5400]],
  [
    '新城大道',
    'primary',
    false,
    [-2500, 7000],
    [-2420, 4200],
    [-2280, 1500],
    [-2360, -500],
    [-2620, -2600],
    [-2820, -4500],
    [-2600, -7000],
  ],
  ['迎宾路', 'secondary', false, [-1300, 1600], [300, 1480], [1300, 1300], [2700, 1180], [5200, 1450], [7600, 2500]],
  ['解放路', 'secondary', false, [-1100, -1500], [600, -1520], [2400, -1180], [4900, -1620], [7600, -2150]],
  ['东风路', 'secondary', false, [2250, -4700], [1980, -2100], [2080, 0], [1900, 2300], [2250, 4700]],
  ['朝阳路', 'secondary', false, [3900, -4300], [3640, -1500], [3850, 600], [3560, 2600], [3750, 4400]],
  ['北湖路', 'secondary', false, [-700, 3420], [600, 3330], [1900, 3260], [3200, 3420], [5200, 3000]],
  ['南苑路', 'secondary', false, [-1700, -3300], [300, -3260], [1600, -3380], [3300, -3200], [4900, -3000]],
  ['学府路', 'secondary', false, [-3650, 4400], [-3640, 2200], [-3820, 400], [-3760, -1600], [-4050, -4300]],
  ['云溪路', 'secondary', false, [-4800, 3500], [-4760, 1200], [-4930, -900], [-4880, -3500]],
  ['兰亭路', 'secondary', false, [-1000, 1400], [-2300, 1480], [-3700, 1360], [-5900, 1560]],
  ['白鹭路', 'secondary', false, [-900, -1180], [-2400, -1120], [-3800, -1240], [-5900, -1060]],
  ['桃源路', 'secondary', false, [-800, 2780], [-2400, 2860], [-3700, 2760], [-5600, 2900]],
  ['清泉路', 'secondary', false, [-1200, -2620], [-2600, -2560], [-3900, -2680], [-5700, -2520]],
  ['石梁路', 'secondary', false, [-4100, 2700], [-5000, 3600], [-7600, 5700]],
  ['苇塘路', 'secondary', false, [-4400, -2900], [-5400, -3700], [-7600, -5600]],
  ['北坞路', 'secondary', false, [700, 3900], [1800, 4900], [3300, 5500], [4200, 7000]],
  ['柳林路', 'tertiary', false, [4900, 1200], [5700, 3000], [5900, 4700], [5600, 7000]],
  ['瓦窑路', 'tertiary', false, [5000, -1500], [5900, -2900], [6100, -4200], [5700, -7000]],
  ['柿园路', 'tertiary', false, [-5700, -900], [-6200, -2500], [-6000, -4300]],
  ['茶亭路', 'tertiary', false, [-5800, 900], [-6300, 2600], [-6100, 4500]],
  ['沙洲路', 'tertiary', false, [-1900, -4700], [-300, -5200], [2000, -5100], [4500, -4900], [7600, -4300]],
]

function ringCourse(random: Random, centre: Xy, radius: Xy, from: number, to: number): Xy[] {
  const phase = random.between(0, 6.28)
  const points: Xy[] = []
  const count = Math.round((to - from) / 0.26)
  for (let index = 0; index <= count; index++) {
    const angle = from + ((to - from) * index) / count
    const swell = 1 + 0.035 * Math.sin(3 * angle + phase) + 0.02 * Math.sin(7 * angle)
    points.push(add(centre, [Math.cos(angle) * radius[0] * swell, Math.sin(angle) * radius[1] * swell]))
  }
  return points
}

function rings(random: Random): Arterial[] {
  const inner = ringCourse(random, [-250, 0], [3050, 2620], 0, Math.PI * 2).slice(0, -1)
  // Open to the north between 新城大道 and 人民路, so that the bypass needs a single bridge, in the south.
  const bypass = ringCourse(random, [-150, -100], [5450, 4450], Math.PI * 0.61, Math.PI * 2.54)
  const wall = ringCourse(random, OLD_TOWN, [820, 700], 0, Math.PI * 2).slice(0, -1)
  return [
    { name: '环城路', class: 'primary', isBridge: true, line: smooth(inner, 70, true) },
    { name: '绕城快速路', class: 'trunk', isBridge: true, line: smooth(bypass, 80) },
    { name: '城墙路', class: 'secondary', isBridge: false, line: smooth(wall, 50, true) },
  ]
}

export function buildArterials(random: Random, river: River): Arterial[] {
  const drawn = COURSES.map(([name, streetClass, isBridge, ...control]): Arterial => {
    const bent = control.map(([x, y]): Xy => [x + random.between(-60, 60), y + random.between(-60, 60)])
    return { name, class: streetClass, isBridge, line: smooth(bent, 70) }
  })
  const banks: Arterial[] = [
    { name: '滨河东路', class: 'secondary', isBridge: false, line: river.eastRoad },
    { name: '滨河西路', class: 'secondary', isBridge: false, line: river.westRoad },
  ]
  const crossing = [...rings(random), ...drawn]
  return [...banks, ...crossing.flatMap((arterial) => (arterial.isBridge ? [arterial] : dryParts(arterial, river)))]
}

/** The parts of a street outside the river, each reaching a little over the riverside road. */
function dryParts(arterial: Arterial, river: River): Arterial[] {
  const parts: Xy[][] = []
  let before: Xy | undefined
  for (const point of arterial.line) {
    const isDry = !isOnRiver(river, point, BANK_HALF_M)
    const wasDry = before !== undefined && !isOnRiver(river, before, BANK_HALF_M)
    if (isDry && !wasDry) parts.push(before ? [shore(river, point, before)] : [])
    if (isDry) parts.at(-1)!.push(point)
    else if (wasDry) parts.at(-1)!.push(shore(river, before!, point))
    before = point
  }
  return parts.filter((line) => line.length > 1).map((line) => ({ ...arterial, line }))
}

/** The place between a dry and a wet point that lies 6 m inside the riverside road. */
function shore(river: River, dry: Xy, wet: Xy): Xy {
  let [out, inside] = [dry, wet]
  for (let step = 0; step < 12; step++) {
    const middle = mix(out, inside, 0.5)
    if (isOnRiver(river, middle, BANK_HALF_M - 6)) inside = middle
    else out = middle
  }
  return inside
}
