import type { VenueInput } from '../../server/venues/schemas.ts'
import { addDays, addYears, dateBetween } from './dates.ts'
import type { Front } from './frontage.ts'
import { along, leftOf, type Xy } from './plane.ts'
import { closedRing, lonLat } from './projection.ts'
import type { Random } from './random.ts'
import { shopSign } from './shop-names.ts'
import type { VenuePlan } from './venue-plan.ts'

export interface OpenedBetween {
  from: string
  to: string
}

export interface VenueSetting {
  random: Random
  today: string
  /** District, and the village where there is one. */
  localityOf: (front: Front) => string
}

/** Fills in a venue at a place; `isSurveyed` ones come from a licence register with doors, the others from a map. */
export function venueAt(
  { random, today, localityOf }: VenueSetting,
  plan: VenuePlan,
  front: Front,
  isSurveyed: boolean,
  opened?: OpenedBetween,
): Omit<VenueInput, 'external_id'> {
  const { kind } = plan
  const dates = licenceDates(random, plan, today, opened)
  const depth = random.between(7, 15)
  const centre = along(front.door, front.inward, depth / 2)
  const hasFootprint = isSurveyed ? random.chance(0.5) : random.chance(0.05)
  return {
    source: 'demo',
    name: shopSign(random, kind, front.street.name),
    kind,
    ...kindEvidence(random, plan, isSurveyed),
    status: random.chance(0.015) ? 'suspended' : 'open',
    address: front.street.name ? `${localityOf(front)}${front.street.name}${front.number}号` : localityOf(front),
    ...dates,
    codes: {
      ...(plan.poi_code && { poi_code: plan.poi_code }),
      ...(plan.industry_code && { industry_code: plan.industry_code }),
    },
    position_error_m: isSurveyed ? random.pick([1, 2, 3]) : random.pick([8, 15, 20, 30]),
    ...(isSurveyed && { doors: doorsOf(random, front, depth) }),
    ...(hasFootprint && {
      footprint: { type: 'Polygon' as const, coordinates: [closedRing(outline(front, depth, random.between(4, 9)))] },
    }),
    geometry: { type: 'Point', coordinates: lonLat(isSurveyed ? centre : front.door) },
  }
}

function kindEvidence(random: Random, plan: VenuePlan, isSurveyed: boolean): Partial<VenueInput> {
  if (isSurveyed) return { kind_source: 'licence', kind_confidence: 1, kind_matched: plan.licence?.head ?? null }
  if (plan.poi_code && random.chance(0.75))
    return { kind_source: 'poi', kind_confidence: 0.8, kind_matched: plan.poi_code }
  if (plan.industry_code && random.chance(0.6)) {
    return { kind_source: 'industry', kind_confidence: 0.9, kind_matched: plan.industry_code }
  }
  return { kind_source: 'name', kind_confidence: 0.5, kind_matched: null }
}

/** The licence is the latest in a row of renewals, a few have lapsed. */
function licenceDates(
  random: Random,
  { licence }: VenuePlan,
  today: string,
  opened?: OpenedBetween,
): Partial<VenueInput> {
  const opened_on = dateBetween(random, opened?.from ?? addYears(today, -14), opened?.to ?? today)
  if (!licence) return { opened_on }
  const age = Number(today.slice(0, 4)) - Number(opened_on.slice(0, 4))
  let held = age - (age % licence.years)
  if (addYears(opened_on, held) > today) held -= licence.years
  // A few did not renew in time.
  if (held >= licence.years && random.chance(0.04)) held -= licence.years
  const issued_on = addYears(opened_on, held)
  return {
    opened_on,
    licence_no: `${licence.head}〔${issued_on.slice(0, 4)}〕${String(random.int(1, 9999)).padStart(4, '0')}号`,
    licence_issued_on: issued_on,
    licence_expires_on: addDays(addYears(issued_on, licence.years), -1),
  }
}

function doorsOf(random: Random, front: Front, depth: number): NonNullable<VenueInput['doors']> {
  const side = leftOf(front.inward)
  const door = (kind: 'main' | 'side' | 'fire_exit', at: Xy) => ({ kind, position: lonLat(at), position_error_m: 1 })
  return [
    door('main', front.door),
    ...(random.chance(0.3)
      ? [door('side', along(along(front.door, front.inward, depth * 0.6), side, random.pick([-6, 6])))]
      : []),
    ...(random.chance(0.45) ? [door('fire_exit', along(front.door, front.inward, depth))] : []),
  ]
}

function outline({ door, inward }: Front, depth: number, half: number): Xy[] {
  const side = leftOf(inward)
  const corner = (along_m: number, across_m: number) => along(along(door, inward, along_m), side, across_m)
  return [corner(0, half), corner(0, -half), corner(depth, -half), corner(depth, half)]
}
