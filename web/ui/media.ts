import { onScopeDispose, type Ref, ref } from 'vue'

/** A media query as a ref. */
export function useMedia(query: string): Ref<boolean> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const update = () => {
    matches.value = list.matches
  }
  list.addEventListener('change', update)
  onScopeDispose(() => list.removeEventListener('change', update))
  return matches
}

/** Phone: the map first, everything else in a sheet. */
export const useIsNarrow = () => useMedia('(max-width: 768px)')
/** Too narrow for a third column: cards take the place of the list. */
export const useIsMedium = () => useMedia('(max-width: 1180px)')
