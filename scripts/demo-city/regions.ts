import type { RegionInput } from '../../server/regions/schemas.ts'
import { dissolve } from './dissolve.ts'
import { type Face, halfEdges } from './faces.ts'
import type { Layout } from './layout.ts'
import { along, distance, leftOf, mix, subtract, unit, type Xy } from './plane.ts'
import { lonLat } from './projection.ts'
import { CITY, DISTRICTS, type RegionSeed, STATIONS, TOWNSHIPS } from './region-plan.ts'
import { centroid, edgeOf, isInside } from './ring.ts'
import { isEast } from './river.ts'
import { RIVER_LINE } from './streets.ts'

/** City, districts, townships and station areas: sets of whole faces of the street frame, so that borders coincide. */
export function buildRegions(layout: Layout): RegionInput[] {
  const centres = layout.faces.map(placeIn)
  const district = centres.map((centre) => districtOf(layout, centre))
  const toRegion = outlines(layout)
  const regions: RegionInput[] = [
    ...toRegion(centres.map(() => CITY.code)).map(([, geometry]) =>
      region({ ...CITY, parent_code: '410000', level: 'city', geometry }),
    ),
    ...toRegion(district.map((side) => DISTRICTS[side].code)).map(([code, geometry]) => {
      const own = code === DISTRICTS.east.code ? DISTRICTS.east : DISTRICTS.west
      return region({ ...own, parent_code: CITY.code, level: 'district', geometry })
    }),
  ]
  for (const [seeds, level] of [
    [TOWNSHIPS, 'township'],
    [STATIONS, 'station'],
  ] as const) {
    const owner = shareOut(layout, centres, district, seeds)
    for (const [code, geometry] of toRegion(owner)) {
      const { name, name_en, district: side } = seeds.find((seed) => seed.code === code)!
      regions.push(region({ code, name, name_en, parent_code: DISTRICTS[side].code, level, geometry }))
    }
  }
  return regions
}

type Outline = RegionInput['geometry']

const region = (fields: Omit<RegionInput, 'kind' | 'source' | 'external_id'>): RegionInput => ({
  ...fields,
  kind: fields.level === 'station' ? 'police' : 'admin',
  source: 'demo',
  external_id: `region-${fields.code}`,
})

/** A point that tells where a face lies; for a strip of water one just beside the middle of the river. */
function placeIn({ ring, tags }: Face): Xy {
  const wet = tags.flatMap((tag, edge) => (tag === RIVER_LINE ? [edge] : []))
  if (wet.length === 0) return centroid(ring)
  const byNorthing = wet.sort((a, b) => ring[a]![1] - ring[b]![1])
  const [a, b] = edgeOf(ring, byNorthing[byNorthing.length >> 1]!)
  return along(mix(a, b, 0.5), leftOf(unit(subtract(b, a))), 5)
}

/** East of the river, and in the north the land between the river and 新城大道, which belongs to the eastern district. */
function districtOf({ river }: Layout, point: Xy): 'east' | 'west' {
  const isNorthWest = point[1] > 2850 && point[0] > -2400 - (point[1] - 4200) * 0.03
  return isEast(river, point) || isNorthWest ? 'east' : 'west'
}

/** Gives every face to the nearest seed of its district, then keeps each area in one piece. */
function shareOut(
  layout: Layout,
  centres: readonly Xy[],
  district: readonly string[],
  seeds: readonly RegionSeed[],
): string[] {
  const owner = centres.map((centre, face) => {
    const own = seeds.filter((seed) => seed.district === district[face])
    return own.reduce((a, b) => (distance(centre, a.place) <= distance(centre, b.place) ? a : b)).code
  })
  const neighbours = facesBeside(layout)
  const isWater = layout.faces.map(({ tags }) => tags.includes(RIVER_LINE))
  // Water belongs to the land it washes most.
  for (const face of owner.keys()) if (isWater[face]) join(face, (other) => !isWater[other])
  for (let round = 0; round < 20; round++) {
    const stray = strays(owner, neighbours)
    if (stray.length === 0) break
    for (const face of stray) {
      join(face, (other) => owner[other] !== owner[face])
    }
  }
  return owner

  function join(face: number, suits: (other: number) => boolean): void {
    const around = [...neighbours[face]!].filter(([other]) => district[other] === district[face] && suits(other))
    const nearest = around.sort((a, b) => b[1] - a[1])[0]
    if (nearest) owner[face] = owner[nearest[0]]!
  }
}

/** For every face its neighbours and the length of the common border. */
function facesBeside({ frame, faces, leftOf }: Layout): Map<number, number>[] {
  const beside = faces.map(() => new Map<number, number>())
  for (const [piece, { from, to }] of frame.pieces.entries()) {
    const [a, b] = [leftOf[piece * 2]!, leftOf[piece * 2 + 1]!]
    if (a < 0 || b < 0 || a === b) continue
    const length = distance(frame.nodes[from]!, frame.nodes[to]!)
    beside[a]!.set(b, (beside[a]!.get(b) ?? 0) + length)
    beside[b]!.set(a, (beside[b]!.get(a) ?? 0) + length)
  }
  return beside
}

/** Faces outside the largest connected part of their area. */
function strays(owner: readonly string[], neighbours: readonly Map<number, number>[]): number[] {
  const part = new Int32Array(owner.length).fill(-1)
  const members: number[][] = []
  for (let first = 0; first < owner.length; first++) {
    if (part[first] !== -1) continue
    const own: number[] = [first]
    part[first] = members.length
    for (const face of own) {
      for (const other of neighbours[face]!.keys()) {
        if (part[other] !== -1 || owner[other] !== owner[face]) continue
        part[other] = members.length
        own.push(other)
      }
    }
    members.push(own)
  }
  const largest = new Map<string, number[]>()
  for (const own of members) {
    const code = owner[own[0]!]!
    if (own.length > (largest.get(code)?.length ?? 0)) largest.set(code, own)
  }
  return members.filter((own) => largest.get(owner[own[0]!]!) !== own).flat()
}

function outlines(layout: Layout): (owner: readonly string[]) => [string, Outline][] {
  const positions = layout.frame.nodes.map((node) => lonLat(node))
  const halves = halfEdges(layout.frame)
  return (owner) =>
    [...dissolve(layout, halves, owner)].map(([code, polygons]): [string, Outline] => [
      code,
      {
        type: 'MultiPolygon',
        coordinates: polygons.map((rings) => rings.map((ring) => [...ring, ring[0]!].map((node) => positions[node]!))),
      },
    ])
}

/** Which district a point lies in, by the faces the districts are made of. */
export function districtFinder(layout: Layout): (point: Xy) => 'east' | 'west' {
  const faces = layout.faces.map((face) => ({
    ring: face.ring,
    district: districtOf(layout, placeIn(face)),
    low: [Math.min(...face.ring.map(([x]) => x)), Math.min(...face.ring.map(([, y]) => y))],
    high: [Math.max(...face.ring.map(([x]) => x)), Math.max(...face.ring.map(([, y]) => y))],
  }))
  return (point) => {
    const face = faces.find(
      ({ ring, low, high }) =>
        point[0] >= low[0]! &&
        point[0] <= high[0]! &&
        point[1] >= low[1]! &&
        point[1] <= high[1]! &&
        isInside(point, ring),
    )
    return face?.district ?? districtOf(layout, point)
  }
}
