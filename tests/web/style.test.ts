import { readdirSync, readFileSync } from 'node:fs'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import type { LayerSpecification } from 'maplibre-gl'
import { describe, expect, it } from 'vitest'
import { VENUE_GROUPS, VENUE_KIND_INFO, VENUE_KINDS } from '../../server/imports/classify/kinds.ts'
import { diffLayers } from '../../web/map/apply.ts'
import { findingsMode, idFilter, needsIds, stallsFilter, venuesMode } from '../../web/map/data-mode.ts'
import { glyphFor, glyphName, parseGlyph } from '../../web/map/icons/glyphs.ts'
import { buildLayers, buildStyle, type StyleExtras } from '../../web/map/style/build-style.ts'
import { fontFaces } from '../../web/map/style/font-faces.ts'
import type { StyleInput } from '../../web/map/style/input.ts'
import { STATE_COLOURS, zoneColour } from '../../web/map/style/palette.ts'
import { TILE_LAYERS } from '../../web/map/style/sources.ts'
import { FINDING_STATES, NO_FILTERS } from '../../web/stores/filters.ts'
import { DEFAULT_LAYERS, decodeView, LAYER_GROUPS, type ViewState } from '../../web/stores/url-state.ts'

const tiles = Object.fromEntries(
  TILE_LAYERS.map((layer) => [
    layer,
    { tiles: [`http://127.0.0.1/tiles/${layer}/{z}/{x}/{y}.mvt?v=1`], minzoom: 0, maxzoom: 16 },
  ]),
)
const input: StyleInput = {
  tiles,
  layers: DEFAULT_LAYERS,
  findings: { mode: 'tiles', filter: null },
  venues: { mode: 'tiles', filter: null },
  stalls: null,
  schools: null,
  aggregate: 'findings',
  words: { gates: { main: '正门', side: '侧门', back: '后门' } },
}
const extras: StyleExtras = {
  venue_style: { regulated: VENUE_KINDS.filter((kind) => VENUE_KIND_INFO[kind].regulated), groups: [...VENUE_GROUPS] },
  states: [],
  fonts: {},
}
const view = (part: Partial<ViewState>): ViewState => ({ ...decodeView({}, ''), ...part })
const filtered = (part: Partial<typeof NO_FILTERS>) => view({ filters: { ...NO_FILTERS, ...part } })
const layer = (layers: LayerSpecification[], id: string) => {
  const found = layers.find((one) => one.id === id)
  if (!found) throw new Error(`no layer ${id}`)
  return found as { layout?: Record<string, unknown>; filter?: unknown }
}

describe('the style', () => {
  const variants: Record<string, StyleInput> = {
    plain: input,
    'all layers': { ...input, layers: LAYER_GROUPS },
    'no layers': { ...input, layers: [] },
    live: { ...input, findings: { mode: 'live' }, venues: { mode: 'live' }, aggregate: 'venues' },
    filtered: {
      ...input,
      findings: findingsMode(filtered({ state: ['suspected', 'legacy'] })),
      venues: venuesMode(filtered({ kind: ['bar'] })),
      stalls: stallsFilter(filtered({ kind: ['bar'] }), null),
      schools: idFilter([1, 2, 3]),
    },
    'no school matches': { ...input, schools: idFilter([]) },
    'no tiles yet': { ...input, tiles: {} },
  }
  it.each(Object.entries(variants))('is valid: %s', (_name, variant) => {
    for (const states of [[], ['suspected'], [...FINDING_STATES]]) {
      const style = buildStyle(variant, { ...extras, states })
      expect(validateStyleMin(JSON.parse(JSON.stringify(style)))).toEqual([])
    }
  })

  it('asks for no glyphs and no sprite: nothing is fetched but tiles and bundled fonts', () => {
    const style = buildStyle(input, extras)
    expect(style).not.toHaveProperty('glyphs')
    expect(style).not.toHaveProperty('sprite')
  })

  it('has the same layers whatever is shown, so that only properties change', () => {
    const ids = (variant: StyleInput) => buildLayers(variant, extras).map(({ id }) => id)
    for (const name of ['all layers', 'no layers', 'live', 'filtered']) expect(ids(variants[name]!)).toEqual(ids(input))
    expect(new Set(ids(input)).size).toBe(ids(input).length)
  })

  it('draws either tiles or live rows of findings, never both', () => {
    const visibility = (variant: StyleInput, id: string) => layer(buildLayers(variant, extras), id).layout?.visibility
    expect([visibility(input, 'finding-icon'), visibility(input, 'finding-live-icon')]).toEqual(['visible', 'none'])
    const live: StyleInput = { ...input, findings: { mode: 'live' } }
    expect([visibility(live, 'finding-icon'), visibility(live, 'finding-live-icon')]).toEqual(['none', 'visible'])
    expect([visibility(live, 'finding-bubble'), visibility(live, 'finding-live-bubble')]).toEqual(['none', 'visible'])
  })

  it('shows every live row at every zoom: in a bubble or by itself', () => {
    const live = buildLayers({ ...input, findings: { mode: 'live' } }, extras)
    const single = layer(live, 'finding-live-icon') as { minzoom?: number; filter?: unknown }
    expect(single.minzoom).toBe(0)
    expect(single.filter).toEqual(['all', ['!', ['has', 'count']]])
    expect(layer(live, 'finding-live-bubble').filter).toEqual(['all', ['has', 'count'], expect.anything()])
  })

  it('labels places from their own point layers, which do not repeat per tile', () => {
    for (const one of buildLayers({ ...input, layers: LAYER_GROUPS }, extras) as Record<string, unknown>[]) {
      const layout = one.layout as Record<string, unknown> | undefined
      if (one.type !== 'symbol' || layout?.['symbol-placement'] === 'line') continue
      expect(['regions', 'schools', 'zones'], String(one.id)).not.toContain(one['source-layer'])
    }
  })
})

