/**
 * The project's own icon set: SVG files on a 24 x 24 grid that hold only <path> elements, stroked unless they say
 * fill="currentColor". Parsed once, so that the canvas (Path2D) and inline SVG draw from the same source.
 */
type GlyphPath = { d: string; is_filled: boolean }
export type Glyph = readonly GlyphPath[]

export function parseGlyph(svg: string): Glyph {
  const paths = svg.match(/<path\b[^>]*>/g) ?? []
  return paths.flatMap((tag) => {
    const d = /\sd="([^"]+)"/.exec(tag)?.[1]
    return d ? [{ d, is_filled: /\sfill="currentColor"/.test(tag) }] : []
  })
}

/** `./svg/internet_cafe.svg` -> `internet_cafe` */
export const glyphName = (path: string): string => path.replace(/^.*\//, '').replace(/\.svg$/, '')

/** Venue kinds without a glyph of their own borrow a relative's; the rest get a plain dot. */
const BORROWED: Record<string, string> = { small_hotel: 'hotel', meal_table: 'restaurant' }

export function glyphFor<T>(glyphs: ReadonlyMap<string, T>, kind: string): T | undefined {
  return glyphs.get(kind) ?? glyphs.get(BORROWED[kind] ?? '') ?? glyphs.get('other')
}
