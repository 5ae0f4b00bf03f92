/** Every string MapLibre may show or speak, in the page's language. Keys as in its default_locale.ts. */
export const MAP_LOCALE_KEYS = {
  'AttributionControl.ToggleAttribution': 'maplibre.attribution_toggle',
  'AttributionControl.MapFeedback': 'maplibre.attribution_feedback',
  'FullscreenControl.Enter': 'maplibre.fullscreen_enter',
  'FullscreenControl.Exit': 'maplibre.fullscreen_exit',
  'GeolocateControl.FindMyLocation': 'maplibre.locate_find',
  'GeolocateControl.LocationNotAvailable': 'maplibre.locate_unavailable',
  'LogoControl.Title': 'maplibre.logo',
  'Map.Title': 'maplibre.map_title',
  'Marker.Title': 'maplibre.marker',
  'NavigationControl.ResetBearing': 'maplibre.reset_bearing',
  'NavigationControl.ZoomIn': 'maplibre.zoom_in',
  'NavigationControl.ZoomOut': 'maplibre.zoom_out',
  'Popup.Close': 'maplibre.popup_close',
  'ScaleControl.Feet': 'maplibre.feet',
  'ScaleControl.Meters': 'maplibre.metres',
  'ScaleControl.Kilometers': 'maplibre.kilometres',
  'ScaleControl.Miles': 'maplibre.miles',
  'ScaleControl.NauticalMiles': 'maplibre.nautical_miles',
  'GlobeControl.Enable': 'maplibre.globe_enable',
  'GlobeControl.Disable': 'maplibre.globe_disable',
  'TerrainControl.Enable': 'maplibre.terrain_enable',
  'TerrainControl.Disable': 'maplibre.terrain_disable',
  'CooperativeGesturesHandler.WindowsHelpText': 'maplibre.gestures_windows',
  'CooperativeGesturesHandler.MacHelpText': 'maplibre.gestures_mac',
  'CooperativeGesturesHandler.MobileHelpText': 'maplibre.gestures_mobile',
} as const

export const mapLocale = (t: (key: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(MAP_LOCALE_KEYS).map(([key, message]) => [key, t(message)]))
