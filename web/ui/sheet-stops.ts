/** Stops of the bottom sheet and where a released drag settles. Heights in CSS pixels. Pure. */
export const SHEET_STOPS = ['peek', 'half', 'full'] as const
export type SheetStop = (typeof SHEET_STOPS)[number]

/** Handle, tab strip and count line stay in sight. */
const PEEK_PX = 104

export function stopHeight(stop: SheetStop, viewport_px: number): number {
  if (stop === 'peek') return Math.min(PEEK_PX, viewport_px)
  return stop === 'half' ? Math.round(viewport_px * 0.5) : viewport_px - 8
}

/** Flicked (over 0.5 px/ms) it goes one stop that way, else to the nearest. `speed` is positive upwards. */
export function nearestStop(height_px: number, speed: number, viewport_px: number): SheetStop {
  const distance = (stop: SheetStop) => Math.abs(stopHeight(stop, viewport_px) - height_px)
  const nearest = SHEET_STOPS.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best))
  if (Math.abs(speed) < 0.5) return nearest
  const beyond = SHEET_STOPS.filter((stop) =>
    speed > 0 ? stopHeight(stop, viewport_px) > height_px : stopHeight(stop, viewport_px) < height_px,
  )
  return (speed > 0 ? beyond[0] : beyond.at(-1)) ?? nearest
}
