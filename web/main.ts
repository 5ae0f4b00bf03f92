import './polyfill.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app.vue'
import { i18n } from './i18n.ts'
import { router } from './router.ts'
import './ui/element.ts'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

createApp(App).use(createPinia()).use(router).use(i18n).mount('#app')
