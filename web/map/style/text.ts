import type { DataDrivenPropertyValueSpecification, ExpressionSpecification } from 'maplibre-gl'

/** Names in text-font order: the bundled face first, then what PCs of these offices have, for rare characters. */
export const FONT_STACK: string[] = [
  'Perimeter Sans',
  'Noto Sans CJK SC',
  'Source Han Sans SC',
  'Microsoft YaHei',
  'PingFang SC',
  'sans-serif',
]

type Stops = readonly (readonly [zoom: number, value: number])[]

/** Exponential interpolation over zoom; base 1.5 follows the doubling of scale a little late, as road widths should. */
export function byZoom(stops: Stops, base = 1.5): DataDrivenPropertyValueSpecification<number> {
  return ['interpolate', ['exponential', base], ['zoom'], ...stops.flat()] as ExpressionSpecification
}
