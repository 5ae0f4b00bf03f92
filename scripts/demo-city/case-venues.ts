import type { CasePlaces } from './case-places.ts'
import { outTo, spotAtBoundary } from './case-spots.ts'
import { addDays } from './dates.ts'
import { along, leftOf, mix, subtract, times, unit, type Xy } from './plane.ts'
import { exactLonLat } from './projection.ts'
import { edgeOf, isInside, nearestOnRing, orientedBox, type Ring } from './ring.ts'
import { cutOff } from './rules.ts'
import { nearestGate } from './school.ts'
import { builtTo, caseStall, caseVenue } from './special-cases.ts'

/** Places the venues and stalls of every special case around its school. */
export function placeCases(places: CasePlaces): void {
  placeOnLimits(places)
  placeAcross(places)
  placeAtGates(places)
  placeByState(places)
  placeInside(places)
  placeFireExits(places)
  placeStalls(places)
}

const EXACT = { position_error_m: 0 }
const LABELS = { at: '恰在界线', nearer: '近一厘米', farther: '远一厘米' } as const

function placeOnLimits(places: CasePlaces): void {
  for (const [which, label] of Object.entries(LABELS)) {
    const [net, lottery] = [places.atBoundary('exact-lte', which), places.atBoundary('exact-lt', which)]
    places.venue('exact-lte', which, 'internet_cafe', `界碑网咖（${label}）`, net.point, EXACT)
    places.venue('exact-lt', which, 'lottery_outlet', `界碑彩票站（${label}）`, lottery.point, EXACT)
  }
  for (const which of ['in', 'out']) {
    const sign = which === 'in' ? '半界网咖一店' : '半界网咖二店'
    const spot = places.atBoundary('borderline', which)
    // As uncertain as a point of interest read off a map.
    places.venue('borderline', which, 'internet_cafe', sign, spot.point, { position_error_m: 30 })
  }
}

function placeAcross(places: CasePlaces): void {
  const onFarSide = (name: string, isFar: (point: Xy) => boolean) => {
    const school = places.school(name)
    // Near a gate as well, so that the walking rule asks for a measurement.
    return places.atBoundary(name, '', (point) => (isFar(point) && nearestGate(school, point) < 195 ? 0 : undefined))
      .point
  }
  const { campus } = places.school('across-river')
  const overRiver = onFarSide('across-river', (point) => point[0] > campus.centre[0] + 130)
  places.venue('across-river', '', 'internet_cafe', '对岸网咖', overRiver)
  const isOverAvenue = (point: Xy) =>
    places.scene.streetIndex
      .near(point, 70)
      .some(({ tag, point: on }) => places.scene.streets.of(tag)?.name === '新城大道' && on[0] > point[0] + 10)
  places.venue('next-district', '', 'internet_cafe', '邻区网咖', onFarSide('next-district', isOverAvenue))
}

function placeAtGates(places: CasePlaces): void {
  const { today } = places
  const before = addDays(cutOff(today), -300)
  const old = (days: number) => ({
    opened_on: before,
    licence_issued_on: before,
    licence_expires_on: addDays(today, days),
  })
  const put = (name: string, sign: string, days: number) =>
    places.venue(name, '', 'tobacco', sign, places.atGate(name, 'main').point, old(days))
  put('licence-expiring', '将满烟酒店', 20)
  put('licence-running', '存续烟酒店', 600)
  put('licence-expired', '逾期烟酒店', -40)
  places.venue('back-gate', '', 'tobacco', '后巷烟酒店', places.atGate('back-gate', 'back', 60).point)
}

