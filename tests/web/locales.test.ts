import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ENDED_REASONS, FINDING_REASONS, FINDING_STATES } from '../../server/findings/schemas.ts'
import { VENUE_GROUPS } from '../../server/imports/classify/kinds.ts'
import { IMPORT_LAYERS, IMPORT_OUTCOMES } from '../../server/imports/schemas.ts'
import {
  COMPARATORS,
  EVIDENCE_GRADES,
  GRANDFATHER_POLICIES,
  MEASURE_FROM,
  MEASURE_TO,
  METRICS,
  RULE_STATUSES,
  SEVERITIES,
  SOURCE_LEVELS,
} from '../../server/rules/schemas.ts'
import { BELL_PERIODS, DAY_TYPES, GATE_KINDS, SCHOOL_STATUSES } from '../../server/schools/schemas.ts'
import { DOOR_KINDS, KIND_SOURCES, STALL_TYPES, VENUE_STATUSES } from '../../server/venues/schemas.ts'
import { en } from '../../web/locales/en.ts'
import { zhCN } from '../../web/locales/zh-CN.ts'
import { MAP_LOCALE_KEYS } from '../../web/map/map-locale.ts'
import { FINDING_STATES as PAGE_STATES } from '../../web/stores/filters.ts'

type Tree = { [key: string]: string | Tree }
const flatten = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )
const zh = new Map(flatten(zhCN))
const english = new Map(flatten(en))
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return sourceFiles(path)
    return /\.(vue|ts)$/.test(entry.name) && !path.includes('locales') ? [path] : []
  })
}

describe('the dictionaries', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...zh.keys()].sort())
  })

  it('say something everywhere, with the same values filled in', () => {
    for (const [key, text] of zh) {
      expect(text.trim(), key).not.toBe('')
      expect(english.get(key)?.trim(), key).not.toBe('')
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text))
    }
  })

  it('avoid the characters that messages give a meaning to', () => {
    for (const [key, text] of [...zh, ...english]) expect(text, key).not.toMatch(/[@|]/)
  })

  it('hold every key the page uses', () => {
    const used = sourceFiles('web').flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([a-z_.0-9]+)'/g)].map(([, key]) => ({ key: key ?? '', path })),
    )
    expect(used.length).toBeGreaterThan(150)
    for (const { key, path } of used) expect(zh.has(key), `${key} in ${path}`).toBe(true)
  })

  it('translate every string of MapLibre', () => {
    for (const key of Object.values(MAP_LOCALE_KEYS)) expect(zh.has(key), key).toBe(true)
    const source = readFileSync('node_modules/maplibre-gl/src/ui/default_locale.ts', 'utf8')
    const theirs = [...source.matchAll(/'([A-Za-z]+\.[A-Za-z]+)':/g)].map(([, key]) => key)
    expect(Object.keys(MAP_LOCALE_KEYS).sort()).toEqual(theirs.sort())
  })

  it('keep 疑似 on every state', () => {
    for (const state of FINDING_STATES) {
      expect(zh.get(`state.${state}`)).toContain('疑似')
      expect(english.get(`state.${state}`)).toContain('Suspected')
    }
    expect(zh.get('disclaimer')).toBe('本系统提供疑似线索，不作为行政处罚的直接依据。')
  })
})

describe('every value the server may send has words', () => {
  const values: Record<string, readonly string[]> = {
    state: FINDING_STATES,
    state_hint: FINDING_STATES,
    reason: FINDING_REASONS,
    ended_reason: ENDED_REASONS,
    severity: SEVERITIES,
    comparator: COMPARATORS,
    measure_from: MEASURE_FROM,
    measure_to: MEASURE_TO,
    metric: METRICS,
    grandfather: GRANDFATHER_POLICIES,
    rule_status: RULE_STATUSES,
    rule_action: RULE_STATUSES,
    rule_action_hint: RULE_STATUSES,
    grade: EVIDENCE_GRADES,
    source_level: SOURCE_LEVELS,
    status: [...SCHOOL_STATUSES, ...VENUE_STATUSES, 'present', 'cleared'],
    gate_kind: GATE_KINDS,
    bell_period: BELL_PERIODS,
    day_type: DAY_TYPES,
    door_kind: DOOR_KINDS,
    kind_source: KIND_SOURCES,
    kind_group: VENUE_GROUPS,
    stall_type: STALL_TYPES,
    import_layer: IMPORT_LAYERS,
    import_outcome: IMPORT_OUTCOMES,
    origin: ['boundary', 'gate', 'point', 'drawn_zone'],
    target: ['door', 'footprint', 'position', 'stall'],
    jurisdiction_basis: ['both', 'school', 'venue'],
    weekday: ['1', '2', '3', '4', '5', '6', '7'],
  }
  it.each(Object.entries(values))('%s', (prefix, members) => {
    for (const member of members) expect(zh.has(`${prefix}.${member}`), `${prefix}.${member}`).toBe(true)
  })

  it('and the page knows the same states, in the same order', () => {
    expect(PAGE_STATES).toEqual(FINDING_STATES)
  })
})
