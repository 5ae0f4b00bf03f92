import { useI18n } from 'vue-i18n'
import { useConfig } from '../../stores/config.ts'
import type { ActiveFilter, FilterKey } from '../../stores/filters.ts'
import { useRules } from '../../stores/rules.ts'

/** Filters and their values in words. */
export function useFilterLabels() {
  const { t } = useI18n()
  const config = useConfig()
  const rules = useRules()

  const menuLabel = (key: FilterKey): string => t(`filter.menu.${key}`)

  function valueLabel({ key, value }: ActiveFilter): string {
    switch (key) {
      case 'state':
        return t(`state.${value}`)
      case 'severity':
        return t(`severity.${value}`)
      case 'rule':
        return rules.title(value)
      case 'kind':
        return config.venueKindLabel(value)
      case 'school_kind':
        return config.schoolKindLabel(value)
      case 'region':
        return config.regionLabel(value)
      case 'expires_in_days':
        return t('filter.expires_within', { n: value })
      case 'in_view':
        return t('filter.in_view')
      case 'q':
        return `“${value}”`
    }
  }
  return { menuLabel, valueLabel }
}