function placeByState(places: CasePlaces): void {
  const put = (name: string, which: string, kind: Parameters<CasePlaces['venue']>[2], sign: string, more = {}) =>
    places.venue(name, which, kind, sign, places.atBoundary(name, which).point, more)
  put('predates-school', '', 'song_dance', '先声歌舞厅', {
    opened_on: addDays(places.school('predates-school').established_on, -2500),
  })
  put('point-only', '', 'internet_cafe', '村口网咖')
  put('closed-venue', '', 'internet_cafe', '旧日网吧', { status: 'closed' })
  put('planned-school', 'net', 'internet_cafe', '待邻网咖')
  put('planned-school', 'karaoke', 'song_dance', '待邻歌厅')
  put('closed-school', '', 'song_dance', '散学歌厅')
  put('kindergarten-only', '', 'internet_cafe', '芽边网咖')
  put('higher-only', '', 'internet_cafe', '院墙外网咖')
  put('several-kinds', '', 'internet_cafe', '两级网咖')
  put('several-kinds', 'bar', 'bar', '两级清吧')
  put('no-gate', '', 'tobacco', '无门烟酒店')
  put('two-parts', '', 'bar', '两院清吧')
}

function placeInside(places: CasePlaces): void {
  const net = places.school('inside-campus').campus.parts[0]!
  places.venue('inside-campus', '', 'internet_cafe', '院内网咖', deepInside(net))
  const library = places.school('internal-facility').campus.parts[0]!
  places.venue('internal-facility', '', 'internet_cafe', '图书馆电子阅览室', deepInside(library), { is_internal: true })
  const school = places.school('hole')
  const [a, b] = edgeOf(school.campus.hole!, 0)
  // From the enclave's wall inwards: it runs clockwise, so its land lies to the right.
  const inward = times(leftOf(unit(subtract(b, a))), -1)
  const spot = outTo(school, mix(a, b, 0.5), inward, builtTo(caseVenue('hole')))
  if (!spot) throw new Error('the enclave is too small')
  places.venue('hole', '', 'lottery_outlet', '院中院彩票站', spot)
}

/** The point farthest from the outline among a grid of candidates. */
function deepInside(ring: Ring): Xy {
  const box = orientedBox(ring)
  const across: Xy = [-box.direction[1], box.direction[0]]
  const steps = [-0.3, -0.15, 0, 0.15, 0.3]
  const points = steps.flatMap((u) =>
    steps.map((v) => along(along(box.centre, box.direction, u * box.length), across, v * box.width)),
  )
  const depth = (point: Xy) => (isInside(point, ring) ? nearestOnRing(point, ring).distance : -1)
  return points.reduce((a, b) => (depth(b) > depth(a) ? b : a))
}

/** Buildings whose fire exit lies nearer to the school than their entrance. */
function placeFireExits(places: CasePlaces): void {
  const [exit_m, front_m] = [builtTo(caseVenue('fire-exit', 'karaoke')), builtTo(caseVenue('fire-exit', 'net'))]
  const school = places.school('fire-exit')
  for (const [which, kind, sign] of [
    ['karaoke', 'song_dance', '背街歌厅'],
    ['net', 'internet_cafe', '背街网咖'],
  ] as const) {
    const frontOf = (point: Xy, outward: Xy) => outTo(school, point, outward, front_m)
    const exit = spotAtBoundary(places.scene, school, {
      metres: exit_m,
      worth: (at, out) => (frontOf(at, out) ? 0 : undefined),
    })
    const front = frontOf(exit.point, exit.outward)!
    places.scene.taken.push(exit.point)
    places.venue('fire-exit', which, kind, sign, front, {
      doors: [
        { kind: 'main', position: exactLonLat(front), position_error_m: 0.5 },
        { kind: 'fire_exit', position: exactLonLat(exit.point), position_error_m: 0.5 },
      ],
    })
  }
}

function placeStalls(places: CasePlaces): void {
  const { scene } = places
  for (const [which, label] of Object.entries(LABELS)) {
    const metres = builtTo(caseStall('stall-exact', which))
    const { point } = spotAtBoundary(scene, places.school('stall-exact'), { metres })
    places.stall('stall-exact', which, `烤红薯摊（${label}）`, point, EXACT)
  }
  const school = places.school('stall-at-gate')
  const gate = school.campus.gates[0]!
  const spot = outTo(school, gate.point, gate.outward, builtTo(caseStall('stall-at-gate')))
  if (!spot) throw new Error('no room for a stall at the gate')
  places.stall('stall-at-gate', '', '炸串摊', spot)
}
