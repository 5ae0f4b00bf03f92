import { Map as MapLibre, NavigationControl, ScaleControl, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Bbox } from '../stores/filters.ts'
import type { Camera } from '../stores/url-state.ts'
import { drawIcon, PIXEL_RATIO } from './icons/icon-images.ts'
import workerUrl from './worker.ts?worker&url'

setWorkerUrl(workerUrl)

export type MapOptions = {
  container: HTMLElement
  style: StyleSpecification
  locale: Record<string, string>
  camera: Camera | null
  bbox: readonly number[] | null
  /** Height covered from below by a sheet. */
  covered_px: number
}

export const prefersReducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Where the map opens when there is nothing to show yet. */
const CHINA = { center: [104.5, 35.5] as [number, number], zoom: 3.6 }

export function createMap({ container, style, locale, camera, bbox, covered_px }: MapOptions): MapLibre {
  const map = new MapLibre({
    container,
    style,
    locale,
    ...(camera ? position(camera) : { center: CHINA.center, zoom: CHINA.zoom }),
    minZoom: 3,
    maxZoom: 20,
    maxPitch: 0,
    attributionControl: false,
    fadeDuration: prefersReducedMotion() ? 0 : 150,
    // Keeps a screenshot or print of the page from showing an empty map.
    canvasContextAttributes: { preserveDrawingBuffer: true },
    localIdeographFontFamily: '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif',
  })
  map.setPadding({ top: 0, left: 0, right: 0, bottom: covered_px })
  if (!camera && bbox) map.fitBounds(bbox as [number, number, number, number], { padding: 24, animate: false })
  map.setMissingStyleImageResolver(async (name) => {
    const image = drawIcon(name)
    if (image && !map.hasImage(name)) map.addImage(name, image, { pixelRatio: PIXEL_RATIO })
  })
  map.addControl(new NavigationControl({ showCompass: true, visualizePitch: false }), 'top-right')
  map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left')
  return map
}

/** Extent of the part of the map that can be seen: all four corners, because the map may be rotated. */
export function visibleBbox(map: MapLibre, covered_px: number): Bbox {
  const { clientWidth: width, clientHeight } = map.getContainer()
  const height = Math.max(1, clientHeight - covered_px)
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ].map((point) => map.unproject(point as [number, number]))
  const lons = corners.map(({ lng }) => lng)
  const lats = corners.map(({ lat }) => lat)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

export const position = ({ lon, lat, zoom, bearing }: Camera) => ({
  center: [lon, lat] as [number, number],
  zoom,
  bearing,
})

export function cameraOf(map: MapLibre): Camera {
  const { lng, lat } = map.getCenter()
  return { zoom: map.getZoom(), lat, lon: lng, bearing: map.getBearing(), pitch: 0 }
}
