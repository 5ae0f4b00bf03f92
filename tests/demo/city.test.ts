import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildDemoCity, type DemoCity } from '../../scripts/demo-city/build.ts'
import { RegionInput } from '../../server/regions/schemas.ts'
import { RoadInput } from '../../server/roads/schemas.ts'
import { RuleInput, RuleSource } from '../../server/rules/schemas.ts'
import { GateInput, SCHOOL_STATUSES, SchoolInput } from '../../server/schools/schemas.ts'
import { StallInput, VenueInput } from '../../server/venues/schemas.ts'

const TODAY = '2026-11-23'
let city: DemoCity

beforeAll(() => {
  city = buildDemoCity({ today: TODAY })
})

const countBy = <Row>(rows: readonly Row[], key: (row: Row) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1
  return counts
}

describe('the demo city', () => {
  it('is the same for the same seed and day, to the byte, and another for another seed', () => {
    expect(JSON.stringify(buildDemoCity({ today: TODAY })) === JSON.stringify(city)).toBe(true)
    const other = buildDemoCity({ seed: 7, today: TODAY })
    expect(JSON.stringify(other.roads) === JSON.stringify(city.roads)).toBe(false)
    expect(other.schools).toHaveLength(city.schools.length)
  })

  it('moves only dates when the day moves', () => {
    const later = buildDemoCity({ today: '2027-03-01' })
    expect(JSON.stringify(later.roads) === JSON.stringify(city.roads)).toBe(true)
    expect(later.venues.map((venue) => venue.external_id)).toEqual(city.venues.map((venue) => venue.external_id))
    const expiring = (each: DemoCity) =>
      each.venues.find((venue) => venue.external_id === 'case-licence-expiring-venue')?.licence_expires_on
    expect([expiring(city), expiring(later)]).toEqual(['2026-12-13', '2027-03-21'])
  })

  it.each([
    ['regions', Type.Array(RegionInput)],
    ['schools', Type.Array(SchoolInput)],
    ['gates', Type.Array(GateInput)],
    ['venues', Type.Array(VenueInput)],
    ['stalls', Type.Array(StallInput)],
    ['roads', Type.Array(RoadInput)],
  ] as const)('writes %s in the shape the API takes', (layer, schema) => {
    // Optional fields that are absent must be absent, as in JSON.
    const rows: unknown = JSON.parse(JSON.stringify(city[layer]))
    expect(Value.Errors(schema, rows).slice(0, 3)).toEqual([])
  })

  it('brings rules of its own that say what they are, and switches on national ones', () => {
    expect(Value.Errors(Type.Array(RuleSource), city.rules.sources)).toEqual([])
    expect(Value.Errors(Type.Array(RuleInput), city.rules.rules)).toEqual([])
    for (const { title, notes } of city.rules.sources) expect([title, notes].join()).toMatch(/演示.*不是现行法律/)
    for (const { title_zh, jurisdiction } of city.rules.rules) {
      expect(title_zh).toMatch(/^演示：/)
      expect(jurisdiction).toMatch(/^4198/)
    }
    expect(city.rules.activate).toContain('CN-NET-200')
    const own = city.rules.rules.map(({ code }) => code)
    expect(city.rules.activate.filter((code) => !code.startsWith('CN-')).sort()).toEqual(own.sort())
  })

  it('has a city of two districts with townships and police stations', () => {
    expect(countBy(city.regions, ({ level }) => level)).toEqual({ city: 1, district: 2, township: 12, station: 11 })
    const codes = new Set(city.regions.map(({ code }) => code))
    expect(codes.size).toBe(city.regions.length)
    for (const { parent_code, level } of city.regions) {
      expect(level === 'city' ? parent_code === '410000' : codes.has(parent_code!)).toBe(true)
    }
  })

  it('has 160 campuses of every kind, each with a name of its own', () => {
    expect(city.schools).toHaveLength(160)
    expect(new Set(city.schools.map(({ name }) => name)).size).toBe(160)
    const kinds = countBy(
      city.schools.flatMap((school) => school.kinds),
      (kind) => kind,
    )
    for (const kind of [
      'primary',
      'junior',
      'senior',
      'secondary_vocational',
      'special',
      'specialized',
      'kindergarten',
    ]) {
      expect(kinds[kind], kind).toBeGreaterThan(0)
    }
    expect(kinds.higher).toBe(2)
    expect(Object.keys(countBy(city.schools, ({ status }) => status!)).sort()).toEqual([...SCHOOL_STATUSES].sort())
    const shapes = countBy(city.schools, ({ geometry }) => geometry.type)
    expect(shapes.Point).toBeGreaterThanOrEqual(8)
    expect(shapes.MultiPolygon).toBe(1)
    const open = city.schools.filter(({ status }) => status === 'open')
    expect(
      open.every(
        ({ students, kinds: own, bell_times }) => students! > 0 && (own[0] === 'higher' || bell_times!.length >= 2),
      ),
    ).toBe(true)
  })

  it('has one to four gates on every surveyed open campus but the one that has none by design', () => {
    const gates = countBy(city.gates, ({ school_external_id }) => school_external_id!)
    const surveyed = city.schools.filter(({ status, geometry }) => status === 'open' && geometry.type !== 'Point')
    const counts = surveyed.map(({ external_id }) => [external_id, gates[external_id!] ?? 0] as const)
    expect(counts.filter(([, count]) => count === 0).map(([id]) => id)).toEqual(['case-no-gate-school'])
    expect(counts.every(([, count]) => count <= 4)).toBe(true)
    const known = new Set(city.schools.map(({ external_id }) => external_id))
    expect(city.gates.every(({ school_external_id }) => known.has(school_external_id))).toBe(true)
  })

  it('has about 9,000 venues in the shares of a real city, and stalls', () => {
    expect(city.venues.length).toBeGreaterThan(8800)
    expect(city.venues.length).toBeLessThan(9300)
    const kinds = countBy(city.venues, ({ kind }) => kind)
    expect(Object.keys(kinds)).toHaveLength(29)
    expect(kinds.internet_cafe).toBeGreaterThanOrEqual(55)
    expect(kinds.song_dance! + kinds.bar! + kinds.amusement_arcade!).toBeGreaterThanOrEqual(115)
    expect(kinds.lottery_outlet! + kinds.lottery_exclusive!).toBeGreaterThanOrEqual(145)
    expect(kinds.restaurant).toBeGreaterThan(2500)
    expect(city.stalls.length).toBeGreaterThanOrEqual(150)
    expect(city.stalls.length).toBeLessThanOrEqual(250)
  })

  it('gives every row an external id of its own', () => {
    for (const rows of [city.schools, city.gates, city.venues, city.stalls, city.roads, city.regions]) {
      expect(new Set(rows.map(({ external_id }) => external_id)).size).toBe(rows.length)
      expect(rows.every(({ source, external_id }) => source === 'demo' && external_id)).toBe(true)
    }
  })

  it('dates licences and openings so that they can be', () => {
    for (const { external_id, opened_on, licence_issued_on, licence_expires_on } of city.venues) {
      if (opened_on) expect(opened_on <= TODAY, external_id!).toBe(true)
      if (licence_issued_on && licence_expires_on)
        expect(licence_issued_on < licence_expires_on, external_id!).toBe(true)
      if (licence_issued_on && opened_on) expect(opened_on <= licence_issued_on, external_id!).toBe(true)
    }
    const lapsed = city.venues.filter(({ licence_expires_on }) => licence_expires_on && licence_expires_on < TODAY)
    expect(lapsed.length).toBeGreaterThan(10)
    expect(lapsed.length).toBeLessThan(city.venues.length / 10)
  })
})
