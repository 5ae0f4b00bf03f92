import { createI18n } from 'vue-i18n'
import { en } from './locales/en.ts'
import { zhCN } from './locales/zh-CN.ts'

/** Messages are interpreted, not compiled to functions, so no unsafe-eval is needed. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
})
