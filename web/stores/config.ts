import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { getConfig } from '../api/system.ts'
import type { Config, RegionEntry, VenueKind } from '../api/types.ts'
import { useView } from './view.ts'

/** What the site is: names, code tables, regions. Asked once at start. */
export const useConfig = defineStore('config', () => {
  const view = useView()
  const config = shallowRef<Config | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)

  async function load() {
    problem.value = null
    try {
      config.value = await getConfig()
    } catch (error) {
      problem.value = asProblem(error)
    }
  }

  const isEnglish = computed(() => view.state.lang === 'en')
  const pick = (entry: { label_zh: string; label_en: string } | undefined, code: string) =>
    entry ? (isEnglish.value ? entry.label_en : entry.label_zh) : code
  const venueKinds = computed(
    () => new Map((config.value?.venue_kinds as VenueKind[] | undefined)?.map((kind) => [kind.code, kind])),
  )
  const schoolKinds = computed(() => new Map(config.value?.school_kinds.map((kind) => [kind.code, kind])))
  const regions = computed(() => new Map(config.value?.regions.map((region) => [region.code, region])))

  const venueKindLabel = (code: string) => pick(venueKinds.value.get(code), code)
  const schoolKindLabel = (code: string) => pick(schoolKinds.value.get(code), code)
  const nameOf = (region: RegionEntry) => (isEnglish.value && region.name_en) || region.name
  const regionLabel = (code: string | null) => {
    const region = code ? regions.value.get(code) : undefined
    return region ? nameOf(region) : (code ?? '')
  }

  /** The place the deployment is about: the uppermost administrative region. */
  const cityName = computed(() => {
    const admin = [...regions.value.values()].filter(({ kind }) => kind === 'admin')
    const roots = admin.filter(({ parent_code }) => !parent_code || !regions.value.has(parent_code))
    return roots.length === 1 && roots[0] ? nameOf(roots[0]) : ''
  })
  const isEmpty = computed(() => config.value !== null && config.value.bbox === null)

  return {
    config,
    problem,
    load,
    venueKinds,
    schoolKinds,
    regions,
    venueKindLabel,
    schoolKindLabel,
    regionLabel,
    nameOf,
    cityName,
    isEmpty,
  }
})
