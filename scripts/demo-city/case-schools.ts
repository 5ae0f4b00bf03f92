import type { ReservedCampuses } from './case-campuses.ts'
import { withHole } from './case-campuses.ts'
import { distance } from './plane.ts'
import type { Random } from './random.ts'
import type { School } from './school.ts'
import type { SchoolKind, SchoolSort } from './school-plan.ts'
import { caseSchool } from './special-cases.ts'

/** The school of every special case. */
export type CaseSchools = Map<string, School>

interface Wanted {
  name: string
  sorts: SchoolSort[]
  change?: Partial<School>
  suits?: (school: School) => boolean
}

export const COUNTED: SchoolKind[] = ['primary', 'junior', 'senior', 'secondary_vocational', 'special']

export const isCounted = (school: School): boolean =>
  school.status === 'open' && school.kinds.some((kind) => COUNTED.includes(kind))

// Errors of half a metre keep the case on its side of the limit; exact cases have none at all.
const SURVEYED: Partial<School> = { position_error_m: 0.5 }
const EXACT: Partial<School> = { position_error_m: 0 }

const wanted = (today: string): Wanted[] => [
  { name: 'higher-only', sorts: ['higher'] },
  { name: 'kindergarten-only', sorts: ['kindergarten'] },
  { name: 'back-gate', sorts: ['nine_year', 'senior', 'complete_middle', 'junior', 'primary'], suits: hasBackGate },
  { name: 'hole', sorts: ['senior', 'twelve_year', 'complete_middle', 'nine_year'] },
  { name: 'inside-campus', sorts: ['vocational'] },
  { name: 'internal-facility', sorts: ['senior', 'complete_middle'] },
  { name: 'several-kinds', sorts: ['primary_with_kindergarten'] },
  {
    name: 'point-only',
    sorts: ['village_primary'],
    change: { isPointOnly: true, hasGates: false, position_error_m: 25 },
  },
  { name: 'no-gate', sorts: ['village_primary'], change: { isPointOnly: false, hasGates: false } },
  {
    name: 'predates-school',
    sorts: ['nine_year', 'junior'],
    change: { established_on: `${Number(today.slice(0, 4)) - 7}-09-01` },
  },
  { name: 'fire-exit', sorts: ['complete_middle', 'junior'] },
  { name: 'exact-lte', sorts: ['primary'], change: EXACT },
  { name: 'exact-lt', sorts: ['junior', 'primary'], change: EXACT },
  { name: 'stall-exact', sorts: ['primary'], change: EXACT },
  { name: 'stall-at-gate', sorts: ['primary'] },
  { name: 'licence-expiring', sorts: ['primary'] },
  { name: 'licence-running', sorts: ['junior', 'primary'] },
  { name: 'licence-expired', sorts: ['primary'] },
  { name: 'borderline', sorts: ['primary'] },
  { name: 'closed-venue', sorts: ['junior', 'primary'] },
  { name: 'planned-school', sorts: ['primary'], change: { status: 'planned' } },
  { name: 'closed-school', sorts: ['primary', 'kindergarten'], change: { status: 'closed' } },
]

function hasBackGate({ campus }: School): boolean {
  return campus.gates.some(({ kind }) => kind === 'back')
}

/** Chooses the loneliest suitable school for each case and changes it as the case demands, in place. */
export function chooseCaseSchools(
  random: Random,
  schools: School[],
  reserved: ReservedCampuses,
  today: string,
): CaseSchools {
  const chosen: CaseSchools = new Map()
  const take = (name: string, school: School, change: Partial<School> = {}) => {
    const isPlain = change.isPointOnly === undefined
    const kept = isPlain ? { isPointOnly: false, hasGates: change.hasGates ?? true } : {}
    Object.assign(school, SURVEYED, kept, change, { external_id: caseSchool(name), isCase: true })
    if (school.status === 'planned') school.name += '（筹建）'
    chosen.set(name, school)
  }
  for (const [name, campus] of Object.entries(reserved)) {
    take(name, schools.find((school) => school.campus.blocks[0] === campus.blocks[0])!)
  }
  for (const { name, sorts, change, suits } of wanted(today)) {
    const free = schools.filter(
      (school) => !school.isCase && sorts.includes(school.campus.plan.sort) && (suits?.(school) ?? true),
    )
    const school = name === 'hole' ? drill(random, free) : loneliest(schools, free)
    if (!school) throw new Error(`no school for the case ${name}`)
    take(name, school, change)
  }
  return chosen
}

/** The school farthest from the next one that counts for the same rules. */
function loneliest(schools: readonly School[], free: readonly School[]): School | undefined {
  const others = schools.filter((other) => isCounted(other) || other.isCase)
  const gap = (school: School) =>
    Math.min(
      ...others.map((other) => (other === school ? Infinity : distance(other.campus.centre, school.campus.centre))),
    )
  return free.map((school) => ({ school, gap: gap(school) })).sort((a, b) => b.gap - a.gap)[0]?.school
}

function drill(random: Random, free: readonly School[]): School | undefined {
  for (const school of free) {
    const campus = withHole(random, school.campus)
    if (campus) return Object.assign(school, { campus })
  }
  return undefined
}
