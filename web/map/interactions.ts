import type { MapGeoJSONFeature, Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import type { SelectableType } from '../stores/url-state.ts'

/** Layers that answer the pointer, by what they stand for. The topmost drawn feature wins. */
const PICKABLE: Record<string, SelectableType> = {
  'finding-icon': 'finding',
  'finding-live-icon': 'finding',
  'stall-icon': 'stall',
  'venue-icon': 'venue',
  'venue-live-icon': 'venue',
  'venue-dot': 'venue',
  'venue-live-dot': 'venue',
  'venue-minor': 'venue',
  'venue-live-minor': 'venue',
  'school-icon': 'school',
  'school-dot': 'school',
  'gate-icon': 'school',
  'school-fill': 'school',
}
const BUBBLES = ['finding-bubble', 'finding-live-bubble', 'venue-bubble', 'venue-live-bubble']

export type Hit =
  | { type: SelectableType; id: number; position: [number, number]; attributes: Record<string, unknown> }
  | { type: 'bubble'; position: [number, number]; attributes: Record<string, unknown> }

/** A finger needs a larger target than a mouse. */
const reach = (isCoarse: boolean) => (isCoarse ? 12 : 3)

function hitAt(map: MapLibre, point: { x: number; y: number }, isCoarse: boolean): Hit | null {
  const layers = [...Object.keys(PICKABLE), ...BUBBLES].filter((id) => map.getLayer(id))
  const r = reach(isCoarse)
  const box: [[number, number], [number, number]] = [
    [point.x - r, point.y - r],
    [point.x + r, point.y + r],
  ]
  const exact = map.queryRenderedFeatures([point.x, point.y], { layers })
  const [feature] = exact.length > 0 ? exact : map.queryRenderedFeatures(box, { layers })
  return feature ? toHit(feature, map.unproject([point.x, point.y]).toArray()) : null
}

function toHit(feature: MapGeoJSONFeature, pointer: [number, number]): Hit | null {
  const { geometry, properties, layer } = feature
  const position = geometry.type === 'Point' ? (geometry.coordinates.slice(0, 2) as [number, number]) : pointer
  const attributes = properties as Record<string, unknown>
  if (BUBBLES.includes(layer.id)) return { type: 'bubble', position, attributes }
  const type = PICKABLE[layer.id]
  const id = Number(layer.id === 'gate-icon' ? attributes.school_id : attributes.id)
  return type && Number.isInteger(id) && id > 0 ? { type, id, position, attributes } : null
}

export type PointerHandlers = {
  onHover: (hit: Hit | null, point: { x: number; y: number }) => void
  onClick: (hit: Hit | null, position: [number, number]) => void
}

/** Wires the pointer. Hover is looked up once per frame, however fast the mouse moves. */
export function listen(map: MapLibre, { onHover, onClick }: PointerHandlers) {
  let frame = 0
  const coarse = window.matchMedia('(pointer: coarse)')
  const move = (event: MapMouseEvent) => {
    cancelAnimationFrame(frame)
    const point = { x: event.point.x, y: event.point.y }
    frame = requestAnimationFrame(() => onHover(hitAt(map, point, false), point))
  }
  map.on('mousemove', move)
  map.on('mouseout', () => {
    cancelAnimationFrame(frame)
    onHover(null, { x: 0, y: 0 })
  })
  map.on('click', (event) => onClick(hitAt(map, event.point, coarse.matches), event.lngLat.toArray()))
}
