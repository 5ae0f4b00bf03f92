import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Finding, FindingEvidence } from '../api/types.ts'
import type { Selection } from './url-state.ts'
import { useView } from './view.ts'

export type Hover = Selection & { position: readonly number[]; from: 'list' | 'map' }
export type Fly =
  | { to: 'position'; position: readonly number[]; zoom: number }
  | { to: 'bbox'; bbox: readonly number[]; max_zoom: number }

/** What is pointed at, picked or drawn on top of the map; shared by lists, cards and map, not in the address. */
export const useFocus = defineStore('focus', () => {
  const view = useView()
  const hover = shallowRef<Hover | null>(null)
  /** Evidence of the selected finding: the map draws its line. */
  const evidence = shallowRef<FindingEvidence | null>(null)
  /** Position of the selected school, venue or stall: the map rings it. */
  const marked = shallowRef<readonly number[] | null>(null)
  /** Other findings of the open card, drawn as thin lines. */
  const related = shallowRef<readonly Finding[]>([])
  const fly = shallowRef<Fly | null>(null)
  /** A form waits for a position: the next click on the map answers it. */
  const pick = shallowRef<((position: [number, number]) => void) | null>(null)
  /** Position being edited in a form. */
  const draft = shallowRef<readonly number[] | null>(null)
  const isMapReady = ref(false)
  /** Height of the map that a sheet covers from below, CSS pixels. */
  const covered_px = ref(0)

  function flyTo(target: Fly) {
    if (!view.holdsCamera) fly.value = target
  }
  function clear() {
    evidence.value = null
    marked.value = null
    related.value = []
  }
  return { hover, evidence, marked, related, fly, pick, draft, isMapReady, covered_px, flyTo, clear }
})
