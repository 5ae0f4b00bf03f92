import type { BellTime } from '../../server/schools/schemas.ts'
import type { Random } from './random.ts'
import type { SchoolSort } from './school-plan.ts'

type Period = BellTime['period']
type Window = [period: Period, starts: string, ends: string]

const NURSERY: Window[] = [
  ['arrival', '07:50', '08:30'],
  ['dismissal', '16:40', '17:30'],
]
const PRIMARY: Window[] = [
  ['arrival', '07:30', '08:00'],
  ['noon_dismissal', '11:40', '12:10'],
  ['noon_arrival', '13:40', '14:10'],
  ['dismissal', '16:30', '17:40'],
]
const JUNIOR: Window[] = [
  ['arrival', '07:10', '07:40'],
  ['noon_dismissal', '11:50', '12:20'],
  ['noon_arrival', '13:50', '14:20'],
  ['dismissal', '17:30', '18:10'],
]
const SENIOR: Window[] = [
  ['arrival', '06:50', '07:20'],
  ['noon_dismissal', '12:00', '12:40'],
  ['noon_arrival', '13:50', '14:20'],
  ['dismissal', '17:40', '18:20'],
  ['evening_dismissal', '21:50', '22:30'],
]

const WINDOWS: Record<SchoolSort, Window[]> = {
  kindergarten: NURSERY,
  village_kindergarten: NURSERY,
  primary: PRIMARY,
  village_primary: PRIMARY,
  primary_with_kindergarten: PRIMARY,
  special: PRIMARY,
  junior: JUNIOR,
  nine_year: JUNIOR,
  specialized: JUNIOR,
  senior: SENIOR,
  complete_middle: SENIOR,
  twelve_year: SENIOR,
  vocational: SENIOR,
  higher: [],
}

const BOARDERS: SchoolSort[] = ['senior', 'complete_middle', 'twelve_year', 'vocational', 'specialized']
const WEEKDAYS = [1, 2, 3, 4, 5]

/** Term-time windows, moved as a whole by up to a quarter of an hour; boarders go home on Friday and return on Sunday. */
export function bellTimes(random: Random, sort: SchoolSort): BellTime[] {
  const shift = random.int(-3, 3) * 5
  const times = WINDOWS[sort].map(([period, starts, ends]): BellTime => {
    // Evening study has no Friday.
    const weekdays = period === 'evening_dismissal' ? WEEKDAYS.slice(0, 4) : WEEKDAYS
    return { period, day_type: 'term', weekdays, starts: later(starts, shift), ends: later(ends, shift), label: null }
  })
  if (!BOARDERS.includes(sort)) return times
  return [
    ...times,
    {
      period: 'arrival',
      day_type: 'boarding_return',
      weekdays: [7],
      starts: '16:30',
      ends: '18:30',
      label: '寄宿生返校',
    },
    {
      period: 'dismissal',
      day_type: 'exam',
      weekdays: WEEKDAYS,
      starts: '11:30',
      ends: '12:00',
      label: '考试周提前放学',
    },
  ]
}

function later(time: string, minutes: number): string {
  const [hour, minute] = time.split(':').map(Number)
  const all = hour! * 60 + minute! + minutes
  return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`
}
