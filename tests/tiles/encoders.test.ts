/** Both encoders against the same rows, and against what the rows themselves say. */
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../db/connect.ts'
import { encodeTile } from '../../server/tiles/encoder.ts'
import {
  isTileLayer,
  LAYER_INFO,
  MAX_ZOOM,
  sublayersAt,
  TILE_LAYERS,
  type TileLayer,
} from '../../server/tiles/layers.ts'
import { mvtStatement, type TileAddress } from '../../server/tiles/queries.ts'
import { openTestDatabase, type TestDatabase } from '../harness.ts'
import { type DecodedTile, decode, differences, doubleArea } from './decoded.ts'
import { fillTown, type Position, planTown } from './random-town.ts'

const town = planTown(20261123)

/** Position in units of the tile grid of a zoom: 4096 a tile, counted from the north-west of the world. */
function unitsOf([lon, lat]: Position, z: number): [number, number] {
  const size = 4096 * 2 ** z
  return [((lon + 180) / 360) * size, ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * size]
}
const tileOf = (position: Position, z: number) =>
  unitsOf(position, z).map((units) => Math.floor(units / 4096)) as [number, number]

/** The tile around the middle of the town and some that hold a school, at each zoom of a layer, and one far away. */
function addresses(layer: TileLayer): TileAddress[] {
  const places: Position[] = [[114.3, 30.6], ...[0, 12].map((at) => town.schools[at]!.position), [121.5, 31.2]]
  const list: TileAddress[] = []
  for (let z = LAYER_INFO[layer].minzoom; z <= MAX_ZOOM; z++) {
    const tiles = new Set(places.map((place) => tileOf(place, z).join(' ')))
    for (const tile of tiles) {
      const [x, y] = tile.split(' ').map(Number) as [number, number]
      list.push({ layer, z, x, y })
    }
  }
  return list
}

const read = async (database: Database, hasMvt: boolean, address: TileAddress) =>
  decode((await encodeTile(database.db, hasMvt, address)).mvt)

const hasServer = Boolean(process.env.TEST_DATABASE_URL)
const encoders = [
  { engine: 'embedded', hasMvt: false },
  ...(hasServer ? [{ engine: 'postgres', hasMvt: true } as const, { engine: 'postgres', hasMvt: false } as const] : []),
] as const
const open = new Map<'embedded' | 'postgres', TestDatabase>()

beforeAll(async () => {
  for (const engine of new Set(encoders.map((encoder) => encoder.engine))) {
    const database = await openTestDatabase({ engine })
    open.set(engine, database)
    await fillTown(database.db, town)
  }
})
afterAll(async () => {
  for (const database of open.values()) await database.drop()
})

