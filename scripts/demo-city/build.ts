import type { RegionInput } from '../../server/regions/schemas.ts'
import type { RoadInput } from '../../server/roads/schemas.ts'
import type { GateInput, SchoolInput } from '../../server/schools/schemas.ts'
import type { StallInput, VenueInput } from '../../server/venues/schemas.ts'
import { buildCampuses, type Campus } from './campuses.ts'
import { reserveCampuses } from './case-campuses.ts'
import { CasePlaces } from './case-places.ts'
import { chooseCaseSchools } from './case-schools.ts'
import { placeCases } from './case-venues.ts'
import { withCrossings } from './crossings.ts'
import { addDays, addYears, todayInChina } from './dates.ts'
import { type Front, findFronts } from './frontage.ts'
import { buildLanes } from './lanes.ts'
import { isLand, type Layout, layOut } from './layout.ts'
import { buildNetwork, type RoadEdge, toRoads } from './network.ts'
import { choosePlaces } from './placement.ts'
import { distance, type Xy } from './plane.ts'
import { random } from './random.ts'
import { DISTRICTS } from './region-plan.ts'
import { buildRegions, districtFinder } from './regions.ts'
import { cutOff, type DemoRules, demoRules } from './rules.ts'
import { type School, SchoolIndex } from './school.ts'
import { buildSchools, toGateInputs, toSchoolInput } from './schools.ts'
import { buildStalls } from './stalls.ts'
import { StreetIndex } from './street-index.ts'
import { nameStreets, villageNames } from './street-names.ts'
import { ORDINARY, REGULATED, type VenuePlan } from './venue-plan.ts'
import { type OpenedBetween, type VenueSetting, venueAt } from './venues.ts'
import { nearestVillage } from './zones.ts'

export { SPECIAL_CASES, type SpecialCase } from './special-cases.ts'

export interface DemoCity {
  regions: RegionInput[]
  schools: SchoolInput[]
  gates: GateInput[]
  venues: VenueInput[]
  stalls: StallInput[]
  roads: RoadInput[]
  rules: DemoRules
}

export interface DemoOptions {
  seed?: number
  /** YYYY-MM-DD in China; licences run relative to it. */
  today?: string
}

/** The whole city, WGS-84; the same for the same seed and day. */
export function buildDemoCity(options: DemoOptions = {}): DemoCity {
  const { seed = 1, today = todayInChina() } = options
  const layout = layOut(seed)
  const villages = villageNames(random(seed, 'villages'), layout.land.villages.length)
  nameStreets(random(seed, 'street names'), layout, villages)
  const reserved = reserveCampuses(random(seed, 'reserved campuses'), layout)
  const campuses = buildCampuses(random(seed, 'campuses'), layout, Object.values(reserved))
  const edges = layRoads(seed, layout, campuses)
  const districtAt = districtFinder(layout)
  const setting = { layout, villages, districtAt, today }
  const schools = buildSchools(random(seed, 'schools'), setting, campuses)
  const cases = chooseCaseSchools(random(seed, 'case schools'), schools, reserved, today)
  planAndClose(seed, schools)
  const ground = groundOf(layout, edges, schools)
  const places = new CasePlaces({ ...ground, taken: [] }, cases, today)
  placeCases(places)
  const fronts = findFronts(random(seed, 'fronts'), ground, edges).filter(({ door }) =>
    places.scene.taken.every((point) => distance(point, door) > 14),
  )
  const bells = random(seed, 'bell times')
  const venueSetting: VenueSetting = {
    random: random(seed, 'venues'),
    today,
    localityOf: ({ door, fabric }) =>
      DISTRICTS[districtAt(door)].name + (fabric === 'village' ? villages[nearestVillage(layout.land, door)]! : ''),
  }
  return {
    regions: buildRegions(layout),
    schools: schools.map((school) => toSchoolInput(bells, school)),
    gates: schools.flatMap(toGateInputs),
    venues: [...places.venues, ...buildVenues(venueSetting, fronts, ground.schoolIndex)],
    stalls: [...places.stalls, ...buildStalls(random(seed, 'stalls'), today, fronts, schools, ground.schoolIndex)],
    roads: toRoads(layout, edges),
    rules: demoRules(today),
  }
}

/** What finds places for shops: streets, campuses and dry land. */
const groundOf = (layout: Layout, edges: readonly RoadEdge[], schools: readonly School[]) => ({
  streets: layout.streets,
  land: layout.land,
  streetIndex: new StreetIndex(edges),
  schoolIndex: new SchoolIndex(schools),
  isLand: (point: Xy) => isLand(layout, point),
})

function layRoads(seed: number, layout: Layout, campuses: readonly Campus[]): RoadEdge[] {
  const taken = new Set(campuses.flatMap(({ blocks }) => blocks))
  const drive = layout.streets.open({ class: 'service', trade: 0 })
  const edges = buildNetwork([
    ...layout.strokes,
    ...buildLanes(random(seed, 'lanes'), layout, taken),
    ...campuses.flatMap(({ gates }) => gates.map(({ path }) => ({ points: path, tag: drive }))),
  ])
  return withCrossings(random(seed, 'crossings'), layout.streets, edges, (point) => isLand(layout, point))
}

/** Some schools are not open yet, some not any more. */
function planAndClose(seed: number, schools: readonly School[]): void {
  const free = random(seed, 'planned').shuffle(schools.filter(({ isCase, kinds }) => !isCase && kinds[0] === 'primary'))
  for (const school of free.slice(0, 3)) Object.assign(school, { status: 'planned', name: `${school.name}（筹建）` })
  for (const school of free.slice(3, 5)) school.status = 'closed'
}

function buildVenues(setting: VenueSetting, fronts: readonly Front[], schools: SchoolIndex): VenueInput[] {
  const used = new Set<Front>()
  const venues = REGULATED.flatMap((plan) =>
    choosePlaces(plan.kind, plan.count, fronts, used, schools).map(({ front, school }, index) => {
      return venueAt(setting, plan, front, true, school && openedBeside(plan, school, index, setting.today))
    }),
  )
  const wanted = ORDINARY.flatMap((plan) => Array.from({ length: plan.count }, () => plan))
  const left = fronts.filter((front) => !used.has(front)).slice(0, wanted.length)
  // The busiest places are taken first; which trade gets which is chance.
  for (const [index, front] of setting.random.shuffle(left).entries()) {
    venues.push(venueAt(setting, wanted[index]!, front, false))
  }
  return venues.map((venue, index) => ({ ...venue, external_id: `V-${String(index + 1).padStart(5, '0')}` }))
}

/** Inside a zone every third tobacco shop is older than the rule; nothing else is older than its school. */
function openedBeside(plan: VenuePlan, school: School, index: number, today: string): OpenedBetween {
  if (plan.kind !== 'tobacco') return { from: school.established_on, to: today }
  const first = cutOff(today)
  return index % 3 === 0 ? { from: addYears(first, -4), to: addDays(first, -1) } : { from: first, to: today }
}
