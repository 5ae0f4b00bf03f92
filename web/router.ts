import { createRouter, createWebHistory } from 'vue-router'
import MapPage from './pages/map-page.vue'

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'map', component: MapPage },
    { path: '/imports', name: 'imports', component: () => import('./pages/imports-page.vue') },
    { path: '/:rest(.*)*', redirect: (to) => ({ path: '/', query: to.query, hash: to.hash }) },
  ],
})
