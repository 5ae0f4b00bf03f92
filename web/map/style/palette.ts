import type { FindingState } from '../../stores/filters.ts'

/**
 * Colours of the map. Ground and roads stay pale, venues slate: only findings may shout. State colours keep 4.5:1 on
 * white and differ in lightness; every state also has its own shape (icons/shapes.ts), so colour never stands alone.
 */
export const STATE_COLOURS: Record<FindingState, string> = {
  suspected: '#b42318',
  borderline: '#8a5200',
  needs_field_measure: '#6b3fa0',
  legacy: '#2f5d7c',
  exempt: '#5b6470',
}

export const INK = {
  outside: '#e6eaee',
  land: ['#f9f8f4', '#f5f7f4', '#f8f5f1', '#f4f6f8'],
  district: '#8b7fa8',
  township: '#b3abc4',
  police: '#3f7cac',
  region_label: '#5d5479',
  road_label: '#4f5661',
  casing: '#cdd3da',
  casing_major: '#d8bf86',
  casing_bridge: '#8b95a3',
  road: '#ffffff',
  road_major: '#fbeecb',
  road_motorway: '#f6dca0',
  path: '#c3b8a6',
  campus: '#cfe0f6',
  campus_line: '#1f5fbf',
  zone_fill: '#2f7be8',
  school: '#1f5fbf',
  school_label: '#12305a',
  halo: '#ffffff',
  venue_dot: '#98a2b0',
  draft: '#0b7a53',
} as const

/** Rings: the nearer the threshold, the deeper the blue. */
export const ZONE_COLOURS: readonly (readonly [threshold_m: number, colour: string])[] = [
  [0, '#0b3d91'],
  [75, '#1f5fbf'],
  [150, '#4b86d8'],
  [400, '#85abe0'],
]

export function zoneColour(threshold_m: number): string {
  let colour = ZONE_COLOURS[0]?.[1] ?? '#1f5fbf'
  for (const [from, step] of ZONE_COLOURS) if (threshold_m >= from) colour = step
  return colour
}

/** Muted badge colour of a venue by its group; unknown groups are plain slate. */
const GROUP_COLOURS: Record<string, string> = {
  internet_cafe: '#45568a',
  entertainment: '#6a4f80',
  lottery: '#7d6230',
  stall: '#6e5a4f',
}
export const groupColour = (group: string): string => GROUP_COLOURS[group] ?? '#566377'
