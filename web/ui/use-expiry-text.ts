import { useI18n } from 'vue-i18n'
import { licenceCountdown, todayInChina } from '../format/dates.ts'

/** A licence expiry as a countdown in words. */
export function useExpiryText() {
  const { t } = useI18n()
  function expiryText(expires_on: string): string {
    const { days, tone } = licenceCountdown(expires_on, todayInChina())
    if (tone === 'expired') return t('licence.expired', { n: -days, on: expires_on })
    return t('licence.expires', { n: days, on: expires_on })
  }
  const expiryTone = (expires_on: string) => licenceCountdown(expires_on, todayInChina()).tone
  return { expiryText, expiryTone }
}
