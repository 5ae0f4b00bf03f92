import '../polyfill.ts'
import MapLibreWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs'

// Named, because the package declares itself free of side effects and a bare import would be dropped.
Reflect.set(self, 'MapLibreWorker', MapLibreWorker)
