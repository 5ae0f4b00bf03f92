import type { BellTime, GateInput, SchoolInput } from '../../server/schools/schemas.ts'
import { bellTimes } from './bell-times.ts'
import type { Campus } from './campuses.ts'
import { addDays, dateBetween } from './dates.ts'
import type { Layout } from './layout.ts'
import { closedRing, lonLat, settled } from './projection.ts'
import type { Random } from './random.ts'
import { DISTRICTS } from './region-plan.ts'
import type { School } from './school.ts'
import { SchoolNames } from './school-names.ts'
import { nearestVillage } from './zones.ts'

interface SchoolSetting {
  layout: Layout
  villages: readonly string[]
  districtAt: (point: Campus['centre']) => 'east' | 'west'
  today: string
}

/** Gives every campus its school. */
export function buildSchools(random: Random, setting: SchoolSetting, campuses: readonly Campus[]): School[] {
  const { layout, today } = setting
  const names = new SchoolNames(random)
  return campuses.map((campus, index): School => {
    const district = setting.districtAt(campus.centre)
    const village = setting.villages[nearestVillage(layout.land, campus.centre)]!
    const street = layout.streets.of(campus.gates[0]!.street)?.name ?? null
    const { students, kinds, sort } = campus.plan
    const isSmall = sort === 'kindergarten' || sort === 'village_kindergarten' || sort === 'village_primary'
    const isPointOnly = isSmall && random.chance(0.16)
    return {
      campus: { ...campus, centre: settled(campus.centre) },
      external_id: `S-${String(index + 1).padStart(4, '0')}`,
      name: names.next(sort, { district: DISTRICTS[district].name, street, village }),
      district,
      kinds,
      status: 'open',
      isPointOnly,
      hasGates: !isPointOnly,
      position_error_m: isPointOnly ? random.pick([15, 20, 30]) : random.pick([1, 2, 3, 3]),
      established_on: dateBetween(random, isSmall ? '1998-09-01' : '1956-09-01', addDays(today, -1400)).replace(
        /\d\d-\d\d$/,
        '09-01',
      ),
      students: random.int(...students),
      isCase: false,
      address: DISTRICTS[district].name + (street ? `${street}${random.int(1, 320)}号` : village),
    }
  })
}

export function toSchoolInput(random: Random, school: School): SchoolInput {
  return {
    source: 'demo',
    external_id: school.external_id,
    name: school.name,
    kinds: school.kinds,
    status: school.status,
    address: school.address,
    students: school.status === 'open' ? school.students : null,
    established_on: school.status === 'planned' ? null : school.established_on,
    position_error_m: school.position_error_m,
    bell_times: school.status === 'open' ? bells(random, school) : [],
    geometry: siteOf(school),
  }
}

const bells = (random: Random, { campus }: School): BellTime[] => bellTimes(random, campus.plan.sort)

function siteOf({ campus, isPointOnly }: School): SchoolInput['geometry'] {
  if (isPointOnly) return { type: 'Point', coordinates: lonLat(campus.centre) }
  const polygons = campus.parts.map((ring, index) =>
    index === 0 && campus.hole ? [closedRing(ring), closedRing(campus.hole)] : [closedRing(ring)],
  )
  if (polygons.length === 1) return { type: 'Polygon', coordinates: polygons[0]! }
  return { type: 'MultiPolygon', coordinates: polygons }
}

const GATE_NAMES = { main: '正门', side: '侧门', back: '后门' } as const
const SIDES = ['东门', '北门', '西门', '南门'] as const

export function toGateInputs(school: School): GateInput[] {
  if (!school.hasGates) return []
  return school.campus.gates.map((gate, index) => {
    const quarter = Math.round(Math.atan2(gate.outward[1], gate.outward[0]) / (Math.PI / 2))
    return {
      source: 'demo',
      external_id: `${school.external_id}-G${index + 1}`,
      school_external_id: school.external_id,
      name: `${SIDES[(quarter + 4) % 4]!}（${GATE_NAMES[gate.kind]}）`,
      kind: gate.kind,
      is_student_gate: gate.isStudentGate,
      position_error_m: Math.min(school.position_error_m, 1),
      geometry: { type: 'Point', coordinates: lonLat(gate.point) },
    }
  })
}
