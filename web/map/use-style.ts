import type { GeoJSONSource, LayerSpecification, Map as MapLibre, VectorTileSource } from 'maplibre-gl'
import { computed, type ShallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useConfig } from '../stores/config.ts'
import { useView } from '../stores/view.ts'
import { applyChanges, diffLayers } from './apply.ts'
import { findingsMode, idFilter, stallsFilter, venuesMode } from './data-mode.ts'
import { FONTS } from './fonts.ts'
import { buildLayers, buildStyle, type StyleExtras } from './style/build-style.ts'
import type { StyleInput } from './style/input.ts'
import { type LiveSource, TILE_LAYERS } from './style/sources.ts'
import { useFocusData } from './use-focus-data.ts'
import { useLive } from './use-live.ts'
import { useTiles } from './use-tiles.ts'

/** The style as a function of the page's state, kept applied to the map by its differences. */
export function useStyle(map: ShallowRef<MapLibre | null>) {
  const { t } = useI18n()
  const view = useView()
  const config = useConfig()
  const { tiles, refresh } = useTiles()
  const live = useLive()
  const focusData = useFocusData()

  const input = computed<StyleInput>(() => ({
    tiles: tiles.value,
    layers: view.state.layers,
    findings: findingsMode(view.state),
    venues: venuesMode(view.state),
    stalls: stallsFilter(view.state, live.stallIds.value),
    schools: idFilter(live.schoolIds.value),
    aggregate: view.state.tab === 'venues' ? 'venues' : 'findings',
    words: { gates: { main: t('gate_kind.main'), side: t('gate_kind.side'), back: t('gate_kind.back') } },
  }))
  const extras = computed<StyleExtras>(() => {
    const kinds = [...config.venueKinds.values()]
    return {
      venue_style: {
        regulated: kinds.filter(({ regulated }) => regulated).map(({ code }) => code),
        groups: [...new Set(kinds.map(({ kind_group }) => kind_group))],
      },
      states: view.state.filters.state,
      fonts: FONTS,
    }
  })
  const liveData = {
    'live-findings': live.findingPoints,
    'live-lines': live.findingLines,
    'live-venues': live.venuePoints,
    'focus-lines': focusData.lines,
    'focus-points': focusData.points,
  } satisfies Record<LiveSource, unknown>

  let applied: LayerSpecification[] = []
  /** First style of a new map; call `attach` once the map has loaded it. */
  function initialStyle() {
    const style = buildStyle(input.value, extras.value)
    applied = style.layers
    return style
  }

  function applyLayers() {
    const target = map.value
    if (!target) return
    const next = buildLayers(input.value, extras.value)
    const changes = diffLayers(applied, next)
    // Other layer ids mean that a tile layer has come or gone: begin again.
    if (changes === null) {
      target.setStyle(initialStyle(), { diff: false })
      target.once('style.load', applyData)
      return
    }
    applyChanges(target, changes)
    applied = next
  }

  function applyTiles() {
    for (const layer of TILE_LAYERS) {
      const source = map.value?.getSource<VectorTileSource>(layer)
      const wanted = tiles.value[layer]?.tiles
      if (source && wanted && source.tiles.join() !== wanted.join()) source.setTiles(wanted)
    }
  }

  function applyData() {
    for (const id of Object.keys(liveData) as LiveSource[]) setData(id)
  }
  function setData(id: LiveSource) {
    map.value?.getSource<GeoJSONSource>(id)?.setData(liveData[id].value as never)
  }

  watch([input, extras], applyLayers)
  watch(tiles, applyTiles)
  for (const id of Object.keys(liveData) as LiveSource[]) watch(liveData[id], () => setData(id))

  return { initialStyle, attach: applyData, loadTiles: refresh, notice: live.notice }
}
