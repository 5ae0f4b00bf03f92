import type { RuleInput, RuleSource } from '../../server/rules/schemas.ts'
import { CITY, DISTRICTS } from './region-plan.ts'

/** What the demo city applies: sources and rules of its own, and the codes to switch on, national ones included. */
export interface DemoRules {
  sources: RuleSource[]
  rules: RuleInput[]
  activate: string[]
}

const MINORS: RuleInput['school_kinds'] = [
  'primary',
  'junior',
  'senior',
  'secondary_vocational',
  'special',
  'specialized',
]
const MINORS_AND_KINDERGARTENS: RuleInput['school_kinds'] = [...MINORS, 'kindergarten']

const NOT_LAW =
  '演示规则，不是现行法律规定，仅在虚构的澄川市内使用。A demo rule, not law; it applies in the invented city of Chengchuan only.'

function source(code: string, title: string, fields: Partial<RuleSource>): RuleSource {
  return {
    code,
    title,
    doc_no: null,
    issuer: '澄川市（虚构）',
    jurisdiction: CITY.code,
    level: 'demo',
    promulgated_on: null,
    effective_from: null,
    effective_to: null,
    url: null,
    evidence_grade: 'C',
    notes: NOT_LAW,
    ...fields,
  }
}

/** Licences issued before the first day of the year before last are tolerated until they run out. */
export const cutOff = (today: string): string => `${Number(today.slice(0, 4)) - 2}-01-01`

export function demoRules(today: string): DemoRules {
  const from = cutOff(today)
  const sources = [
    source('DEMO-FOUR-PROHIBITIONS', '演示：校园周边200米安全区“四个禁止”', {
      level: 'action_plan',
      evidence_grade: 'S',
    }),
    source('DEMO-STALLS', '演示：校园周边50米占道摊点清理', { level: 'action_plan', evidence_grade: 'S' }),
    source('DEMO-TOBACCO', '演示：校门50米内不设烟草零售点', {}),
    source('DEMO-WALK-PILOT', '演示：西岸区行走距离试点', { jurisdiction: DISTRICTS.west.code }),
  ]
  return {
    sources,
    rules: [entertainment(from), lottery(from), stalls(from), tobacco(from), walkPilot(from)],
    activate: [
      'CN-NET-200',
      'DEMO-ENT-200',
      'DEMO-LOTTERY-200',
      'DEMO-STALL-50',
      'DEMO-TOBACCO-GATE-50',
      'DEMO-WEST-NET-WALK-200',
    ],
  }
}

type Fields = Omit<RuleInput, 'severity' | 'jurisdiction' | 'evidence_grade' | 'notes'> & Partial<RuleInput>

const rule = (fields: Fields): RuleInput => ({
  severity: 'prohibit',
  jurisdiction: CITY.code,
  evidence_grade: 'S',
  notes: NOT_LAW,
  ...fields,
})

const entertainment = (effective_from: string) =>
  rule({
    code: 'DEMO-ENT-200',
    source_code: 'DEMO-FOUR-PROHIBITIONS',
    title_zh: '演示：校园周边200米内禁设歌舞厅、游戏厅、酒吧',
    title_en: 'Demo: no karaoke, arcade or bar within 200 m of a campus',
    summary_zh:
      '演示城市的学校、幼儿园边界外直线200米以内不得开办歌舞厅、游戏厅和酒吧，先于学校开办的作为历史遗留处理。',
    summary_en:
      'In the demo city no karaoke, arcade or bar may open within 200 metres of a campus boundary; those older than the school are legacy cases.',
    venue_kinds: ['song_dance', 'amusement_arcade', 'bar'],
    school_kinds: MINORS_AND_KINDERGARTENS,
    threshold_m: 200,
    comparator: 'lte',
    measure_from: 'boundary_any',
    // Any door, so that a fire exit nearer than the entrance decides.
    measure_to: 'door_any',
    metric: 'straight',
    owner_department: '文化和旅游局',
    co_departments: ['公安局', '市场监督管理局'],
    grandfather_policy: 'predates_school',
    effective_from,
  })

