/**
 * What each layer inside a tile selects. $1 and $2 are the tile's column and row, the zoom is part of the text.
 * `&&` on geometry compares boxes in single precision, about 1 m in EPSG:3857; what must be exact is compared again.
 */
import {
  ALL_VENUES_ZOOM,
  BUFFER,
  DETAIL_ZOOM,
  EXTENT,
  GRID,
  NAME_ZOOM,
  REGION_LEVEL_ZOOMS,
  ROAD_CLASS_ZOOMS,
  STATES_BY_GRAVITY,
} from './layers.ts'

export interface FeatureSelect {
  /** Feature id; aggregated cells have none. */
  id?: string
  /** Attribute -> SQL expression. */
  columns: Record<string, string>
  /** Geometry in EPSG:3857, not clipped. */
  geom: string
  /** Common table expressions, then everything from FROM on. */
  with?: string
  from: string
}

/** Circumference of the sphere of EPSG:3857, metres. */
const WORLD_M = 40075016.68557849
/** Metres of EPSG:3857 per tile unit. */
export const unitSize = (z: number): number => WORLD_M / 2 ** z / EXTENT

/** The tile with its margin: what the index is asked for. */
const reach = (z: number) => `st_tileenvelope(${z}, $1::int, $2::int, margin => ${BUFFER / EXTENT})`
const inside = (z: number) => `st_tileenvelope(${z}, $1::int, $2::int)`
const list = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ')
const states = `array[${list(STATES_BY_GRAVITY)}]`
const gravityOf = (column: string) => `array_position(${states}, ${column})`
const upTo = (zooms: Record<string, number>, z: number) =>
  list(Object.keys(zooms).filter((name) => zooms[name]! <= z)) || 'null'
/** Eight units are a screen pixel. What is much smaller is left out before rounding decides whether it collapses. */
const isLongEnough = (geom: string, z: number) =>
  `greatest(st_xmax(${geom}) - st_xmin(${geom}), st_ymax(${geom}) - st_ymin(${geom})) >= ${unitSize(z)}`
const isLargeEnough = (geom: string, z: number) => `st_area(${geom}) >= ${4 * unitSize(z) ** 2}`
/**
 * Outlines without what cannot be seen: rings of 128 points shrink to a third at z11, where they make up the tile.
 * ST_Simplify is PostGIS' own code, not GEOS; half a unit is a sixteenth of a screen pixel.
 */
const outline = (geom: string, z: number) => `st_simplify(${geom}, ${unitSize(z) / 2})`
const named = (column: string, z: number): Record<string, string> => (z < NAME_ZOOM ? {} : { name: column })

const regionColumns = { id: 'r.id', code: 'r.code', name: 'r.name', kind: 'r.kind', level: 'r.level' }

const regions = (z: number): FeatureSelect => ({
  id: 'r.id',
  columns: regionColumns,
  geom: outline('r.boundary_3857', z),
  from: `from regions r
    where r.boundary_3857 && ${reach(z)} and r.level in (${upTo(REGION_LEVEL_ZOOMS, z)})
      and ${isLargeEnough('r.boundary_3857', z)}`,
})

const regionLabels = (z: number): FeatureSelect => ({
  id: 'r.id',
  columns: regionColumns,
  geom: 'p.geom',
  // "offset 0" keeps the planner from computing the point twice.
  from: `from regions r cross join lateral (select st_pointonsurface(r.boundary_3857) as geom offset 0) p
    where r.boundary_3857 && ${reach(z)} and r.level in (${upTo(REGION_LEVEL_ZOOMS, z)}) and p.geom && ${reach(z)}`,
})

const roads = (z: number): FeatureSelect => ({
  id: 'e.id',
  columns: { id: 'e.id', ...named('e.name', z), class: 'e.class', is_bridge: 'e.is_bridge', oneway: 'e.oneway' },
  geom: outline('e.geom_3857', z),
  from: `from road_edges e
    where e.geom_3857 && ${reach(z)} and e.status = 'open' and e.class in (${upTo(ROAD_CLASS_ZOOMS, z)})
      and ${isLongEnough('e.geom_3857', z)}`,
})

