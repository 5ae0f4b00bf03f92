// The kinds of venues and schools the rules speak of, with their names on screen. Written once: schemas, rules, maps
// and forms are built from these lists.

export const VENUE_KINDS = [
  'internet_cafe',
  'song_dance',
  'bar',
  'amusement_arcade',
  'billiards',
  'chess_cards',
  'lottery_outlet',
  'lottery_exclusive',
  'esports_hotel',
  'script_murder',
  'escape_room',
  'hotel',
  'small_hotel',
  'rental_house',
  'tobacco',
  'e_cigarette',
  'convenience',
  'market',
  'street_stall',
  'bookshop',
  'restaurant',
  'meal_table',
  'after_school_care',
  'training',
  'bath_house',
  'adult_shop',
  'clinic',
  'cinema',
  'workshop',
  'other',
] as const
export type VenueKind = (typeof VENUE_KINDS)[number]

export const VENUE_GROUPS = ['internet_cafe', 'entertainment', 'lottery', 'stall', 'other'] as const
export type VenueGroup = (typeof VENUE_GROUPS)[number]

export interface VenueKindInfo {
  zh: string
  en: string
  group: VenueGroup
  /** Whether some national or local rule forbids or restricts the kind near schools. */
  regulated: boolean
}

const kind = (zh: string, en: string, group: VenueGroup, regulated: boolean): VenueKindInfo => ({
  zh,
  en,
  group,
  regulated,
})

export const VENUE_KIND_INFO: Record<VenueKind, VenueKindInfo> = {
  internet_cafe: kind('网吧', 'Internet café', 'internet_cafe', true),
  song_dance: kind('歌舞娱乐场所', 'Karaoke, dance hall or nightclub', 'entertainment', true),
  bar: kind('酒吧', 'Bar', 'entertainment', true),
  amusement_arcade: kind('游艺娱乐场所', 'Amusement arcade', 'entertainment', true),
  billiards: kind('台球厅', 'Billiard hall', 'entertainment', true),
  chess_cards: kind('棋牌室', 'Chess and card room', 'entertainment', true),
  lottery_outlet: kind('彩票销售网点', 'Lottery outlet', 'lottery', true),
  lottery_exclusive: kind('彩票专营店', 'Exclusive lottery shop', 'lottery', true),
  esports_hotel: kind('电竞酒店', 'E-sports hotel', 'internet_cafe', true),
  script_murder: kind('剧本杀', 'Murder-mystery venue', 'entertainment', true),
  escape_room: kind('密室逃脱', 'Escape room', 'entertainment', true),
  hotel: kind('宾馆酒店', 'Hotel', 'other', false),
  small_hotel: kind('旅馆民宿', 'Guest house', 'other', false),
  rental_house: kind('出租房', 'Rental housing', 'other', false),
  tobacco: kind('烟酒零售点', 'Tobacco and alcohol shop', 'other', true),
  e_cigarette: kind('电子烟零售点', 'E-cigarette shop', 'other', true),
  convenience: kind('便利店', 'Convenience shop', 'other', false),
  market: kind('市场', 'Market', 'other', false),
  street_stall: kind('流动摊点', 'Street stall', 'stall', true),
  bookshop: kind('书报文具音像店', 'Book, stationery or media shop', 'other', false),
  restaurant: kind('餐饮店', 'Restaurant', 'other', false),
  meal_table: kind('小饭桌', 'Pupils’ meal table', 'other', false),
  after_school_care: kind('校外托管', 'After-school care', 'other', false),
  training: kind('培训机构', 'Training centre', 'other', false),
  bath_house: kind('洗浴足浴', 'Bath house', 'other', false),
  adult_shop: kind('成人用品店', 'Adult shop', 'other', true),
  clinic: kind('诊所', 'Clinic', 'other', false),
  cinema: kind('影剧院', 'Cinema or theatre', 'other', false),
  workshop: kind('作坊工厂', 'Workshop', 'other', false),
  other: kind('其他', 'Other', 'other', false),
}

export const SCHOOL_KINDS = [
  'primary',
  'junior',
  'senior',
  'secondary_vocational',
  'special',
  'specialized',
  'kindergarten',
  'higher',
  'training',
] as const
export type SchoolKind = (typeof SCHOOL_KINDS)[number]

export interface SchoolKindInfo {
  zh: string
  en: string
  /** Whether any rule protects it: universities and training centres are no schools in the sense of the law. */
  counted: boolean
}

export const SCHOOL_KIND_INFO: Record<SchoolKind, SchoolKindInfo> = {
  primary: { zh: '小学', en: 'Primary school', counted: true },
  junior: { zh: '初中', en: 'Junior middle school', counted: true },
  senior: { zh: '高中', en: 'Senior middle school', counted: true },
  secondary_vocational: { zh: '中等职业学校', en: 'Secondary vocational school', counted: true },
  special: { zh: '特殊教育学校', en: 'Special-education school', counted: true },
  specialized: { zh: '专门学校', en: 'Specialized school', counted: true },
  kindergarten: { zh: '幼儿园', en: 'Kindergarten', counted: true },
  higher: { zh: '高等院校', en: 'Higher education', counted: false },
  training: { zh: '培训机构', en: 'Training centre', counted: false },
}
