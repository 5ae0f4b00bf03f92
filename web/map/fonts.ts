import ranges from '@fontsource-variable/noto-sans-sc/unicode.json'
import { fontFaces } from './style/font-faces.ts'

const urls = import.meta.glob<string>(
  '../../node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2',
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
)

/** Absolute addresses: MapLibre resolves font URLs against nothing. */
export const FONTS = fontFaces(
  ranges,
  Object.fromEntries(Object.entries(urls).map(([path, url]) => [path, new URL(url, window.location.href).href])),
)
