import type { FontFaces } from './build-style.ts'

/**
 * Slices of Noto Sans SC as MapLibre `font-faces`: only the slices whose characters appear are downloaded.
 * `ranges`: slice name ("[4]", "latin") -> CSS unicode-range. `urls`: file path -> address.
 */
export function fontFaces(ranges: Record<string, string>, urls: Record<string, string>): FontFaces {
  const addressOf = new Map(
    Object.entries(urls).map(([path, url]) => [/noto-sans-sc-(.+)-wght-normal\.woff2$/.exec(path)?.[1], url]),
  )
  const faces = Object.entries(ranges).flatMap(([slice, range]) => {
    const url = addressOf.get(slice.replace(/[[\]]/g, ''))
    return url ? [{ url, 'unicode-range': range.split(',').map((part) => part.trim()) }] : []
  })
  return { 'Perimeter Sans': faces }
}