const lottery = (effective_from: string) =>
  rule({
    code: 'DEMO-LOTTERY-200',
    source_code: 'DEMO-FOUR-PROHIBITIONS',
    title_zh: '演示：彩票网点距校园不少于200米',
    title_en: 'Demo: lottery outlets at least 200 m from a campus',
    summary_zh: '演示城市的彩票销售网点和专营店距学校、幼儿园边界直线不得少于200米。',
    summary_en: 'In the demo city a lottery outlet must be at least 200 metres from a campus boundary.',
    venue_kinds: ['lottery_outlet', 'lottery_exclusive'],
    school_kinds: MINORS_AND_KINDERGARTENS,
    threshold_m: 200,
    comparator: 'lt',
    measure_from: 'boundary_any',
    measure_to: 'door_nearest',
    metric: 'straight',
    owner_department: '民政局/体育局',
    effective_from,
  })

const stalls = (effective_from: string) =>
  rule({
    code: 'DEMO-STALL-50',
    source_code: 'DEMO-STALLS',
    title_zh: '演示：校园周边50米内禁止占道摆摊',
    title_en: 'Demo: no street stall within 50 m of a campus',
    summary_zh: '演示城市的学校、幼儿园边界外50米以内不得占道摆摊。',
    summary_en: 'In the demo city no street stall may stand within 50 metres of a campus boundary.',
    venue_kinds: ['street_stall'],
    school_kinds: MINORS_AND_KINDERGARTENS,
    threshold_m: 50,
    comparator: 'lte',
    measure_from: 'boundary_any',
    measure_to: 'any',
    metric: 'straight',
    owner_department: '城市管理局',
    co_departments: ['市场监督管理局'],
    effective_from,
  })

const tobacco = (effective_from: string) =>
  rule({
    code: 'DEMO-TOBACCO-GATE-50',
    source_code: 'DEMO-TOBACCO',
    title_zh: '演示：任一校门50米（含）内不设烟草和电子烟零售点',
    title_en: 'Demo: no tobacco or e-cigarette outlet within 50 m (inclusive) of any gate',
    summary_zh: '演示城市任一校门50米（含）以内不设烟草、电子烟零售点，此前开办的到许可证期满为止。',
    summary_en:
      'In the demo city no tobacco or e-cigarette outlet within 50 metres, inclusive, of any gate; older ones may stay until their licence runs out.',
    evidence_grade: 'C',
    venue_kinds: ['tobacco', 'e_cigarette'],
    school_kinds: MINORS_AND_KINDERGARTENS,
    threshold_m: 50,
    comparator: 'lte',
    measure_from: 'gate_any',
    measure_to: 'door_nearest',
    metric: 'straight',
    owner_department: '烟草专卖局',
    grandfather_policy: 'until_licence_expiry',
    grandfather_before: effective_from,
    effective_from,
  })

const walkPilot = (effective_from: string) =>
  rule({
    code: 'DEMO-WEST-NET-WALK-200',
    source_code: 'DEMO-WALK-PILOT',
    title_zh: '演示：西岸区上网和娱乐场所任一门到任一校门行走不少于200米',
    title_en: 'Demo: in the western district at least 200 m on foot from any door to any school gate',
    summary_zh: '西岸区试点按行人路线量距，上网和娱乐场所任一进出门到中小学任一校门的行走距离不得少于200米。',
    summary_en:
      'The western pilot measures on foot: at least 200 metres from any door of an internet or entertainment venue to any school gate.',
    evidence_grade: 'C',
    jurisdiction: DISTRICTS.west.code,
    venue_kinds: ['internet_cafe', 'song_dance', 'amusement_arcade', 'bar'],
    school_kinds: MINORS,
    threshold_m: 200,
    comparator: 'lt',
    measure_from: 'gate_any',
    measure_to: 'door_any',
    metric: 'walking',
    severity: 'restrict',
    owner_department: '文化和旅游局',
    effective_from,
  })
