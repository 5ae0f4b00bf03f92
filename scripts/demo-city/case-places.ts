import type { StallInput, VenueInput } from '../../server/venues/schemas.ts'
import type { CaseSchools } from './case-schools.ts'
import { gateOf, type Scene, type Spot, spotAtBoundary, spotAtGate } from './case-spots.ts'
import { addDays, addYears } from './dates.ts'
import type { Xy } from './plane.ts'
import { exactLonLat } from './projection.ts'
import type { School } from './school.ts'
import { builtTo, caseStall, caseVenue } from './special-cases.ts'

type Worth = (point: Xy) => number | undefined

/** Collects the venues and stalls of the special cases, each at the distance its table entry states. */
export class CasePlaces {
  readonly venues: VenueInput[] = []
  readonly stalls: StallInput[] = []
  readonly scene: Scene
  readonly today: string
  private readonly schools: CaseSchools

  constructor(scene: Scene, schools: CaseSchools, today: string) {
    this.scene = scene
    this.schools = schools
    this.today = today
  }

  school(name: string): School {
    return this.schools.get(name)!
  }

  atBoundary(name: string, which = '', worth?: Worth): Spot {
    return spotAtBoundary(this.scene, this.school(name), { metres: builtTo(caseVenue(name, which)), worth })
  }

  /** At the stated distance from the gate, and farther than `others` metres from the other gates. */
  atGate(name: string, kind: 'main' | 'back', others = 0): Spot {
    const school = this.school(name)
    return spotAtGate(this.scene, school, gateOf(school, kind), builtTo(caseVenue(name)), others)
  }

  /** Open and licensed unless `more` says otherwise; half a metre uncertain, which no case is near enough to feel. */
  venue(
    name: string,
    which: string,
    kind: VenueInput['kind'],
    sign: string,
    at: Xy,
    more: Partial<VenueInput> = {},
  ): void {
    this.scene.taken.push(at)
    const issued_on = addDays(this.today, -500)
    this.venues.push({
      source: 'demo',
      external_id: caseVenue(name, which),
      name: sign,
      kind,
      kind_source: 'licence',
      kind_confidence: 1,
      status: 'open',
      address: `${this.school(name).name}附近（演示案例）`,
      licence_no: `演示${caseVenue(name, which)}`,
      licence_issued_on: issued_on,
      licence_expires_on: addYears(issued_on, 5),
      opened_on: issued_on,
      position_error_m: 0.5,
      geometry: { type: 'Point', coordinates: exactLonLat(at) },
      ...more,
    })
  }

  stall(name: string, which: string, goods: string, at: Xy, more: Partial<StallInput> = {}): void {
    this.scene.taken.push(at)
    this.stalls.push({
      source: 'demo',
      external_id: caseStall(name, which),
      name: `${goods}（演示案例）`,
      stall_type: 'mobile',
      goods,
      sighted_at: `${addDays(this.today, -1)}T16:40:00+08:00`,
      position_error_m: 0.5,
      geometry: { type: 'Point', coordinates: exactLonLat(at) },
      ...more,
    })
  }
}
