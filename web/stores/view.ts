import { defineStore } from 'pinia'
import { computed, nextTick, ref, shallowRef } from 'vue'
import { type Router, useRouter } from 'vue-router'
import { todayInChina } from '../format/dates.ts'
import { type Bbox, type Filters, type Moment, NO_FILTERS } from './filters.ts'
import {
  decodeView,
  encodeView,
  isSameAddress,
  type Lang,
  type LayerGroup,
  type Selection,
  type ViewState,
} from './url-state.ts'

type Mode = 'push' | 'replace'
const LANG_KEY = 'perimeter.lang'

/** What the reader looks at. Held here, mirrored in the address; the back button writes it back. */
export const useView = defineStore('view', () => {
  const router: Router = useRouter()
  const state = shallowRef<ViewState>(decodeView({}, ''))
  /** Extent of the map on screen, for 视野内; not part of the address because the camera already is. */
  const bbox = shallowRef<Bbox | null>(null)
  /** Camera the map must go to because the address asks for it; the map takes it once. */
  const wantedCamera = shallowRef(state.value.camera)
  /** The address names its own camera (link, back button): a selection it brings must not move the map. */
  const holdsCamera = ref(false)
  let pending: Mode | null = null

  const moment = computed<Moment>(() => ({ as_of: state.value.as_of, bbox: bbox.value, today: todayInChina() }))

  function patch(part: Partial<ViewState>, mode: Mode = 'push') {
    state.value = { ...state.value, ...part }
    if (part.selection) holdsCamera.value = false
    const isQueued = pending !== null
    // One address per burst of changes, and a push is never lost to a replace.
    pending = pending === 'push' ? 'push' : mode
    if (!isQueued) void nextTick(writeAddress)
  }

  function writeAddress() {
    const mode = pending ?? 'replace'
    pending = null
    const path = router.currentRoute.value.path
    const location = { path, ...encodeView(state.value) }
    void (mode === 'push' ? router.push(location) : router.replace(location))
  }

  /** Called after every navigation: an address that is not ours (link, back button) becomes the state. */
  function readAddress(query: Record<string, unknown>, hash: string) {
    if (pending !== null) return
    const next = decodeView(query, hash)
    const lang = next.lang ?? state.value.lang ?? savedLang()
    // Our own writes come back here as well; they must not count as a link that brings its camera.
    if (state.value.lang && isSameAddress({ ...next, lang }, state.value)) return
    holdsCamera.value = next.camera !== null
    const hasMoved = hash !== encodeView(state.value).hash
    state.value = { ...next, lang, camera: next.camera ?? state.value.camera }
    if (hasMoved && next.camera) wantedCamera.value = next.camera
  }

  const select = (selection: Selection | null) => patch({ selection })
  const setFilters = (part: Partial<Filters>, mode: Mode = 'push') =>
    patch({ filters: { ...state.value.filters, ...part } }, mode)
  const clearFilters = () => patch({ filters: NO_FILTERS })
  function setLang(lang: Lang) {
    rememberLang(lang)
    patch({ lang }, 'replace')
  }
  function toggleLayer(group: LayerGroup, isOn: boolean) {
    const layers = state.value.layers.filter((one) => one !== group)
    patch({ layers: isOn ? [...layers, group] : layers }, 'replace')
  }

  return {
    state,
    bbox,
    wantedCamera,
    holdsCamera,
    moment,
    patch,
    readAddress,
    select,
    setFilters,
    clearFilters,
    setLang,
    toggleLayer,
  }
})

function savedLang(): Lang {
  try {
    return localStorage.getItem(LANG_KEY) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN' // storage can be switched off by policy
  }
}

function rememberLang(lang: Lang) {
  try {
    localStorage.setItem(LANG_KEY, lang)
  } catch {
    // the address still carries the language
  }
}
