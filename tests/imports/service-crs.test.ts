// 664 places that a map provider's library gives in three systems: read in each, they are the same places.
import { existsSync, readFileSync } from 'node:fs'
import { Geodesic } from 'geographiclib-geodesic'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enginesUnderTest } from '../db/databases.ts'
import { csv, file, openSite, type Site } from './site.ts'

const PLACES = new URL('../../../shared/data/coordinates/china-cities.json', import.meta.url).pathname
const isMissing = !existsSync(PLACES)
if (isMissing) console.warn(`skipped: ${PLACES} is not there`)

type Pair = [lon: number, lat: number]
const places: { WGS84: Pair; GCJ02: Pair; BD09: Pair }[] = isMissing
  ? []
  : (JSON.parse(readFileSync(PLACES, 'utf8')) as { coords: { WGS84: Pair; GCJ02: Pair; BD09: Pair } }[]).map(
      ({ coords }) => coords,
    )

const metres = ([lon, lat]: Pair, [lon2, lat2]: Pair): number => Geodesic.WGS84.Inverse(lat, lon, lat2, lon2).s12!

describe.each(enginesUnderTest)('published coordinate pairs on $name', (engine) => {
  describe.skipIf(engine.missing || isMissing)('664 places', () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite(engine)
    })
    afterAll(() => site.database.drop())

    const systems = [
      ['wgs84', 'WGS84', null],
      ['gcj02', 'GCJ02', 'gcoord-1.0.7+iterated-inverse'],
      ['bd09', 'BD09', 'gcoord-1.0.7+iterated-inverse'],
    ] as const

    it.each(systems)('in %s land within 1 m', async (crs, key, conversion) => {
      for (const layer of ['schools', 'venues'] as const) {
        const rows = places.map(
          (place, i) => `${crs}${i},地点${i},${layer === 'schools' ? '小学' : '网吧'},${place[key].join(',')}`,
        )
        const result = await site.import(layer, file('p.csv', csv('编号,name,kind,lon,lat', ...rows)), {
          crs,
          source: crs,
        })
        expect(result).toMatchObject({ created: places.length, rejected: 0 })
        const stored = await site.rows<{
          i: number
          lon: number
          lat: number
          lon0: number | null
          conversion: string | null
        }>(
          `select substr(external_id, ${crs.length + 1})::int as i, st_x(position) as lon, st_y(position) as lat, st_x(source_geom) as lon0, conversion
           from ${layer} where source = '${crs}'`,
        )
        const worst = Math.max(...stored.map(({ i, lon, lat }) => metres([lon, lat], places[i]!.WGS84)))
        expect(stored).toHaveLength(places.length)
        expect(worst).toBeLessThan(1)
        expect(new Set(stored.map((row) => row.conversion))).toEqual(new Set([conversion]))
        for (const { i, lon0 } of stored) expect(lon0).toBe(conversion === null ? null : places[i]![key][0])
      }
    })
  })
})
