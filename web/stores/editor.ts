import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Gate, School, Stall, Venue } from '../api/types.ts'
import { useFocus } from './focus.ts'

/** The form that is open in the card's place; a null item means a new one. */
export type OpenForm =
  | { type: 'school'; item: School | null }
  | { type: 'gate'; item: Gate | null; school: School }
  | { type: 'venue'; item: Venue | null }
  | { type: 'stall'; item: Stall | null }

export const useEditor = defineStore('editor', () => {
  const focus = useFocus()
  const form = shallowRef<OpenForm | null>(null)

  const open = (wanted: OpenForm) => {
    form.value = wanted
  }
  function close() {
    form.value = null
    focus.pick = null
    focus.draft = null
  }
  return { form, open, close }
})