describe.each(encoders)('features of the $engine database, hasMvt $hasMvt', ({ engine, hasMvt }) => {
  const at = (address: TileAddress) => read(open.get(engine)!, hasMvt, address)
  const ids = (tile: DecodedTile, name: string) => (tile[name] ?? []).map(({ id }) => id!).sort((a, b) => a - b)
  /** Rows whose position lies in the tile with its margin. */
  const inTile = <Row extends { id: number; position: Position }>(rows: Row[], { z, x, y }: TileAddress) =>
    rows
      .filter(({ position }) => {
        const [px, py] = unitsOf(position, z)
        return Math.abs(px - 4096 * (x + 0.5)) <= 2048 + 64 && Math.abs(py - 4096 * (y + 0.5)) <= 2048 + 64
      })
      .sort((a, b) => a.id - b.id)
  const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id)
  const current = town.findings.filter(({ valid_to }) => valid_to === null)
  const gravity = ['suspected', 'borderline', 'needs_field_measure', 'legacy', 'exempt']
  const worst = (states: string[]) => gravity.find((state) => states.includes(state)) ?? ''
  const regulated = new Set(['internet_cafe', 'song_dance', 'lottery_outlet'])

  it('venues: regulated kinds from z12, all from z14, each with its gravest current finding', async () => {
    for (const address of addresses('venues').filter(({ z }) => z >= 12)) {
      const tile = await at(address)
      const open = town.venues.filter(
        ({ status, kind }) => status !== 'closed' && (address.z >= 14 || regulated.has(kind)),
      )
      const expected = inTile(open, address)
      expect(ids(tile, 'venues')).toEqual(idsOf(expected))
      for (const { id, kind, status, position } of expected) {
        const feature = tile.venues!.find((each) => each.id === id)!
        const states = current.filter(({ venue_id }) => venue_id === id).map(({ state }) => state)
        expect(feature.properties).toMatchObject({ id, kind, status, state: worst(states) })
        expect(feature.properties.group).toBeTypeOf('string')
        const [x, y] = unitsOf(position, address.z)
        const [[[fx, fy]]] = feature.geometry as [[[number, number]]]
        expect(Math.max(Math.abs(x - 4096 * address.x - fx), Math.abs(y - 4096 * address.y - fy))).toBeLessThanOrEqual(
          0.51,
        )
      }
      const present = inTile(
        town.stalls.filter(({ status }) => status === 'present'),
        address,
      )
      expect(ids(tile, 'stalls')).toEqual(idsOf(present))
    }
  })

  it('findings: one point for each current one, at its venue or stall, with what the style asks for', async () => {
    const positions = {
      venue: new Map(town.venues.map(({ id, position }) => [id, position])),
      stall: new Map(town.stalls.map(({ id, position }) => [id, position])),
    }
    const placed = current.map((finding) => ({
      ...finding,
      position: (finding.venue_id ? positions.venue.get(finding.venue_id) : positions.stall.get(finding.stall_id!))!,
    }))
    for (const address of addresses('findings').filter(({ z }) => z >= 12)) {
      const tile = await at(address)
      const expected = inTile(placed, address)
      expect(ids(tile, 'findings')).toEqual(idsOf(expected))
      for (const { id, state, rule_id, school_id, venue_id, stall_id } of expected) {
        const { properties } = tile.findings!.find((each) => each.id === id)!
        const severity = ['prohibit', 'restrict', 'inspect'][rule_id - 1]
        const place = venue_id === null ? { stall_id, kind: 'street_stall' } : { venue_id }
        expect(properties).toMatchObject({ id, state, rule_id, school_id, severity, ...place })
        expect(properties).not.toHaveProperty(venue_id === null ? 'venue_id' : 'stall_id')
      }
    }
  })

  it('counts below z12 add up to the rows they stand for', async () => {
    const open = town.venues.filter(({ status, kind }) => status !== 'closed' && regulated.has(kind))
    for (const z of [6, 9, 10, 11]) {
      const spots = new Set([...town.venues, ...town.stalls].map(({ position }) => tileOf(position, z).join(' ')))
      const totals = { venues: 0, flagged: 0, findings: 0, stated: 0 }
      for (const spot of spots) {
        const [x, y] = spot.split(' ').map(Number) as [number, number]
        const [venues, findings] = [await at({ layer: 'venues', z, x, y }), await at({ layer: 'findings', z, x, y })]
        const stated = (tile: DecodedTile, name: string) =>
          (tile[name] ?? []).reduce(
            (sum, { properties }) => sum + gravity.reduce((n, s) => n + Number(properties[`s_${s}`] ?? 0), 0),
            0,
          )
        const counted = (tile: DecodedTile, name: string) =>
          (tile[name] ?? []).reduce((sum, { properties }) => sum + Number(properties.count), 0)
        totals.venues += counted(venues, 'venues')
        totals.flagged += stated(venues, 'venues')
        totals.findings += counted(findings, 'findings')
        totals.stated += stated(findings, 'findings')
        expect(venues.venues?.length ?? 0).toBeLessThanOrEqual(64)
        expect(Object.keys(venues)).not.toContain('stalls')
      }
      const flagged = open.filter(({ id }) => current.some(({ venue_id }) => venue_id === id))
      expect(totals, `z${z}`).toEqual({
        venues: open.length,
        flagged: flagged.length,
        findings: current.length,
        stated: current.length,
      })
    }
  })

  it('a cell names its most frequent kind and state; a tie of states goes to the graver', async () => {
    const [x, y] = tileOf([114.3, 30.6], 11)
    const { findings = [] } = await at({ layer: 'findings', z: 11, x, y })
    expect(findings.length).toBeGreaterThan(3)
    for (const { properties } of findings) {
      const counts = gravity.map((state) => Number(properties[`s_${state}`] ?? 0))
      expect(properties.state).toBe(gravity[counts.indexOf(Math.max(...counts))])
    }
  })

  it('schools: closed ones never, planned ones with their status, point-only ones as points', async () => {
    const shown = town.schools.filter(({ status }) => status !== 'closed')
    for (const address of addresses('schools')) {
      const tile = await at(address)
      const expected = inTile(shown, address)
      expect(ids(tile, 'schools_label')).toEqual(idsOf(expected))
      for (const { id, status, boundary } of expected) {
        const { properties } = tile.schools_label!.find((each) => each.id === id)!
        const findings = current.filter(({ school_id }) => school_id === id).length
        expect(properties).toMatchObject({ id, status, kind: 'primary', findings, is_point_only: boundary === null })
        expect(properties.name).toBe(address.z >= 13 ? `第${id}小学` : undefined)
      }
      for (const id of ids(tile, 'schools')) expect(shown.find((school) => school.id === id)?.boundary).toBeTruthy()
      const gates = town.gates.filter(
        ({ status, school_id }) => status === 'open' && shown.some(({ id }) => id === school_id),
      )
      expect(ids(tile, 'gates')).toEqual(address.z < 14 ? [] : idsOf(inTile(gates, address)))
    }
  })

  it('regions: a label point for every area, once per town', async () => {
    const seen = new Set<number>()
    for (const x of [-1, 0, 1])
      for (const y of [-1, 0, 1]) {
        const [column, row] = tileOf([114.3, 30.6], 12)
        const tile = await at({ layer: 'regions', z: 12, x: column + x, y: row + y })
        for (const id of ids(tile, 'regions_label')) seen.add(id)
      }
    expect(seen.size).toBe(town.regions.length)
  })

  it('lines of findings cross the tiles their ends do not lie in', async () => {
    let through = 0
    for (const address of addresses('findings').filter(({ z }) => z === 16)) {
      const tile = await at(address)
      const points = new Set(ids(tile, 'findings'))
      through += ids(tile, 'findings_line').filter((id) => !points.has(id)).length
      for (const id of points) expect(ids(tile, 'findings_line')).toContain(id)
    }
    expect(through).toBeGreaterThan(0)
  })

  it('has only the layers and attributes that TileJSON announces, of the announced types', async () => {
    for (const layer of TILE_LAYERS)
      for (const address of addresses(layer)) {
        const tile = await at(address)
        const announced = new Map(sublayersAt(layer, address.z).map((sublayer) => [sublayer.name, sublayer]))
        for (const [name, features] of Object.entries(tile)) {
          const sublayer = announced.get(name)
          expect(sublayer, `${name} at z${address.z}`).toBeDefined()
          for (const { type, properties, geometry } of features) {
            expect(type).toBe({ point: 1, line: 2, polygon: 3 }[sublayer!.geometry])
            for (const [field, value] of Object.entries(properties))
              expect(typeof value, field).toBe(sublayer!.fields[field]?.toLowerCase())
            expect(geometry.flat().every(([x, y]) => x >= -64 && x <= 4160 && y >= -64 && y <= 4160)).toBe(true)
            if (type === 3) expect(doubleArea(geometry[0]!)).toBeGreaterThan(0)
          }
        }
      }
  })

  it('far from the projection, at the edges of the world, there is nothing', async () => {
    for (const [z, x, y] of [
      [16, 0, 0],
      [16, 65535, 65535],
      [15, 18400, 16384],
      [15, 9650, 12317],
    ] as const)
      for (const layer of TILE_LAYERS) expect(await at({ layer, z, x, y }), `${layer} ${z}/${x}/${y}`).toEqual({})
  })
})

