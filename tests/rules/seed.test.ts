import { existsSync, readFileSync } from 'node:fs'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { type RuleInput, RuleSeed } from '../../server/rules/schemas.ts'

const seed: unknown = JSON.parse(readFileSync(new URL('../../db/seed/rules.json', import.meta.url), 'utf8'))
const { sources, rules } = seed as RuleSeed

const UNKNOWN_DATE = '9999-12-31'

/** Which rule codes carry each row of the collected rule table. */
const SEEDED: Record<string, string[]> = {
  'N-01': ['CN-NET-200'],
  'N-02': ['CN-NET-WALK-200'],
  'N-07': ['CN-LOTTERY-200', 'CN-LOTTERY-EXCL-600'],
  'L-01': ['HA-NET-ENT-200'],
  'L-02': ['HA-STALL-GATE-50'],
  'L-03': ['HA-AY-NET-ENT-200', 'HA-AY-ADULT-200'],
  'L-04': ['HA-AY-STALL-GATE-50'],
  'L-06': ['HA-JZ-NET-ENT-200', 'HA-JZ-LOTTERY-200'],
  'L-07': ['HA-JZ-STALL-MAIN-100', 'HA-JZ-MARKET-MAIN-100'],
  'L-08': ['HA-NY-NET-200', 'HA-NY-LOTTERY-200'],
  'L-09': ['HA-LY-NET-200'],
  'L-10': ['HA-LY-MARKET-MAIN-50'],
  'L-11': ['HA-SQ-STALL-GATE-200'],
  'L-12': ['BJ-NET-ENT-200', 'BJ-BAR-200'],
  'L-13': ['BJ-TOBACCO-100'],
  'L-14': ['BJ-LOTTERY-SPORT-200'],
  'L-15': ['BJ-LOTTERY-WELFARE-200'],
  'L-16': ['SH-NET-ENT-200', 'SH-BAR-200'],
  'L-18': ['SH-STALL-GATE-100'],
  'L-19': ['ZJ-NET-200'],
  'L-20': ['ZJ-STALL-DRAWN', 'ZJ-STALL-DEFAULT-100'],
  'L-21': ['ZJ-NB-NET-ENT-WALK-200'],
  'L-22': ['SD-JN-NET-ENT-200', 'SD-JN-ADULT-200', 'SD-ZB-NET-ENT-200', 'SD-ZB-ADULT-200'],
  'L-23': ['SD-STALL-DRAWN'],
  'L-25': ['CQ-TOBACCO-GATE-50'],
  'L-27': ['HB-NET-ENT-200'],
  'L-28': ['HB-ADULT-200', 'HB-STALL-200'],
  'L-29': ['HB-TOBACCO-50', 'HB-LOTTERY-50', 'HB-TOBACCO-INSPECT-200', 'HB-LOTTERY-INSPECT-200'],
  'L-30': ['GD-NET-WALK-200', 'GD-NET-WALK-K-100'],
  'L-32': ['SC-NET-WALK-200'],
  'L-33': ['SC-LMT-TOBACCO-WALK-50'],
  'L-34': ['GS-NET-ENT-200', 'GS-STALL-GATE-50'],
  'L-35': ['SN-STALL-GATE-30'],
  'L-37': ['JS-SQ-TOBACCO-GATE-200', 'JS-SQ-TOBACCO-GATE-K-100'],
  'L-38': ['GD-FS-TOBACCO-WALK-100', 'GD-FS-TOBACCO-WALK-K-50'],
  'L-39': ['HB-WH-TOBACCO-GATE-50'],
  'L-40': ['HE-TS-TOBACCO-GATE-100'],
  'L-41': ['JS-YZ-TOBACCO-GATE-100'],
  'L-42': ['TJ-ECIG-WALK-200'],
  'L-43': ['HI-WN-TOBACCO-WALK-80'],
  'L-44': ['NX-LOTTERY-GATE-200'],
  'L-45': ['SN-LOTTERY-200'],
}

