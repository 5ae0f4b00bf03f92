import type { Layout } from './layout.ts'
import { mix, type Xy } from './plane.ts'
import type { Random } from './random.ts'
import { type Fabric, nearestVillage } from './zones.ts'

const FIRST = [...'青云文德永安康宁和清明银玉柳松竹梅兰菊桂桃杏荷石泉溪湖塘星月晨瑞祥福景秀锦翠芳春秋']
const SECOND = [...'园苑林亭桥港湾浦渡岸坡溪泉源峰阁坊平康顺丰盛达兴隆瑞义礼华荣光辉远']
const VILLAGES = [...'石桥瓦窑柿园茶亭苇塘沙洲槐荫枣林麦岗禾场青堰白沟双井三里古渡长坡湾李柏岭榆树栗山杨岔']

/** Two-character words for streets, each once. */
function wordPool(random: Random): () => string {
  const words = random.shuffle(FIRST.flatMap((a) => SECOND.filter((b) => b !== a).map((b) => a + b)))
  let used = 0
  return () => words[used++ % words.length]!
}

/** Village names, as many as there are villages. */
export function villageNames(random: Random, count: number): string[] {
  const stems = new Set<string>()
  while (stems.size < count) {
    const [a, b] = [random.pick(VILLAGES), random.pick(VILLAGES)]
    if (a !== b) stems.add(a + b)
  }
  return [...stems].map((stem) => `${stem}村`)
}

/** Names every street that people would call by a name; estates, tracks and half the village lanes have none. */
export function nameStreets(random: Random, layout: Layout, villages: readonly string[]): void {
  const word = wordPool(random)
  const middles = new Map<number, Xy>()
  for (const { tag, points } of layout.strokes) {
    if (!middles.has(tag)) middles.set(tag, mix(points[0]!, points.at(-1)!, 0.5))
  }
  const lanes = new Map<string, number>()
  for (const [tag, street] of layout.streets.all.entries()) {
    const middle = middles.get(tag)
    const isNamed = street.class === 'tertiary' || street.class === 'residential' || street.class === 'pedestrian'
    if (street.name || !middle || !isNamed) continue
    const fabric = layout.land.fabricAt(middle)
    if (fabric === 'village') street.name = villageLane(random, layout, villages, middle, lanes)
    else street.name = word() + suffix(random, fabric, street.class === 'tertiary')
  }
}

function suffix(random: Random, fabric: Fabric, isWide: boolean): string {
  if (isWide) return random.pick(['路', '路', '路', '大街', '街'])
  if (fabric === 'old') return random.pick(['巷', '巷', '街', '胡同', '里'])
  return random.pick(['路', '街', '东街', '西街', '南路', '北路', '一路', '二路', '一街', '二街'])
}

const NUMBERS = [...'一二三四五六七八九']

function villageLane(
  random: Random,
  layout: Layout,
  villages: readonly string[],
  middle: Xy,
  lanes: Map<string, number>,
): string | null {
  if (random.chance(0.45)) return null
  const name = villages[nearestVillage(layout.land, middle)]!
  const number = lanes.get(name) ?? 0
  lanes.set(name, number + 1)
  return NUMBERS[number] ? `${name}${NUMBERS[number]}巷` : null
}
