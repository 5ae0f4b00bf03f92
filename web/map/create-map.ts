import { Map as MapLibre, NavigationControl, ScaleControl, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
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
}

export const prefersReducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

export function createMap({ container, style, locale, camera, bbox }: MapOptions): MapLibre {
  const map = new MapLibre({
    container,
    style,
    locale,
    ...(camera ? position(camera) : {}),
    ...(!camera && bbox ? { bounds: bbox as [number, number, number, number], fitBoundsOptions: { padding: 24 } } : {}),
    minZoom: 6,
    maxZoom: 20,
    maxPitch: 0,
    attributionControl: false,
    fadeDuration: prefersReducedMotion() ? 0 : 150,
    // Keeps a screenshot or print of the page from showing an empty map.
    canvasContextAttributes: { preserveDrawingBuffer: true },
    localIdeographFontFamily: '"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif',
  })
  map.setMissingStyleImageResolver(async (name) => {
    const image = drawIcon(name)
    if (image && !map.hasImage(name)) map.addImage(name, image, { pixelRatio: PIXEL_RATIO })
  })
  map.addControl(new NavigationControl({ showCompass: true, visualizePitch: false }), 'top-right')
  map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left')
  return map
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
