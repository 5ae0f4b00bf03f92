import { defineStore } from 'pinia'
import { computed } from 'vue'
import { listRules } from '../api/rules.ts'
import type { Rule } from '../api/types.ts'
import { useRemote } from './remote.ts'
import { useVersions } from './versions.ts'
import { useView } from './view.ts'

/** All rules: filters need their titles, the map their ids, the rule tab everything. */
export const useRules = defineStore('rules', () => {
  const view = useView()
  const versions = useVersions()
  const remote = useRemote(
    () => ({ as_of: view.state.as_of, version: versions.of('rules', 'findings') }),
    ({ as_of }, signal) => listRules(as_of ? { as_of } : {}, signal),
  )
  const rules = computed<Rule[]>(() => remote.data.value?.rules ?? [])
  const byCode = computed(() => new Map(rules.value.map((rule) => [rule.code, rule])))
  const titleOf = (rule: { title_zh: string; title_en: string }) =>
    view.state.lang === 'en' ? rule.title_en : rule.title_zh
  const title = (code: string) => {
    const rule = byCode.value.get(code)
    return rule ? titleOf(rule) : code
  }
  return { ...remote, rules, byCode, titleOf, title }
})