describe('applying a style', () => {
  it('changes nothing when nothing changed', () => {
    expect(diffLayers(buildLayers(input, extras), buildLayers({ ...input }, extras))).toEqual([])
  })
  it('names exactly the properties that differ', () => {
    const without = { ...input, layers: DEFAULT_LAYERS.filter((group) => group !== 'gates') }
    expect(diffLayers(buildLayers(input, extras), buildLayers(without, extras))).toEqual([
      { layer: 'gate-icon', part: 'layout', name: 'visibility', value: 'none' },
    ])
  })
  it('begins again when a tile layer comes or goes', () => {
    expect(diffLayers(buildLayers({ ...input, tiles: {} }, extras), buildLayers(input, extras))).toBeNull()
  })
})

describe('how filters reach the map', () => {
  it('tiles answer states alone', () => {
    expect(findingsMode(view({}))).toEqual({ mode: 'tiles', filter: null })
    expect(findingsMode(filtered({ state: ['legacy'] }))).toEqual({
      mode: 'tiles',
      filter: ['in', ['get', 'state'], ['literal', ['legacy']]],
    })
  })
  it.each([
    { region: '419802' },
    { q: '网吧' },
    { school_kind: ['primary'] },
    { rule: ['CN-NET-200'] },
    { kind: ['bar'] },
    { severity: ['prohibit'] },
  ])('rows are drawn for %j', (part) => {
    expect(findingsMode(filtered(part))).toEqual({ mode: 'live' })
  })
  it('rows are drawn for a past moment', () => {
    expect(findingsMode(view({ as_of: '2026-01-01T00:00:00.000Z' }))).toEqual({ mode: 'live' })
  })
  it('the map extent changes nothing on the map', () => {
    expect(findingsMode(filtered({ in_view: true }))).toEqual({ mode: 'tiles', filter: null })
  })
  it('venues and schools follow the filters of their own tab', () => {
    const barFilter = { ...NO_FILTERS, kind: ['bar'], school_kind: ['primary'] }
    expect(venuesMode(view({ filters: barFilter }))).toMatchObject({
      mode: 'tiles',
      filter: ['in', ['get', 'kind'], expect.anything()],
    })
    expect(venuesMode(view({ tab: 'venues', filters: barFilter }))).toEqual({ mode: 'live' })
    expect(needsIds('schools', view({ filters: barFilter }))).toBe(false)
    expect(needsIds('schools', view({ tab: 'schools', filters: barFilter }))).toBe(true)
  })
  it('stalls disappear when other kinds are asked for', () => {
    expect(stallsFilter(view({}), null)).toBeNull()
    expect(stallsFilter(filtered({ kind: ['bar', 'street_stall'] }), null)).toBeNull()
    expect(stallsFilter(filtered({ kind: ['bar'] }), null)).toEqual(['all', false])
    expect(stallsFilter({ ...filtered({ kind: ['bar'] }), tab: 'stalls' }, [7])).toEqual(idFilter([7]))
    expect(needsIds('stalls', { ...filtered({ region: '419802' }), tab: 'stalls' })).toBe(true)
  })
})

describe('symbols', () => {
  it('differ by state in shape and colour', () => {
    expect(new Set(Object.values(STATE_COLOURS)).size).toBe(FINDING_STATES.length)
  })

  it('exist for every venue kind, drawn with paths only', () => {
    const folder = 'web/map/icons/svg'
    const glyphs = new Map(
      readdirSync(folder).map((file) => [glyphName(file), parseGlyph(readFileSync(`${folder}/${file}`, 'utf8'))]),
    )
    for (const [name, glyph] of glyphs) {
      expect(glyph.length, name).toBeGreaterThan(0)
      const svg = readFileSync(`${folder}/${name}.svg`, 'utf8')
      expect(svg.match(/<(?!\/|svg|path|title)\w+/g), name).toBeNull()
    }
    const plain = VENUE_KINDS.filter((kind) => kind !== 'other' && glyphFor(glyphs, kind) === glyphs.get('other'))
    expect(plain).toEqual([])
  })

  it('colour rings darker the nearer their threshold', () => {
    expect([50, 100, 200, 600].map(zoneColour)).toEqual(['#0b3d91', '#1f5fbf', '#4b86d8', '#85abe0'])
  })

  it('take their letters from the slice that covers them', () => {
    const faces = fontFaces(
      { '[4]': 'U+1f1e9-1f1f5,U+1f21a', latin: 'U+0000-00FF', '[9]': 'U+4e00' },
      {
        '/x/noto-sans-sc-4-wght-normal.woff2': '/a/4.woff2',
        '/x/noto-sans-sc-latin-wght-normal.woff2': '/a/latin.woff2',
      },
    )
    expect(faces).toEqual({
      'Perimeter Sans': [
        { url: '/a/4.woff2', 'unicode-range': ['U+1f1e9-1f1f5', 'U+1f21a'] },
        { url: '/a/latin.woff2', 'unicode-range': ['U+0000-00FF'] },
      ],
    })
  })
})
