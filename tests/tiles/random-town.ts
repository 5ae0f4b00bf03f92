/** A seeded town of every shape tiles must carry, the same rows and ids on every engine. Positions are [lon, lat]. */
import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import { ROAD_CLASS_ZOOMS, STATES_BY_GRAVITY } from '../../server/tiles/layers.ts'

export type Position = [lon: number, lat: number]
type Ring = Position[]
/** Nine kilometres around a place where tiles of z12 and above meet. */
const CENTRE: Position = [114.3, 30.6]
const REACH = 0.045

interface TownVenue {
  id: number
  kind: string
  status: string
  position: Position
}
interface TownFinding {
  id: number
  rule_id: number
  school_id: number
  venue_id: number | null
  stall_id: number | null
  state: string
  valid_to: string | null
}
interface TownSchool {
  id: number
  status: string
  position: Position
  boundary: Ring[][] | null
}

export interface RandomTown {
  venues: TownVenue[]
  stalls: { id: number; status: string; stall_type: string; position: Position }[]
  schools: TownSchool[]
  gates: { id: number; school_id: number; kind: string; status: string; position: Position }[]
  roads: { id: number; class: string; name: string | null; status: string; line: Position[] }[]
  regions: { id: number; code: string; kind: string; level: string; boundary: Ring[][] }[]
  zones: { id: number; school_id: number; threshold_m: number; boundary: Ring[][] }[]
  findings: TownFinding[]
}

/** mulberry32 */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const count = (n: number) => Array.from({ length: n }, (_, at) => at)

/** A star-shaped, mostly concave ring around a position; radius in degrees of latitude. */
function ringAround([lon, lat]: Position, radius: number, points: number, random: () => number, rough = 0.5): Ring {
  const ring = count(points).map((at): Position => {
    const r = radius * (1 - rough * random())
    const angle = (2 * Math.PI * at) / points
    return [lon + (r * Math.cos(angle)) / 0.86, lat + r * Math.sin(angle)]
  })
  return [...ring, ring[0]!]
}

