import { ElNotification } from 'element-plus'
import type { FindingChanges } from '../api/types.ts'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** What a saved change did to the findings, in one sentence. */
export function toastSaved(changes: FindingChanges, t: Translate) {
  const { opened, superseded, ended } = changes
  const message =
    opened + superseded + ended === 0 ? t('toast.no_findings') : t('toast.findings', { opened, superseded, ended })
  ElNotification({ type: 'success', title: t('toast.saved'), message, duration: 6000, position: 'bottom-left' })
}

export function toastCopied(isDone: boolean, t: Translate) {
  ElNotification({
    type: isDone ? 'success' : 'error',
    title: isDone ? t('copy.done') : t('copy.failed'),
    duration: 2500,
    position: 'bottom-left',
  })
}
