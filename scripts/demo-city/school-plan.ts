import type { SchoolInput } from '../../server/schools/schemas.ts'
import type { Fabric } from './zones.ts'

export type SchoolKind = SchoolInput['kinds'][number]

/** How many campuses of a sort to build, and how. Areas in square metres. */
export interface SchoolPlan {
  sort: SchoolSort
  kinds: SchoolKind[]
  count: number
  least_m2: number
  most_m2: number
  /** From other campuses of the same sort, metres. */
  spacing_m: number
  gates: [least: number, most: number]
  students: [least: number, most: number]
  fabrics: Fabric[]
}

export type SchoolSort =
  | 'higher'
  | 'vocational'
  | 'twelve_year'
  | 'senior'
  | 'complete_middle'
  | 'nine_year'
  | 'junior'
  | 'specialized'
  | 'special'
  | 'primary_with_kindergarten'
  | 'primary'
  | 'village_primary'
  | 'kindergarten'
  | 'village_kindergarten'

const TOWN: Fabric[] = ['old', 'inner', 'new', 'outer']
const WIDE: Fabric[] = ['new', 'outer', 'inner']

type Row = [SchoolSort, SchoolKind[], number, number, number, number, [number, number], [number, number], Fabric[]]

// Largest first: they are the hardest to place.
const ROWS: Row[] = [
  ['higher', ['higher'], 2, 70_000, 260_000, 2500, [3, 4], [6000, 15_000], ['new', 'outer']],
  ['vocational', ['secondary_vocational'], 6, 34_000, 80_000, 1500, [2, 3], [1500, 4200], ['new', 'outer']],
  ['twelve_year', ['primary', 'junior', 'senior'], 3, 32_000, 62_000, 2000, [3, 4], [2600, 4200], WIDE],
  ['senior', ['senior'], 9, 28_000, 60_000, 1200, [2, 4], [1800, 4000], WIDE],
  ['complete_middle', ['junior', 'senior'], 6, 26_000, 52_000, 1200, [2, 3], [2000, 3800], TOWN],
  ['nine_year', ['primary', 'junior'], 9, 18_000, 38_000, 1000, [2, 3], [1600, 3000], TOWN],
  ['junior', ['junior'], 14, 13_000, 30_000, 800, [1, 3], [900, 2200], TOWN],
  ['specialized', ['specialized'], 1, 13_000, 26_000, 0, [1, 1], [60, 120], ['outer']],
  ['special', ['special'], 2, 7_000, 15_000, 1500, [1, 2], [90, 260], ['inner', 'new', 'outer']],
  ['primary_with_kindergarten', ['primary', 'kindergarten'], 5, 9_000, 22_000, 900, [2, 3], [900, 1700], TOWN],
  ['primary', ['primary'], 34, 7_500, 19_000, 620, [1, 3], [700, 2200], TOWN],
  ['village_primary', ['primary'], 9, 4_000, 9_500, 1200, [1, 2], [90, 420], ['village']],
  ['kindergarten', ['kindergarten'], 50, 2_400, 6_500, 430, [1, 2], [120, 420], TOWN],
  ['village_kindergarten', ['kindergarten'], 10, 1_500, 4_500, 900, [1, 1], [50, 160], ['village']],
]

export const SCHOOL_PLANS: SchoolPlan[] = ROWS.map(
  ([sort, kinds, count, least_m2, most_m2, spacing_m, gates, students, fabrics]) => ({
    sort,
    kinds,
    count,
    least_m2,
    most_m2,
    spacing_m,
    gates,
    students,
    fabrics,
  }),
)