const schoolColumns = (z: number) => ({
  id: 's.id',
  ...named('s.name', z),
  kind: 's.kinds[1]',
  status: 's.status',
  findings: '(select count(*)::int from findings f where f.school_id = s.id and f.valid_to is null)',
  is_point_only: 's.boundary is null',
})

const schools = (z: number): FeatureSelect => ({
  id: 's.id',
  columns: schoolColumns(z),
  geom: outline('s.boundary_3857', z),
  from: `from schools s
    where s.boundary_3857 && ${reach(z)} and s.status <> 'closed' and ${isLargeEnough('s.boundary_3857', z)}`,
})

const schoolLabels = (z: number): FeatureSelect => ({
  id: 's.id',
  columns: schoolColumns(z),
  geom: 's.position_3857',
  from: `from schools s where s.position_3857 && ${reach(z)} and s.status <> 'closed'`,
})

const gates = (z: number): FeatureSelect => ({
  id: 'g.id',
  columns: { id: 'g.id', school_id: 'g.school_id', kind: 'g.kind' },
  geom: 'g.position_3857',
  from: `from school_gates g join schools s on s.id = g.school_id and s.status <> 'closed'
    where g.position_3857 && ${reach(z)} and g.status = 'open'`,
})

const zones = (z: number): FeatureSelect => ({
  id: 'n.id',
  columns: {
    id: 'n.id',
    school_id: 'n.school_id',
    threshold_m: 'n.threshold_m',
    measure_from: 'n.measure_from',
    metric: 'n.metric',
  },
  geom: outline('n.geom_3857', z),
  from: `from zones n
    where n.geom_3857 && ${reach(z)} and n.valid_to is null and ${isLargeEnough('n.geom_3857', z)}`,
})

/** One index probe per place. Joining and grouping all findings instead costs 45 ms a tile with 28,000 of them. */
const gravest = (key: string, id: string) => `left join lateral (
      select min(${gravityOf('f.state')}) as gravity from findings f where f.${key} = ${id} and f.valid_to is null
    ) w on true`

const venues = (z: number): FeatureSelect =>
  z < DETAIL_ZOOM
    ? venueCells(z)
    : {
        id: 'v.id',
        columns: {
          id: 'v.id',
          kind: 'v.kind',
          group: 'k.kind_group',
          status: 'v.status',
          state: `coalesce((${states})[w.gravity], '')`,
        },
        geom: 'v.position_3857',
        from: `from venues v
    join venue_kinds k on k.code = v.kind${z < ALL_VENUES_ZOOM ? ' and k.regulated' : ''}
    ${gravest('venue_id', 'v.id')}
    where v.position_3857 && ${reach(z)} and v.status <> 'closed'`,
      }

const stalls = (z: number): FeatureSelect => ({
  id: 't.id',
  columns: { id: 't.id', stall_type: 't.stall_type', state: `coalesce((${states})[w.gravity], '')` },
  geom: 't.position_3857',
  from: `from stall_sightings t
    ${gravest('stall_id', 't.id')}
    where t.position_3857 && ${reach(z)} and t.status = 'present'`,
})

/** Counts points (geom, kind, gravity) per cell. A cell belongs to one tile: no margin, and the west and north edge. */
function cells(z: number, points: string): FeatureSelect {
  const size = (unitSize(z) * EXTENT) / GRID
  const half = 2 ** z / 2
  const column = `floor((st_x(p.geom) - ($1::int - ${half}) * ${size * GRID}) / ${size})`
  const row = `floor(((${half} - $2::int) * ${size * GRID} - st_y(p.geom)) / ${size})`
  const counts = STATES_BY_GRAVITY.map((state, at) => [
    `s_${state}`,
    `nullif(count(*) filter (where p.gravity = ${at + 1}), 0)::int`,
  ])
  return {
    columns: {
      count: 'count(*)::int',
      // Of equally frequent values mode() takes the first, so a tie goes to the graver state.
      kind: 'mode() within group (order by p.kind)',
      state: `coalesce((${states})[mode() within group (order by p.gravity)], '')`,
      ...Object.fromEntries(counts),
    },
    geom: 'st_setsrid(st_makepoint(avg(st_x(p.geom)), avg(st_y(p.geom))), 3857)',
    from: `from (${points}) p
    where ${column} between 0 and ${GRID - 1} and ${row} between 0 and ${GRID - 1}
    group by ${column}, ${row}`,
  }
}