describe.skipIf(!hasServer)('ST_AsMVT and the encoder in TypeScript (needs TEST_DATABASE_URL)', () => {
  it.each(TILE_LAYERS.filter(isTileLayer))('%s: same features from the same PostgreSQL', async (layer) => {
    let features = 0
    for (const address of addresses(layer)) {
      const [mvt, rows] = [
        await read(open.get('postgres')!, true, address),
        await read(open.get('postgres')!, false, address),
      ]
      expect(differences(mvt, rows, 1), `${layer} ${address.z}/${address.x}/${address.y}`).toEqual([])
      features += Object.values(mvt).flat().length
    }
    expect(features).toBeGreaterThan(50)
  })

  it('is never planned in parallel, which would slow many small tiles down', async () => {
    const { db } = open.get('postgres')!
    const plans = await db.transaction().execute(async (trx) => {
      for (const name of [
        'parallel_setup_cost',
        'parallel_tuple_cost',
        'min_parallel_table_scan_size',
        'min_parallel_index_scan_size',
      ])
        await sql`set local ${sql.raw(name)} = 0`.execute(trx)
      const explain = async (text: string) => {
        const { rows } = await trx.executeQuery<Record<string, string>>(CompiledQuery.raw(`explain ${text}`, []))
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      }
      const statement = mvtStatement('venues', 10).replaceAll('$1', '837').replaceAll('$2', '420')
      return [await explain(statement), await explain('select count(*) from venues')]
    })
    expect(plans[0]).not.toContain('Gather')
    expect(plans[1]).toContain('Gather')
  })

  // Two units: the versions of PostGIS do not simplify an outline to the same corners.
  it.each(TILE_LAYERS)('%s: same features from the embedded database', async (layer) => {
    for (const address of addresses(layer)) {
      const [mvt, rows] = [
        await read(open.get('postgres')!, true, address),
        await read(open.get('embedded')!, false, address),
      ]
      expect(differences(mvt, rows, 2), `${layer} ${address.z}/${address.x}/${address.y}`).toEqual([])
    }
  })
})
