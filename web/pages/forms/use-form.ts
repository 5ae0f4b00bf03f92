import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Written } from '../../api/client.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { useVersions } from '../../stores/versions.ts'
import { toastSaved } from '../../ui/toast.ts'
import { fieldName } from './fields.ts'

/** Sending a form: busy flag, the server's complaints at their fields, and what the change did to the findings. */
export function useForm(fields: readonly string[]) {
  const { t, locale } = useI18n()
  const versions = useVersions()
  const problem = shallowRef<ApiProblem | null>(null)
  const isSaving = ref(false)
  const missing = ref<string[]>([])

  /** Message for one field; required ones are checked before anything is sent. */
  function errorOf(field: string): string {
    if (missing.value.includes(field)) return t('form.required')
    const found = problem.value?.fields.find((error) => fieldName(error.field) === field)
    if (!found) return ''
    const expected = found.expected === undefined ? '' : `（${t('form.expected')} ${String(found.expected)}）`
    return found.message + expected
  }
  /** Title of a problem, with complaints that belong to no field of this form. */
  function generalError(): string {
    if (!problem.value) return ''
    const { title_zh, message, detail, fields: errors, isUnreachable } = problem.value
    const title = isUnreachable ? t('problem.unreachable') : (locale.value === 'zh-CN' && title_zh) || message
    const elsewhere = errors.filter(({ field }) => !fields.includes(fieldName(field)))
    return [title, detail, ...elsewhere.map((error) => `${error.field}: ${error.message}`)].filter(Boolean).join(' · ')
  }

  async function submit<T>(required: Record<string, boolean>, send: () => Promise<Written<T>>): Promise<T | null> {
    missing.value = Object.entries(required)
      .filter(([, isGiven]) => !isGiven)
      .map(([field]) => field)
    problem.value = null
    if (missing.value.length > 0) return null
    isSaving.value = true
    try {
      const { item, changes } = await send()
      toastSaved(changes, t)
      await versions.refresh()
      return item
    } catch (error) {
      problem.value = asProblem(error)
      return null
    } finally {
      isSaving.value = false
    }
  }
  return { problem, isSaving, errorOf, generalError, submit }
}
