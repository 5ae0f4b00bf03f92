import type { RoadInput } from '../../server/roads/schemas.ts'

export type StreetClass = RoadInput['class']

/** One named street; its edges are cut out of strokes that carry its number as their tag. */
export interface Street {
  name: string | null
  class: StreetClass
  oneway: 'no' | 'forward'
  crossing: NonNullable<RoadInput['crossing']> | null
  /** How many shops the street draws, 1 is usual. */
  trade: number
}

/** Tags below zero are lines that are no street. */
export const RIVER_LINE = -1
export const CITY_BORDER = -2
/** An edge where a block was cut without a street. */
export const FENCE = -3

const KERB_M: Partial<Record<StreetClass, number>> = {
  trunk: 24,
  primary: 19,
  secondary: 14,
  tertiary: 10,
  residential: 7,
  pedestrian: 7,
  track: 6,
}

/** From the middle of a street to the building line. */
export const kerbOf = (streetClass: StreetClass): number => KERB_M[streetClass] ?? 4

export class Streets {
  readonly all: Street[] = []

  open(street: Partial<Street> & Pick<Street, 'class'>): number {
    this.all.push({ name: null, oneway: 'no', crossing: null, trade: 1, ...street })
    return this.all.length - 1
  }

  of(tag: number): Street | undefined {
    return this.all[tag]
  }
}