/**
 * Findings are joined before they are grouped: a subquery of flagged venues would be a fifth faster, but has no index,
 * and while the planner knows nothing of fresh findings it is searched once per venue (8 s instead of 60 ms).
 */
const venueCells = (z: number): FeatureSelect =>
  cells(
    z,
    `select v.position_3857 as geom, v.kind, min(${gravityOf('f.state')}) as gravity
      from venues v left join findings f on f.venue_id = v.id and f.valid_to is null
      where v.position_3857 && ${inside(z)} and v.status <> 'closed'
        and v.kind = any(array(select code from venue_kinds where regulated))
      group by v.id`,
  )

/** Current findings where the venue or stall is: one branch each, so that both start from the spatial index. */
const findingPlaces = (columns: string, envelope: string, join = '') =>
  [
    ['venues', 'venue_id'],
    ['stall_sightings', 'stall_id'],
  ]
    .map(
      ([table, key]) => `select ${columns}, place.position_3857 as geom
      from ${table} place join findings f on f.${key} = place.id and f.valid_to is null ${join}
      where place.position_3857 && ${envelope}`,
    )
    .join('\n      union all\n      ')

const findings = (z: number): FeatureSelect =>
  z < DETAIL_ZOOM
    ? cells(z, findingPlaces(`f.venue_kind as kind, ${gravityOf('f.state')} as gravity`, inside(z)))
    : {
        id: 'p.id',
        columns: {
          id: 'p.id',
          state: 'p.state',
          kind: 'p.kind',
          severity: 'p.severity',
          rule_id: 'p.rule_id',
          school_id: 'p.school_id',
          venue_id: 'p.venue_id',
          stall_id: 'p.stall_id',
        },
        geom: 'p.geom',
        from: `from (${findingPlaces(
          'f.id, f.state, f.venue_kind as kind, u.severity, f.rule_id, f.school_id, f.venue_id, f.stall_id',
          reach(z),
          'join rules u on u.id = f.rule_id',
        )}) p`,
      }

/**
 * Lines are found by their venue end, which is an endpoint within reach of the tile; whatever the line's own box then
 * misses is dropped before it is transformed. Outside China (70-140 E, 0-56 N) there is nothing to find, and far from
 * its meridian the metric projection refuses to compute.
 */
const findingLines = (z: number): FeatureSelect => ({
  id: 'f.id',
  columns: { id: 'f.id', state: 'f.state' },
  geom: 'st_transform(f.line_m, 3857)',
  with: `with tile as materialized (
      -- Edges of a tile at z15 and above bend by centimetres in the metric projection. CASE, not WHERE: the planner
      -- computes constants before it filters, but leaves out the branch of a CASE that is never taken.
      select st_expand(case when st_xmin(g) > 70 and st_xmax(g) < 140 and st_ymin(g) > 0 and st_ymax(g) < 56
                            then to_measure(g) end, 1) as geom_m
      from (select st_transform(${reach(z)}, 4326) as g) e
    ), longest as materialized (
      -- Planar metres of the projection exceed true ones by less than 0.5 %.
      select 1.005 * (coalesce((select max(threshold_m) from rules where status = 'active'), 0)
        + coalesce((select max(error_m) from school_endpoints), 0)
        + coalesce((select max(error_m) from venue_endpoints), 0)) as reach_m
    ), place as materialized (
      select distinct e.venue_id, e.stall_id
      from tile, longest, venue_endpoints e
      where e.geom_m && st_expand(tile.geom_m, longest.reach_m)
    )`,
  from: `from tile, (
      select f.id, f.state, f.line_m from place join findings f on f.venue_id = place.venue_id and f.valid_to is null
      union all
      select f.id, f.state, f.line_m from place join findings f on f.stall_id = place.stall_id and f.valid_to is null
    ) f
    where f.line_m && tile.geom_m`,
})

export const featureSelects: Record<string, (z: number) => FeatureSelect> = {
  regions,
  regions_label: regionLabels,
  roads,
  schools,
  schools_label: schoolLabels,
  gates,
  zones,
  venues,
  stalls,
  findings,
  findings_line: findingLines,
}
