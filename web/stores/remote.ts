import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { useVersions } from './versions.ts'

type Loader<Q, T> = (query: Q, signal: AbortSignal) => Promise<T>

/**
 * Keeps `data` in step with `query()`: loads when the query changes by value, aborts the request it overtakes, keeps
 * the former data on screen meanwhile. A null query means there is nothing to ask.
 */
export function useRemote<Q, T>(query: () => Q | null, load: Loader<Q, T>) {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const isLoading = ref(false)
  const attempt = ref(0)
  let controller: AbortController | null = null

  async function run(wanted: Q | null) {
    controller?.abort()
    problem.value = null
    if (wanted === null) {
      data.value = null
      isLoading.value = false
      return
    }
    const mine = new AbortController()
    controller = mine
    isLoading.value = true
    try {
      const answer = await load(wanted, mine.signal)
      if (controller === mine) data.value = answer
    } catch (error) {
      if (controller === mine) problem.value = asProblem(error)
    } finally {
      if (controller === mine) isLoading.value = false
    }
  }

  watch([() => JSON.stringify(query()), attempt], () => void run(query()), { immediate: true })
  // What failed because the server was away is asked again once it answers.
  const versions = useVersions()
  watch(
    () => versions.isReachable,
    (isBack) => {
      if (isBack && problem.value?.isUnreachable) attempt.value++
    },
  )
  onScopeDispose(() => controller?.abort())
  return { data, problem, isLoading, reload: () => attempt.value++ }
}

type Page<Item> = { numberMatched: number; features: Item[]; links: { rel: string; href: string }[] }

/** The cursor of a page's next link, or null on the last page. */
function nextCursor(links: readonly { rel: string; href: string }[]): string | null {
  const href = links.find(({ rel }) => rel === 'next')?.href
  return href ? new URL(href, 'http://localhost').searchParams.get('cursor') : null
}

/** A list that grows page by page; it starts over when the query changes. */
export function useList<Q extends object, Item>(
  query: () => Q | null,
  load: (query: Q & { cursor?: string }, signal: AbortSignal) => Promise<Page<Item>>,
) {
  const more = shallowRef<{ of: Page<Item>; items: Item[]; cursor: string | null } | null>(null)
  const isLoadingMore = ref(false)
  const first = useRemote(query, load)
  const tail = computed(() => (more.value?.of === first.data.value ? more.value : null))
  const items = computed(() => [...(first.data.value?.features ?? []), ...(tail.value?.items ?? [])])
  const cursor = computed(() => (tail.value ? tail.value.cursor : nextCursor(first.data.value?.links ?? [])))

  async function loadMore() {
    const of = first.data.value
    const asked = query()
    if (!of || !asked || !cursor.value || isLoadingMore.value) return
    isLoadingMore.value = true
    try {
      const page = await load({ ...asked, cursor: cursor.value }, new AbortController().signal)
      more.value = { of, items: [...(tail.value?.items ?? []), ...page.features], cursor: nextCursor(page.links) }
    } catch (error) {
      first.problem.value = asProblem(error)
    } finally {
      isLoadingMore.value = false
    }
  }

  const matched = computed(() => first.data.value?.numberMatched ?? null)
  return { ...first, items, matched, hasMore: computed(() => cursor.value !== null), isLoadingMore, loadMore }
}
