import type { VenueInput } from '../../server/venues/schemas.ts'

export type VenueKind = VenueInput['kind']

export interface VenuePlan {
  kind: VenueKind
  count: number
  /** Codes of the kind in the registers: Amap type, GB/T 4754 industry. */
  poi_code?: string
  industry_code?: string
  /** The licence that goes with the kind: the head of its number and its years. */
  licence?: { head: string; years: number }
}

const plan = (
  kind: VenueKind,
  count: number,
  poi_code?: string,
  industry_code?: string,
  head?: string,
  years = 5,
): VenuePlan => ({
  kind,
  count,
  ...(poi_code && { poi_code }),
  ...(industry_code && { industry_code }),
  ...(head && { licence: { head, years } }),
})

/** Kinds that some rule of the demo speaks of: placed by their distance to schools. */
export const REGULATED: VenuePlan[] = [
  plan('internet_cafe', 46, '080308', '9013', '澄文网许字', 5),
  plan('song_dance', 58, '080302', '9011', '澄文娱许字', 2),
  plan('bar', 42, '080304', '6233', '澄食许字', 5),
  plan('amusement_arcade', 24, '080305', '9012', '澄文娱许字', 2),
  plan('lottery_outlet', 140, '071800', '9041', '澄彩代字', 3),
  plan('lottery_exclusive', 8, '071800', '9042', '澄彩代字', 3),
  plan('tobacco', 410, '061210', '5227', '澄烟零字', 5),
  plan('e_cigarette', 22, '061210', '5227', '澄烟电字', 5),
]

export const ORDINARY: VenuePlan[] = [
  plan('restaurant', 2780, '050000', '6210', '澄食许字', 5),
  plan('convenience', 1290, '060200', '5213', '澄食许字', 5),
  plan('training', 390, '141400', '8391', '澄民办字', 4),
  plan('clinic', 320, '090300', '8425', '澄卫诊字', 5),
  plan('rental_house', 270),
  plan('small_hotel', 240, '100200', '6129', '澄公特旅字', 3),
  plan('chess_cards', 190, '080306', '9019'),
  plan('workshop', 230),
  plan('bookshop', 170, '061205', '5243', '澄新出发字', 5),
  plan('after_school_care', 165, '141400', '8394'),
  plan('bath_house', 150, '071400', '8051', '澄卫公字', 4),
  plan('hotel', 135, '100100', '6121', '澄公特旅字', 3),
  plan('meal_table', 110, undefined, '6291'),
  plan('billiards', 48, '080113', '8930'),
  plan('market', 42, '060703'),
  plan('adult_shop', 28),
  plan('script_murder', 22, '080500', '9019'),
  plan('esports_hotel', 16, '100105', '6129', '澄公特旅字', 3),
  plan('escape_room', 12, '080500', '9019'),
  plan('cinema', 11, '080601', '8760'),
  plan('other', 1560, '070000'),
]
