import { readFileSync } from 'node:fs'
import type { Position } from 'geojson'
import { beforeAll, describe, expect, it } from 'vitest'
import seed from '../../db/seed/rules.json' with { type: 'json' }
import { buildDemoCity, type DemoCity, SPECIAL_CASES, type SpecialCase } from '../../scripts/demo-city/build.ts'
import type { RuleInput, RuleSeed } from '../../server/rules/schemas.ts'
import { distance, distanceToPolygon, isInside, type LonLat } from '../oracle/geodesic.ts'
import { walkingDistance } from './walking.ts'

const TODAY = '2026-11-23'
let city: DemoCity

beforeAll(() => {
  city = buildDemoCity({ today: TODAY })
})

const ruleOf = (code: string): RuleInput =>
  [...(seed as RuleSeed).rules, ...city.rules.rules].find((rule) => rule.code === code)!
const schoolOf = (id: string) => city.schools.find(({ external_id }) => external_id === id)!
const venueOf = (id: string | undefined) => city.venues.find(({ external_id }) => external_id === id)
const gatesOf = (id: string) =>
  city.gates
    .filter(({ school_external_id }) => school_external_id === id)
    .map((gate) => gate.geometry.coordinates as LonLat)

/** Where a rule measures to. */
function targets(pair: SpecialCase): LonLat[] {
  const stall = city.stalls.find(({ external_id }) => external_id === pair.stall_external_id)
  if (stall) return [stall.geometry.coordinates as LonLat]
  const venue = venueOf(pair.venue_external_id)!
  const doors = (venue.doors ?? []).filter(
    ({ kind }) => ruleOf(pair.rule_code).measure_to === 'door_any' || kind !== 'fire_exit',
  )
  return doors.length > 0 ? doors.map((door) => door.position as LonLat) : [venue.geometry.coordinates as LonLat]
}

function fromBoundary(id: string, to: LonLat): number {
  const { type, coordinates } = schoolOf(id).geometry as { type: string; coordinates: unknown }
  if (type === 'Point') return distance(coordinates as LonLat, to)
  const polygons = type === 'Polygon' ? [coordinates as LonLat[][]] : (coordinates as LonLat[][][])
  return Math.min(...polygons.map((rings) => distanceToPolygon(to, rings)))
}

/** Geodesic metres of a pair by its rule's own method, brute force. */
function measured(pair: SpecialCase): number {
  const { measure_from } = ruleOf(pair.rule_code)
  const gates = gatesOf(pair.school_external_id)
  return Math.min(
    ...targets(pair).map((to) =>
      measure_from === 'gate_any' && gates.length > 0
        ? Math.min(...gates.map((gate) => distance(gate, to)))
        : fromBoundary(pair.school_external_id, to),
    ),
  )
}

const nameOf = (pair: SpecialCase) =>
  `${pair.case} ${pair.rule_code} ${pair.venue_external_id ?? pair.stall_external_id}`