/** Rows of the table that are not seeded, each with its reason. */
const NOT_SEEDED: Record<string, string> = {
  'N-03': 'kindergartens: the province sets distance and method (未成年人保护法 art. 58, 文旅市场发〔2021〕57号)',
  'N-04': 'entertainment: the province sets distance and method (娱乐场所管理条例 art. 7, 办法 art. 6)',
  'N-05': 'no number (未成年人保护法 art. 58)',
  'N-06': 'no number (未成年人保护法 art. 59)',
  'N-08': 'e-cigarettes: the province sets the distance (电子烟管理办法)',
  'N-09': 'esports hotels: no distance to a school',
  'N-10': 'script murder, escape rooms: no distance to a school',
  'N-11': 'hotels: no distance to a school',
  'N-12': 'hazardous facilities near kindergartens: no number and no venue kind',
  'N-13': 'requires a facility: crossing and sign',
  'N-14': 'requires a facility: monitoring',
  'N-15': 'camera layer',
  'N-16': 'after-school care and training: no national distance',
  'L-05': 'requires facilities: waiting areas, signs, barriers',
  'L-17': 'distance set by departments, number not seen',
  'L-24': 'on-street parking, not a venue',
  'L-26': 'number not seen',
  'L-31': 'number not seen',
  'L-36': 'the province is not known, so there is no jurisdiction to write',
  'L-46': 'dogs at peak hours',
  'L-47': 'perimeter security, no number',
  'L-48': 'no number',
}

const byCode = new Map(rules.map((rule) => [rule.code, rule]))

function rule(code: string): RuleInput {
  const found = byCode.get(code)
  if (!found) throw new Error(`no rule ${code}`)
  return found
}

