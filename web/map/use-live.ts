import { computed, ref, watch } from 'vue'
import { listFindings } from '../api/findings.ts'
import { listSchools } from '../api/schools.ts'
import { listStalls, listVenues } from '../api/venues.ts'
import { useConfig } from '../stores/config.ts'
import { bboxParam, findingsQuery, schoolsQuery, stallsQuery, venuesQuery } from '../stores/filters.ts'
import { useRemote } from '../stores/remote.ts'
import { useVersions } from '../stores/versions.ts'
import { useView } from '../stores/view.ts'
import { findingsMode, needsIds, venuesMode } from './data-mode.ts'
import { collection, findingAttributes, lineFeature, pointFeature, venueEnd } from './geometry.ts'

/** Rows drawn at once; beyond it only those in view are asked for. */
const LIVE_LIMIT = 2000

type Page<F> = { numberMatched: number; numberReturned: number; features: F[] }

/** All rows a query matches, or, when they are too many, those in view. */
function useLivePage<Q extends object, F>(
  query: () => Q | null,
  load: (query: Q & { bbox?: string; limit: number }, signal: AbortSignal) => Promise<Page<F>>,
) {
  const view = useView()
  const isOverflowing = ref(false)
  watch(
    () => JSON.stringify(query()),
    () => {
      isOverflowing.value = false
    },
  )
  const remote = useRemote(() => {
    const asked = query()
    if (!asked) return null
    const bbox = isOverflowing.value && view.bbox ? { bbox: bboxParam(view.bbox) } : {}
    return { ...asked, ...bbox, limit: LIVE_LIMIT }
  }, load)
  watch(remote.data, (page) => {
    if (page && page.numberMatched > page.numberReturned) isOverflowing.value = true
  })
  const notice = computed(() => {
    const page = remote.data.value
    return page && page.numberMatched > page.numberReturned
      ? { matched: page.numberMatched, drawn: page.numberReturned }
      : null
  })
  return { ...remote, notice }
}

/** Filtered or past rows for the map's GeoJSON sources; empty while the tiles can answer. */
export function useLive() {
  const view = useView()
  const config = useConfig()
  const versions = useVersions()
  const state = computed(() => ({ ...view.state, filters: { ...view.state.filters, in_view: false } }))
  const moment = computed(() => ({ ...view.moment, bbox: null }))

  const findings = useLivePage(
    () =>
      findingsMode(state.value).mode === 'live'
        ? { ...findingsQuery(state.value.filters, moment.value), _v: versions.of('findings') }
        : null,
    ({ _v, ...query }, signal) => listFindings(query, signal),
  )
  const venues = useLivePage(
    () =>
      venuesMode(state.value).mode === 'live'
        ? { ...venuesQuery(state.value.filters, moment.value), _v: versions.of('venues', 'findings') }
        : null,
    ({ _v, ...query }, signal) => listVenues(query, signal),
  )
  const schools = useRemote(
    () =>
      needsIds('schools', state.value)
        ? {
            ...schoolsQuery(state.value.filters, moment.value),
            limit: LIVE_LIMIT,
            _v: versions.of('schools', 'findings'),
          }
        : null,
    ({ _v, ...query }, signal) => listSchools(query, signal),
  )

  const stalls = useRemote(
    () =>
      needsIds('stalls', state.value)
        ? {
            ...stallsQuery(state.value.filters, moment.value),
            limit: LIVE_LIMIT,
            _v: versions.of('stalls', 'findings'),
          }
        : null,
    ({ _v, ...query }, signal) => listStalls(query, signal),
  )

  const findingPoints = computed(() =>
    collection(
      (findings.data.value?.features ?? []).map((finding) =>
        pointFeature(venueEnd(finding), { ...findingAttributes(finding), one: 1 }),
      ),
    ),
  )
  const findingLines = computed(() =>
    collection(
      (findings.data.value?.features ?? []).map((finding) =>
        lineFeature(finding.geometry.coordinates, { id: finding.id, state: finding.properties.state }),
      ),
    ),
  )
  const venuePoints = computed(() =>
    collection(
      (venues.data.value?.features ?? []).map(({ id, geometry, properties: { kind, status } }) =>
        pointFeature(geometry.coordinates, {
          id,
          kind,
          status,
          group: config.venueKinds.get(kind)?.kind_group ?? '',
          one: 1,
        }),
      ),
    ),
  )
  const schoolIds = computed(() => schools.data.value?.features.map(({ id }) => id) ?? null)
  const stallIds = computed(() => stalls.data.value?.features.map(({ id }) => id) ?? null)
  const notice = computed(() => findings.notice.value ?? venues.notice.value)
  return { findingPoints, findingLines, venuePoints, schoolIds, stallIds, notice }
}
