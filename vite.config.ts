import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const server = process.env.PERIMETER_SERVER ?? 'http://127.0.0.1:8200'

/** Builds web/ into dist/web. Everything the page needs is bundled: it is served on networks without an outside. */
export default defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  base: '/',
  plugins: [vue()],
  define: {
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Office PCs run browsers with Chromium kernels from 86 on; MapLibre's ES2022 is lowered with the rest.
    target: ['chrome87', 'firefox90', 'safari15'],
    // data: URLs would break the font-src 'self' of the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1300,
  },
  worker: { format: 'es' },
  server: { port: 8300, strictPort: true, proxy: { '/api': server, '/tiles': server, '/openapi.json': server } },
})
