import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { asProblem } from '../api/problem.ts'
import { getVersions } from '../api/system.ts'
import type { LayerVersions } from '../api/types.ts'

const POLL_MS = 20_000

/** Data versions of the layers: polled while the page is seen, and after own writes. Lists and tiles follow them. */
export const useVersions = defineStore('versions', () => {
  const versions = shallowRef<LayerVersions>({})
  const isReachable = ref(true)
  let timer: ReturnType<typeof setInterval> | undefined

  async function refresh() {
    try {
      const next = await getVersions()
      isReachable.value = true
      if (JSON.stringify(next) !== JSON.stringify(versions.value)) versions.value = next
    } catch (error) {
      if (asProblem(error)?.isUnreachable) isReachable.value = false
    }
  }

  function start() {
    stop()
    void refresh()
    timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh()
    }, POLL_MS)
    document.addEventListener('visibilitychange', onVisible)
  }
  function stop() {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
  }
  function onVisible() {
    if (document.visibilityState === 'visible') void refresh()
  }

  /** A value that changes when any of the layers does; put into a query key so that lists reload. */
  const of = (...layers: string[]) => layers.map((layer) => versions.value[layer] ?? '').join('.')

  return { versions, isReachable, refresh, start, stop, of }
})
