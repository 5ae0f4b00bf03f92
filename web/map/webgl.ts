/** MapLibre needs WebGL 2; without it the page is its lists. Kept apart so that asking does not load the map. */
export function hasWebGl2(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}