describe('special cases', () => {
  it('names a school, a place and a rule of the city in every row', () => {
    for (const pair of SPECIAL_CASES) {
      expect(schoolOf(pair.school_external_id), nameOf(pair)).toBeDefined()
      const isStall = city.stalls.some(({ external_id }) => external_id === pair.stall_external_id)
      expect(isStall || venueOf(pair.venue_external_id) !== undefined, nameOf(pair)).toBe(true)
      expect(city.rules.activate, nameOf(pair)).toContain(pair.rule_code)
      const rule = ruleOf(pair.rule_code)
      const kind = venueOf(pair.venue_external_id)?.kind ?? 'street_stall'
      expect(rule.venue_kinds, nameOf(pair)).toContain(kind)
    }
  })

  it('is listed in the README, row by row', () => {
    const readme = readFileSync(new URL('../../scripts/demo-city/README.md', import.meta.url), 'utf8').split('\n')
    for (const { case: name, expected, ...pair } of SPECIAL_CASES) {
      const place = pair.venue_external_id ?? pair.stall_external_id
      const row = readme.find((line) => line.includes(`\`${place}\``) && line.includes(` ${pair.rule_code} `)) ?? ''
      for (const cell of [
        name,
        pair.school_external_id,
        expected.state,
        expected.reason ?? '',
        expected.distance_m?.toFixed(2) ?? '—',
      ]) {
        expect(row, `${place} ${pair.rule_code}`).toContain(cell)
      }
    }
  })

  it('stands where the table says, to a millimetre', () => {
    for (const pair of SPECIAL_CASES) {
      const { distance_m } = pair.expected
      if (distance_m !== undefined) expect(Math.abs(measured(pair) - distance_m), nameOf(pair)).toBeLessThan(0.001)
    }
  })

  it('stands on the side of the limit that the state says', () => {
    for (const pair of SPECIAL_CASES.filter(({ expected }) => expected.is_inside !== undefined)) {
      const { threshold_m, comparator } = ruleOf(pair.rule_code)
      const metres = measured(pair)
      const isIn = comparator === 'lt' ? metres < threshold_m : metres <= threshold_m
      expect(isIn, nameOf(pair)).toBe(pair.expected.is_inside)
    }
  })

  it('meets a limit from both comparators: lte counts it as inside, lt as outside', () => {
    const at = SPECIAL_CASES.filter(({ venue_external_id }) => venue_external_id?.endsWith('-at'))
    expect(at.map(({ rule_code, expected }) => [ruleOf(rule_code).comparator, expected.state])).toEqual([
      ['lte', 'suspected'],
      ['lt', 'none'],
    ])
    for (const pair of at) {
      expect(schoolOf(pair.school_external_id).position_error_m).toBe(0)
      expect(venueOf(pair.venue_external_id)!.position_error_m).toBe(0)
    }
  })

  it('explains every state that is no finding by the place, the school or the rule', () => {
    const reasons = SPECIAL_CASES.filter(({ expected }) => expected.state === 'none').map((pair) => {
      const [rule, school] = [ruleOf(pair.rule_code), schoolOf(pair.school_external_id)]
      if (school.status !== 'open') return school.status
      if (venueOf(pair.venue_external_id)?.status === 'closed') return 'venue'
      if (!school.kinds.some((kind) => rule.school_kinds.includes(kind))) return 'kind'
      return measured(pair) >= rule.threshold_m ? 'distance' : nameOf(pair)
    })
    expect([...new Set(reasons)].sort()).toEqual(['closed', 'distance', 'kind', 'planned', 'venue'])
  })

  it('keeps kindergartens and universities without a school that counts around them', () => {
    for (const id of ['case-kindergarten-only', 'case-higher-only']) {
      const at = venueOf(`${id}-venue`)!.geometry.coordinates as LonLat
      const counted = city.schools.filter(
        ({ status, kinds }) =>
          status === 'open' && kinds.some((kind) => ruleOf('CN-NET-200').school_kinds.includes(kind)),
      )
      expect(
        counted.filter(({ external_id }) => fromBoundary(external_id!, at) < 235),
        id,
      ).toEqual([])
    }
  })

  it('is inside from the back gate only', () => {
    const [gate, ...rest] = city.gates
      .filter(({ school_external_id }) => school_external_id === 'case-back-gate-school')
      .map((each) => ({
        kind: each.kind,
        metres: distance(each.geometry.coordinates as LonLat, targets(find('back-gate'))[0]!),
      }))
      .sort((a, b) => a.metres - b.metres)
    expect(gate!.kind).toBe('back')
    expect(rest.length).toBeGreaterThan(0)
    expect(rest.every(({ metres }) => metres > 60)).toBe(true)
  })

  it('lies near across the river and far on foot', () => {
    const to = targets(find('across-river'))[0]!
    const walks = gatesOf('case-across-river-school').map((gate) => walkingDistance(city.roads, gate, to))
    expect(Math.min(...walks)).toBeGreaterThan(1500)
    expect(Math.min(...gatesOf('case-across-river-school').map((gate) => distance(gate, to)))).toBeLessThan(200)
  })

  it('puts school and venue into different districts where it says so', () => {
    const districtOf = (at: LonLat) =>
      city.regions.find(
        ({ level, geometry }) =>
          level === 'district' &&
          (geometry.coordinates as Position[][][]).some((rings) => isInside(at, rings as LonLat[][])),
      )?.code
    const places = (name: string) => [gatesOf(`case-${name}-school`)[0]!, targets(find(name))[0]!].map(districtOf)
    expect(places('across-river')).toEqual(['419803', '419802'])
    expect(places('next-district')).toEqual(['419802', '419803'])
  })

  it('has licences that run, run out within 30 days, and have run out', () => {
    const expiry = (name: string) => venueOf(`case-${name}-venue`)!.licence_expires_on!
    expect(expiry('licence-expiring') > TODAY && expiry('licence-expiring') <= '2026-12-23').toBe(true)
    expect(expiry('licence-running') > '2027-11-23').toBe(true)
    expect(expiry('licence-expired') < TODAY).toBe(true)
    const before = ruleOf('DEMO-TOBACCO-GATE-50').grandfather_before!
    for (const name of ['licence-expiring', 'licence-running', 'licence-expired']) {
      expect(venueOf(`case-${name}-venue`)!.opened_on! < before, name).toBe(true)
    }
    expect(venueOf('case-back-gate-venue')!.opened_on! > before).toBe(true)
    expect(
      venueOf('case-predates-school-venue')!.opened_on! < schoolOf('case-predates-school-school').established_on!,
    ).toBe(true)
  })
})

const find = (name: string): SpecialCase => SPECIAL_CASES.find((pair) => pair.case === name)!