describe('rule seed', () => {
  it('has the published shape', () => {
    const errors = Value.Errors(RuleSeed, seed)
    expect(errors.slice(0, 5)).toEqual([])
    expect(Value.Check(RuleSeed, seed)).toBe(true)
  })

  it('accounts for every row of the rule table, and for nothing else', () => {
    const ids = [...range('N', 16), ...range('L', 48)]
    expect([...Object.keys(SEEDED), ...Object.keys(NOT_SEEDED)].sort()).toEqual(ids.sort())
    expect(Object.values(SEEDED).flat().sort()).toEqual([...byCode.keys()].sort())
  })

  it('has unique codes, and every source is used', () => {
    expect(byCode.size).toBe(rules.length)
    expect(new Set(sources.map((source) => source.code)).size).toBe(sources.length)
    expect(new Set(rules.map((each) => each.source_code))).toEqual(new Set(sources.map((source) => source.code)))
  })

  it('keeps each rule in the jurisdiction and grade of its source', () => {
    for (const each of rules) {
      const source = sources.find(({ code }) => code === each.source_code)
      expect([each.jurisdiction, each.evidence_grade], each.code).toEqual([
        source?.jurisdiction,
        source?.evidence_grade,
      ])
    }
  })

  it('leaves the official text to the reviewer and writes its own one-sentence summaries', () => {
    for (const each of rules) {
      expect(each.official_text ?? null, each.code).toBeNull()
      expect(each.summary_zh.match(/。/g), each.code).toHaveLength(1)
      expect(each.summary_zh, each.code).toMatch(/。$/)
      expect(each.summary_en, each.code).toMatch(/^[^\u4e00-\u9fff]+\.$/)
      expect(each.title_zh, each.code).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('says where a default is ours', () => {
    const ours = rules.filter((each) => each.threshold_m > 0 && each.comparator === 'lte')
    const exact = ['GD-FS-TOBACCO-WALK-100', 'GD-FS-TOBACCO-WALK-K-50', ...rulesOf('L-37')]
    const unsaid = ours.filter(
      (each) => !exact.includes(each.code) && !/Comparator lte is our default/.test(each.notes ?? ''),
    )
    expect(unsaid.map(({ code }) => code)).toEqual([])
  })

  it('gives drafts and unseen dates a date that never comes', () => {
    const never = rules.filter((each) => each.effective_from === UNKNOWN_DATE)
    const expected = ['L-15', 'L-34', 'L-35', 'L-43', 'L-45'].flatMap(rulesOf)
    expect(never.map(({ code }) => code).sort()).toEqual(expected.sort())
    for (const each of never) expect(each.notes, each.code).toMatch(/9999-12-31/)
    for (const each of rules.filter((one) => !never.includes(one))) {
      expect(each.effective_from <= '2026-01-01', each.code).toBe(true)
    }
  })

  const codeFile = new URL('../../../shared/data/codes/county-codes.csv', import.meta.url)
  it.skipIf(!existsSync(codeFile))('uses jurisdictions of GB/T 2260 (skips without the shared code list)', () => {
    const counties = readFileSync(codeFile, 'utf8').match(/^\d{6}/gm) ?? []
    const known = new Set(['000000', ...counties])
    for (const county of counties) known.add(`${county.slice(0, 2)}0000`).add(`${county.slice(0, 4)}00`)
    expect(sources.filter((source) => !known.has(source.jurisdiction)).map(({ code }) => code)).toEqual([])
  })
})

describe('golden facts', () => {
  it('N-01: net cafés, 200 m from any boundary point, schools that teach minors, not kindergartens', () => {
    expect(rule('CN-NET-200')).toMatchObject({
      venue_kinds: ['internet_cafe'],
      threshold_m: 200,
      comparator: 'lte',
      measure_from: 'boundary_any',
      metric: 'straight',
      effective_from: '2002-11-15',
      exempts_internal: true,
      owner_department: '文化和旅游局',
      evidence_grade: 'A',
    })
    expect(rule('CN-NET-200').school_kinds).not.toContain('kindergarten')
    expect(rule('CN-NET-200').school_kinds).not.toContain('higher')
  })

  it('L-02: Henan stalls, 50 m from any gate, no kindergartens, since 2010-12-01', () => {
    expect(rule('HA-STALL-GATE-50')).toMatchObject({
      venue_kinds: ['street_stall'],
      school_kinds: ['primary', 'junior', 'senior'],
      threshold_m: 50,
      measure_from: 'gate_any',
      jurisdiction: '410000',
      owner_department: '城市管理局',
      effective_from: '2010-12-01',
    })
  })

  it('L-29: Hubei bans within 50 m, watches to 200 m, lets tobacco run out and guides lottery away', () => {
    expect(rule('HB-TOBACCO-50')).toMatchObject({ threshold_m: 50, grandfather_policy: 'until_licence_expiry' })
    expect(rule('HB-LOTTERY-50')).toMatchObject({ threshold_m: 50, grandfather_policy: 'guided_exit' })
    expect(rule('HB-TOBACCO-INSPECT-200')).toMatchObject({ threshold_m: 200, severity: 'inspect' })
  })

  it('L-30: Guangdong walks from any door to any gate; exactly 200 m is allowed', () => {
    const walk = { metric: 'walking', measure_from: 'gate_any', measure_to: 'door_any', comparator: 'lt' }
    expect(rule('GD-NET-WALK-200')).toMatchObject({ ...walk, threshold_m: 200 })
    expect(rule('GD-NET-WALK-K-100')).toMatchObject({ ...walk, threshold_m: 100, school_kinds: ['kindergarten'] })
  })

  it('L-37: Suqian counts the limit itself, by radius from every gate', () => {
    const radius = { metric: 'straight', measure_from: 'gate_any', comparator: 'lte' }
    expect(rule('JS-SQ-TOBACCO-GATE-200')).toMatchObject({ ...radius, threshold_m: 200 })
    expect(rule('JS-SQ-TOBACCO-GATE-K-100')).toMatchObject({ ...radius, threshold_m: 100 })
  })

  it('L-38: Foshan demands more than 100 m, so exactly 100 m violates', () => {
    expect(rule('GD-FS-TOBACCO-WALK-100')).toMatchObject({ threshold_m: 100, comparator: 'lte', metric: 'walking' })
  })

  it('N-07: exclusive lottery shops keep 600 m, outlets 200 m', () => {
    expect(rule('CN-LOTTERY-EXCL-600')).toMatchObject({ venue_kinds: ['lottery_exclusive'], threshold_m: 600 })
    expect(rule('CN-LOTTERY-200')).toMatchObject({ venue_kinds: ['lottery_outlet'], threshold_m: 200 })
  })
})

function range(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}-${String(index + 1).padStart(2, '0')}`)
}

function rulesOf(row: string): string[] {
  return SEEDED[row] ?? []
}
