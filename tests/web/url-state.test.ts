import { describe, expect, it } from 'vitest'
import { NO_FILTERS } from '../../web/stores/filters.ts'
import { DEFAULT_LAYERS, decodeView, encodeView, isSameAddress, type ViewState } from '../../web/stores/url-state.ts'

const plain: ViewState = {
  tab: 'findings',
  selection: null,
  filters: NO_FILTERS,
  as_of: null,
  layers: DEFAULT_LAYERS,
  lang: 'zh-CN',
  camera: null,
}
const full: ViewState = {
  tab: 'venues',
  selection: { type: 'stall', id: 4711 },
  filters: {
    state: ['suspected', 'legacy'],
    rule: ['CN-NET-200'],
    kind: ['internet_cafe', 'bar'],
    school_kind: ['primary'],
    severity: ['prohibit'],
    region: '419802001',
    q: '育才路 & 100%',
    expires_in_days: 90,
    in_view: true,
  },
  as_of: '2026-03-01T04:00:00.000Z',
  layers: ['findings', 'police'],
  lang: 'en',
  camera: { zoom: 16.2, lat: 30.28, lon: 120.15187, bearing: 30.5, pitch: 0 },
}
/** Through a real address bar: encoded, joined, parsed. */
function throughAddress(state: ViewState): ViewState {
  const { query, hash } = encodeView(state)
  const url = new URL(`http://127.0.0.1/?${new URLSearchParams(query)}${hash}`)
  return decodeView(Object.fromEntries(url.searchParams), url.hash)
}

describe('the address of a view', () => {
  it('is empty for the plain view', () => {
    expect(encodeView(plain)).toEqual({ query: {}, hash: '' })
    expect(decodeView({}, '')).toEqual({ ...plain, lang: null })
  })

  it('restores everything', () => {
    expect(throughAddress(full)).toEqual(full)
  })

  it('keeps all layers off apart from the default', () => {
    const none = { ...plain, layers: [] }
    expect(encodeView(none).query).toEqual({ layers: '' })
    expect(throughAddress(none).layers).toEqual([])
  })

  it('writes the camera as zoom/lat/lon and turns it only when turned', () => {
    const camera = { zoom: 12, lat: 34.6, lon: 114.9, bearing: 0, pitch: 0 }
    expect(encodeView({ ...plain, camera }).hash).toBe('#m=12.00/34.60000/114.90000')
    expect(encodeView({ ...plain, camera: { ...camera, bearing: -20 } }).hash).toBe(
      '#m=12.00/34.60000/114.90000/-20.0/0',
    )
  })
})

describe('two states', () => {
  const camera = { zoom: 12, lat: 34.6, lon: 114.9, bearing: 0, pitch: 0 }
  it('have one address when only digits differ that it does not hold', () => {
    expect(isSameAddress({ ...plain, camera }, { ...plain, camera: { ...camera, lat: 34.600001 } })).toBe(true)
    expect(isSameAddress({ ...plain, camera }, { ...plain, camera: { ...camera, lat: 34.6001 } })).toBe(false)
    expect(isSameAddress(plain, { ...plain, selection: { type: 'school', id: 3 } })).toBe(false)
  })
})

describe('an address from elsewhere', () => {
  it.each([
    [{ tab: 'cases' }, 'tab', 'findings'],
    [{ sel: 'finding-0' }, 'selection', null],
    [{ sel: 'finding-1e3' }, 'selection', null],
    [{ sel: 'person-5' }, 'selection', null],
    [{ lang: 'de' }, 'lang', null],
    [{ as_of: 'yesterday' }, 'as_of', null],
    [{ layers: 'roads,moon' }, 'layers', ['roads']],
  ] as const)('%j gives a harmless %s', (query, key, expected) => {
    expect(decodeView(query, '')[key]).toEqual(expected)
  })

  it('drops repeated and empty filter values, and days that are no days', () => {
    const { filters } = decodeView({ state: 'suspected,,suspected', expires: '-3', q: ['a', 'b'] }, '')
    expect(filters).toEqual({ ...NO_FILTERS, state: ['suspected'] })
  })

  it.each(['#m=12/95/114', '#m=12/34/190', '#m=a/b/c', '#m=12/34', '#list', ''])('ignores the camera %j', (hash) => {
    expect(decodeView({}, hash).camera).toBeNull()
  })
})
