import { describe, expect, it } from 'vitest'
import type { FindingEvidence } from '../../web/api/types.ts'
import { type EvidenceLabels, evidenceText } from '../../web/format/evidence.ts'
import { en } from '../../web/locales/en.ts'
import { zhCN } from '../../web/locales/zh-CN.ts'

/** The dictionaries themselves, read as vue-i18n reads them: by path, with {names} filled in. */
const translator =
  (messages: object) =>
  (key: string, values: Record<string, unknown> = {}) => {
    const text = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)?.[part], messages)
    if (typeof text !== 'string') throw new Error(`no message ${key}`)
    return text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name]))
  }
const labels = (lang: 'zh-CN' | 'en'): EvidenceLabels => ({
  t: translator(lang === 'en' ? en : zhCN),
  lang,
  venueKind: () => (lang === 'en' ? 'Internet café' : '网吧'),
})

const evidence: FindingEvidence = {
  finding: {
    type: 'Feature',
    id: 7,
    geometry: {
      type: 'LineString',
      coordinates: [
        [114.8594, 34.5516],
        [114.8604, 34.551],
      ],
    },
    properties: {
      state: 'borderline',
      reason: 'within_uncertainty',
      is_inside: true,
      distance_m: 199.96,
      uncertainty_m: 5,
      threshold_m: 200,
      comparator: 'lte',
      metric: 'straight',
      measure_from: 'gate_any',
      measure_to: 'door_nearest',
      severity: 'prohibit',
      legacy_until: null,
      jurisdiction_basis: 'both',
      rule_id: 1,
      rule_code: 'CN-NET-200',
      rule_version: 2,
      rule_title_zh: '禁设网吧',
      rule_title_en: 'No internet café',
      owner_department: '文化和旅游局',
      school_id: 3,
      school_name: '某某小学',
      school_kinds: ['primary'],
      school_version: 4,
      gate_id: 9,
      gate_name: '东门',
      origin: 'gate',
      venue_id: 5,
      stall_id: null,
      venue_name: '某某网吧',
      venue_kind: 'internet_cafe',
      venue_version: 6,
      door_id: 8,
      target: 'door',
      licence_expires_on: '2027-01-05',
      region_code: '419802001',
      first_detected_at: '2026-11-23T01:31:58.623+00:00',
      last_confirmed_at: '2026-11-23T01:31:58.623+00:00',
      valid_from: '2026-11-23T01:31:58.623+00:00',
      valid_to: null,
      ended_reason: null,
    },
  },
  rule: {
    code: 'CN-NET-200',
    version: 2,
    title_zh: '禁设网吧',
    title_en: 'No internet café',
    summary_zh: '不得开办。',
    summary_en: 'None.',
    official_text: null,
    article: '第九条',
    evidence_grade: 'A',
    source_title: '条例',
    source_doc_no: null,
    source_issuer: '国务院',
    source_effective_from: '2002-11-15',
  },
  from_position: [114.8594, 34.5516],
  to_position: [114.8604, 34.551],
  method: { measure_srid: 4547, planar_m: 199.976, scale: 1.00008138 },
  history: [],
}

describe('evidence as text', () => {
  it('says everything a colleague needs to check it', () => {
    const text = evidenceText(evidence, labels('zh-CN'))
    for (const part of [
      '【疑似·临界待测】某某网吧（网吧）— 某某小学',
      '禁设网吧（CN-NET-200 v2）',
      '《条例》第九条 · 国务院 · A 级',
      '199.960 m ± 5.0 m，不超过 200 m（含本数）',
      '直线距离；校门（东门） → 场所出入口',
      '114.8594000, 34.5516000 (WGS-84)',
      'CGCS2000 三度带（中央经线 114°E，EPSG:4547）平面距离 199.976 m ÷ 长度比 1.00008138 = 199.960 m',
      '定位误差以内',
      '许可证：2027-01-05',
      '文化和旅游局',
      '2026-11-23 09:31',
      '规则 v2，学校 v4，场所 v6',
    ])
      expect(text).toContain(part)
    expect(text.split('\n').at(-1)).toBe('本系统提供疑似线索，不作为行政处罚的直接依据。')
  })

  it('says it in English too', () => {
    const text = evidenceText(evidence, labels('en'))
    expect(text).toContain('【Suspected · borderline】')
    expect(text).toContain('Owner department: 文化和旅游局')
    expect(text).not.toContain('undefined')
  })
})
