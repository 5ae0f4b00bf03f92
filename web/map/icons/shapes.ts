import type { FindingState } from '../../stores/filters.ts'

/**
 * Outlines on a 32 x 32 field, drawn by the canvas (Path2D) and by inline SVG alike. `glyph` says where the venue's
 * glyph sits: centre and side length.
 */
export type Shape = { path: string; glyph: { x: number; y: number; size: number } }

export const STATE_SHAPES: Record<FindingState, Shape> = {
  /** diamond */
  suspected: { path: 'M16 1.2 30.8 16 16 30.8 1.2 16Z', glyph: { x: 16, y: 16, size: 14 } },
  /** triangle */
  borderline: { path: 'M16 2 30.6 28.5H1.4Z', glyph: { x: 16, y: 20.5, size: 12 } },
  /** circle */
  needs_field_measure: {
    path: 'M16 2.5a13.5 13.5 0 1 1 0 27 13.5 13.5 0 1 1 0-27Z',
    glyph: { x: 16, y: 16, size: 15 },
  },
  /** square */
  legacy: {
    path: 'M6 4h20a2 2 0 0 1 2 2v20a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z',
    glyph: { x: 16, y: 16, size: 16 },
  },
  /** octagon, hollow */
  exempt: { path: 'M10.4 2.5h11.2l7.9 7.9v11.2l-7.9 7.9H10.4l-7.9-7.9V10.4Z', glyph: { x: 16, y: 16, size: 15 } },
}

/** Drawn as an outline on white instead of filled. */
export const HOLLOW_STATES: readonly FindingState[] = ['exempt']

export const BADGES = {
  venue: {
    path: 'M9 4h14a5 5 0 0 1 5 5v14a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5Z',
    glyph: { x: 16, y: 16, size: 17 },
  },
  school: { path: 'M16 2.5a13.5 13.5 0 1 1 0 27 13.5 13.5 0 1 1 0-27Z', glyph: { x: 16, y: 16, size: 17 } },
} as const satisfies Record<string, Shape>

export const GATE_SHAPES: Record<string, string> = {
  main: 'M5 26V12a11 11 0 0 1 22 0v14h-6V13a5 5 0 0 0-10 0v13Z',
  side: 'M8 26V14a8 8 0 0 1 16 0v12h-4.5V14.5a3.5 3.5 0 0 0-7 0V26Z',
  back: 'M8 7h16v19h-4.5V11.5h-7V26H8Z',
}