export function planTown(seed: number): RandomTown {
  const random = createRandom(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const near = (reach = REACH): Position => [
    CENTRE[0] + (random() * 2 - 1) * reach,
    CENTRE[1] + (random() * 2 - 1) * reach,
  ]
  const kinds = ['internet_cafe', 'song_dance', 'lottery_outlet', 'restaurant', 'convenience', 'hotel']
  const venues = count(900).map((at) => ({
    id: at + 1,
    kind: pick(kinds),
    status: pick(['open', 'open', 'open', 'suspended', 'closed']),
    position: near(),
  }))
  const stalls = count(60).map((at) => ({
    id: at + 1,
    status: pick(['present', 'present', 'cleared']),
    stall_type: pick(['mobile', 'fixed']),
    position: near(),
  }))
  const schools = count(50).map((at) => {
    const position = near()
    const parts = [[ringAround(position, 0.0008, 24, random)]]
    // A courtyard in some, a second part in others, and some known by their position only.
    if (at % 4 === 0) parts[0]!.push(ringAround(position, 0.0002, 6, random, 0).reverse())
    if (at % 5 === 0) parts.push([ringAround([position[0] + 0.003, position[1]], 0.0006, 9, random)])
    return {
      id: at + 1,
      status: pick(['open', 'open', 'open', 'planned', 'closed']),
      position,
      boundary: at % 6 === 0 ? null : parts,
    }
  })
  const gates = count(80).map((at) => {
    const school = pick(schools)
    const position: Position = [school.position[0] + 0.0007, school.position[1] - 0.0004 * random()]
    return {
      id: at + 1,
      school_id: school.id,
      kind: pick(['main', 'back']),
      status: pick(['open', 'closed']),
      position,
    }
  })
  const roads = count(250).map((at) => {
    const line = [near()]
    const heading = random() * 2 * Math.PI
    for (let step = 0; step < 2 + random() * 20; step++) {
      const [lon, lat] = line.at(-1)!
      const turn = heading + (random() - 0.5)
      line.push([lon + 0.0012 * Math.cos(turn), lat + 0.0009 * Math.sin(turn)])
    }
    const name = random() < 0.7 ? `学府路${at}` : null
    return {
      id: at + 1,
      class: pick(Object.keys(ROAD_CLASS_ZOOMS)),
      name,
      status: pick(['open', 'open', 'closed']),
      line,
    }
  })
  const levels = ['province', 'city', 'district', 'township', 'community', 'station']
  const regions = count(18).map((at) => {
    const level = levels[at % levels.length]!
    const centre = near()
    const parts = [[ringAround(centre, 0.004 * (1 + (at % 6)), 40, random, 0.3)]]
    if (at % 5 === 0) parts[0]!.push(ringAround(centre, 0.001, 12, random, 0).reverse())
    return { id: at + 1, code: `R${at}`, kind: level === 'station' ? 'police' : 'admin', level, boundary: parts }
  })
  const zones = schools.flatMap(({ id, position }) =>
    [50, 200].map((threshold_m) => ({
      id: 2 * id + (threshold_m === 50 ? 0 : 1),
      school_id: id,
      threshold_m,
      boundary: [[ringAround(position, 0.0008 + threshold_m / 111_000, 128, random, 0.02)]],
    })),
  )
  return {
    venues,
    stalls,
    schools,
    gates,
    roads,
    regions,
    zones,
    findings: planFindings(random, { venues, stalls, schools }),
  }
}

function planFindings(random: () => number, town: Pick<RandomTown, 'venues' | 'stalls' | 'schools'>): TownFinding[] {
  const findings: TownFinding[] = []
  const add = (place: { venue_id: number | null; stall_id: number | null }, rule_id: number, school_id: number) =>
    findings.push({
      id: findings.length + 1,
      rule_id,
      school_id,
      ...place,
      state: STATES_BY_GRAVITY[Math.floor(random() * STATES_BY_GRAVITY.length)]!,
      valid_to: random() < 0.2 ? '2026-06-01T00:00:00Z' : null,
    })
  const near = (a: Position, b: Position) => Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.004
  for (const school of town.schools) {
    for (const venue of town.venues)
      if (venue.status !== 'closed' && near(venue.position, school.position))
        for (const rule of [1, 2]) add({ venue_id: venue.id, stall_id: null }, rule, school.id)
    for (const stall of town.stalls)
      if (stall.status === 'present' && near(stall.position, school.position))
        add({ venue_id: null, stall_id: stall.id }, 3, school.id)
  }
  return findings
}

const point = (position: Position) => ({ type: 'Point', coordinates: position })
const multi = (coordinates: Ring[][] | null) => coordinates && { type: 'MultiPolygon', coordinates }

/** Writes the rows as they are, derived ones included: tiles are about rows, not about how rules make them. */
export async function fillTown(db: Db, town: RandomTown): Promise<void> {
  const insert = async (
    table: string,
    columns: Record<string, string>,
    rows: object[],
    extra: Record<string, string> = {},
  ) => {
    const all = { ...Object.fromEntries(Object.keys(columns).map((name) => [name, `i.${name}`])), ...extra }
    const names = Object.keys(all).filter((name) => !name.endsWith('_json'))
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.id(name)))}) overriding system value
      select ${sql.raw(names.map((name) => all[name]).join(', '))}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(${sql.raw(
        Object.entries(columns)
          .map(([name, type]) => `${name} ${type}`)
          .join(', '),
      )})`.execute(db)
  }
  const geometry = (name: string) => `st_geomfromgeojson(i.${name}::text)`
  await insert(
    'regions',
    { id: 'int', code: 'text', kind: 'text', level: 'text', boundary_json: 'jsonb' },
    town.regions.map(({ boundary, ...row }) => ({ ...row, boundary_json: multi(boundary) })),
    { name: `'片区' || i.id`, boundary: geometry('boundary_json') },
  )
  await insert(
    'road_edges',
    { id: 'int', class: 'text', name: 'text', status: 'text', line_json: 'jsonb' },
    town.roads.map(({ line, ...row }) => ({ ...row, line_json: { type: 'LineString', coordinates: line } })),
    {
      geom: geometry('line_json'),
      length_m: '1',
      is_bridge: 'i.id % 7 = 0',
      oneway: `case i.id % 3 when 0 then 'forward' else 'no' end`,
    },
  )
  await insert(
    'schools',
    { id: 'int', status: 'text', boundary_json: 'jsonb', position_json: 'jsonb' },
    town.schools.map(({ boundary, position, ...row }) => ({
      ...row,
      boundary_json: multi(boundary),
      position_json: point(position),
    })),
    {
      name: `'第' || i.id || '小学'`,
      kinds: `'{primary,kindergarten}'`,
      boundary: geometry('boundary_json'),
      position: geometry('position_json'),
    },
  )
  await insert(
    'school_gates',
    { id: 'int', school_id: 'int', kind: 'text', status: 'text', position_json: 'jsonb' },
    town.gates.map(({ position, ...row }) => ({ ...row, position_json: point(position) })),
    { position: geometry('position_json') },
  )
  await insert(
    'venues',
    { id: 'int', kind: 'text', status: 'text', position_json: 'jsonb' },
    town.venues.map(({ position, ...row }) => ({ ...row, position_json: point(position) })),
    { name: `'店' || i.id`, kind_source: `'given'`, kind_confidence: '1', position: geometry('position_json') },
  )
  await insert(
    'stall_sightings',
    { id: 'int', stall_type: 'text', status: 'text', position_json: 'jsonb' },
    town.stalls.map(({ position, ...row }) => ({ ...row, position_json: point(position) })),
    { sighted_at: `'2026-05-01'`, position: geometry('position_json') },
  )
  await insert(
    'zones',
    { id: 'int', school_id: 'int', threshold_m: 'float8', boundary_json: 'jsonb' },
    town.zones.map(({ boundary, ...row }) => ({ ...row, boundary_json: multi(boundary) })),
    { measure_from: `'boundary_any'`, metric: `'straight'`, rule_codes: `'{}'`, geom: geometry('boundary_json') },
  )
  await fillFindings(db, town.findings)
}

async function fillFindings(db: Db, findings: TownFinding[]): Promise<void> {
  await sql`insert into rule_sources (code, title, issuer, jurisdiction, level, evidence_grade)
    values ('S', '来源', '来源', '000000', 'law', 'A')`.execute(db)
  await sql`insert into rules (id, code, source_id, title_zh, title_en, summary_zh, summary_en, evidence_grade,
      jurisdiction, venue_kinds, school_kinds, threshold_m, comparator, measure_from, measure_to, metric, severity,
      owner_department, effective_from, status) overriding system value
    select n, 'R' || n, s.id, '规则', 'rule', '规则', 'rule', 'A', '000000', '{internet_cafe}', '{primary}', 600, 'lte',
      'boundary_any', 'door_nearest', 'straight', (array['prohibit', 'restrict', 'inspect'])[n], '部门', '2020-01-01', 'active'
    from rule_sources s, generate_series(1, 3) n`.execute(db)
  await sql`insert into venue_endpoints (venue_id, stall_id, target, roles, kind, is_internal, venue_version, is_sole, error_m, scale, geom_m)
    select id, null, 'position', 1, kind, false, 1, true, 3, 1, position_m from venues where status <> 'closed' union all
    select null, id, 'stall', 1, 'street_stall', false, 1, true, 3, 1, position_m from stall_sightings where status = 'present'`.execute(
    db,
  )
  await sql`insert into findings (id, rule_id, rule_version, school_id, school_version, origin, venue_id, stall_id,
      venue_version, target, venue_kind, jurisdiction_basis, state, distance_m, uncertainty_m, threshold_m, line_m,
      first_detected_at, valid_from, valid_to, ended_reason) overriding system value
    select i.id, i.rule_id, 1, i.school_id, 1, 'point', i.venue_id, i.stall_id, 1, 'position',
      coalesce(v.kind, 'street_stall'), 'both', i.state, 1, 3, 600,
      st_makeline(s.position_m, coalesce(v.position_m, t.position_m)), '2026-05-01', '2026-05-01', i.valid_to,
      case when i.valid_to is not null then 'superseded' end
    from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb) as i(id int, rule_id int, school_id int, venue_id int,
      stall_id int, state text, valid_to timestamptz)
    join schools s on s.id = i.school_id
    left join venues v on v.id = i.venue_id
    left join stall_sightings t on t.id = i.stall_id`.execute(db)
}
