import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CODE_SCHEMES,
  classifyVenue,
  VENUE_DICTIONARY,
  type VenueClues,
  type VenueDictionary,
} from '../../server/imports/classify/index.ts'
import { VENUE_GROUPS, VENUE_KIND_INFO, VENUE_KINDS } from '../../server/imports/classify/kinds.ts'
import { plainText } from '../../server/imports/classify/name-hits.ts'
import corpus from './classify-corpus.json' with { type: 'json' }

describe('the packaged tables', () => {
  const { codes, names } = VENUE_DICTIONARY

  test('have versions, known kinds, known schemes and honest weights', () => {
    expect(codes.version).toMatch(/^\d{4}\.\d{2}$/)
    expect(names.version).toMatch(/^\d{4}\.\d{2}$/)
    for (const row of [...codes.rows, ...names.rows]) {
      expect(VENUE_KINDS, JSON.stringify(row)).toContain(row.kind)
      expect(row.weight).toBeGreaterThan(0)
      expect(row.weight).toBeLessThanOrEqual(1)
    }
    for (const row of codes.rows) {
      expect(CODE_SCHEMES).toContain(row.scheme)
      expect(row.code !== '' || row.path !== undefined).toBe(true)
    }
  })

  test('have no row twice, and lists for every reference', () => {
    const keys = codes.rows.map(({ scheme, code, path }) => `${scheme} ${code} ${path}`)
    expect(new Set(keys).size).toBe(keys.length)
    const tokens = names.rows.map(({ token }) => token)
    expect(new Set(tokens).size).toBe(tokens.length)
    for (const { token, exclude_after: after } of names.rows) {
      // Names are compared in this form, so a token in another could never be found.
      expect(token).toBe(plainText(token))
      for (const word of after ?? []) if (word.startsWith('@')) expect(names.lists).toHaveProperty(word.slice(1))
    }
  })

  test('reach every kind that can be reached', () => {
    const reached = new Set([...codes.rows, ...names.rows].map(({ kind }) => kind))
    expect(VENUE_KINDS.filter((kind) => !reached.has(kind))).toEqual([])
  })

  test('every kind has a label in both languages and a known group', () => {
    for (const kind of VENUE_KINDS) {
      const { zh, en, group } = VENUE_KIND_INFO[kind]
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[A-Z]/)
      expect(VENUE_GROUPS).toContain(group)
    }
    expect(new Set(VENUE_KINDS.map((kind) => VENUE_KIND_INFO[kind].zh)).size).toBe(VENUE_KINDS.length)
  })
})

describe('the corpus of labelled names', () => {
  test.each(corpus.venues)('$name: $kind', ({ name, kind }) => {
    const found = classifyVenue({ name })
    expect(found.kind).toBe(kind)
    expect(found.kind_source).toBe(kind === null ? null : 'name')
  })
})

describe('one clue', () => {
  test.each<[VenueClues, string | null, string]>([
    [{ licence_scope: '互联网上网服务；预包装食品销售' }, 'internet_cafe', '互联网上网服务'],
    [{ licence_code: '网络文化经营许可证' }, 'internet_cafe', '网络文化经营许可证'],
    [{ licence_scope: '歌舞娱乐活动' }, 'song_dance', '歌舞娱乐'],
    [{ licence_scope: '一般项目：酒吧服务（不含演艺娱乐活动）；餐饮服务' }, 'bar', '酒吧服务'],
    [{ licence_scope: '餐饮服务（不含酒吧服务、歌舞娱乐）' }, 'restaurant', '餐饮服务'],
    [{ licence_scope: '游艺娱乐活动' }, 'amusement_arcade', '游艺娱乐'],
    [{ licence_scope: '剧本娱乐活动' }, 'script_murder', '剧本娱乐'],
    [{ licence_code: '烟草专卖零售许可证' }, 'tobacco', '烟草专卖零售'],
    [{ licence_scope: '电子烟零售' }, 'e_cigarette', '电子烟零售'],
    [{ licence_scope: '食品销售；体育彩票代销' }, 'lottery_outlet', '彩票代销'],
    [{ industry_code: '9013' }, 'internet_cafe', '9013'],
    [{ industry_code: 'R9011' }, 'song_dance', '9011'],
    [{ industry_code: '9012 电子游艺厅娱乐活动' }, 'amusement_arcade', '9012'],
    [{ industry_code: '6233' }, 'bar', '6233'],
    [{ industry_code: '6231' }, 'restaurant', '6231'],
    [{ industry_code: '9041' }, 'lottery_outlet', '9041'],
    [{ industry_code: '5227' }, 'tobacco', '5227'],
    [{ industry_code: '5291' }, 'street_stall', '5291'],
    [{ industry_code: '8391' }, 'training', '8391'],
    [{ industry_code: '8394' }, 'after_school_care', '8394'],
    [{ industry_code: '1432' }, 'workshop', '1432'],
    [{ industry_code: '9999' }, null, ''],
    [{ industry_code: '网吧活动' }, null, ''],
    [{ poi_code: '080308' }, 'internet_cafe', '080308'],
    [{ poi_code: '080300' }, 'song_dance', '080300'],
    [{ poi_code: '071801' }, 'lottery_outlet', '071801'],
    [{ poi_code: '061210' }, 'tobacco', '061210'],
    [{ poi_code: '050117' }, 'restaurant', '050117'],
    [{ poi_code: '050117|080304' }, 'bar', '080304'],
    [{ poi_code: '180400' }, null, ''],
    [{ poi_type: '体育休闲服务;娱乐场所;网吧' }, 'internet_cafe', '体育休闲服务;娱乐场所;网吧'],
    [{ poi_type: '体育休闲服务;娱乐场所;今后的新类' }, 'song_dance', '体育休闲服务;娱乐场所;今后的新类'],
    [{ poi_type: '餐饮服务;中餐厅;火锅店' }, 'restaurant', '餐饮服务;中餐厅;火锅店'],
    [{ poi_type: '美食;酒吧' }, 'bar', '美食;酒吧'],
    [{ poi_type: '酒吧' }, 'bar', '酒吧'],
    [{ poi_type: '地名地址信息;交通地名;道路名' }, null, ''],
    [{ osm_tags: { amenity: 'internet_cafe' } }, 'internet_cafe', 'amenity=internet_cafe'],
    [{ osm_tags: { amenity: 'bar', name: 'x' } }, 'bar', 'amenity=bar'],
    [{ osm_tags: { leisure: 'sports_centre', sport: 'swimming;billiards' } }, 'billiards', 'sport=billiards'],
    [{ osm_tags: { shop: 'lottery' } }, 'lottery_outlet', 'shop=lottery'],
    [{ osm_tags: { leisure: 'adult_gaming_centre' } }, 'amusement_arcade', 'leisure=adult_gaming_centre'],
    [{ osm_tags: { amenity: 'parking' } }, null, ''],
    [{}, null, ''],
  ])('%j: %s', (clues, kind, matched) => {
    const found = classifyVenue(clues)
    expect(found.kind).toBe(kind)
    expect(found.matched ?? '').toBe(matched)
  })

  test('every Amap code of the table agrees with its path', () => {
    for (const row of VENUE_DICTIONARY.codes.rows.filter(({ scheme }) => scheme === 'amap')) {
      const code = row.code.padEnd(6, '0')
      expect(classifyVenue({ poi_code: code }).kind, code).toBe(classifyVenue({ poi_type: row.path ?? '' }).kind)
    }
  })
})

describe('order of trust', () => {
  const clues: Required<VenueClues> = {
    licence_code: '',
    licence_scope: '歌舞娱乐活动',
    industry_code: '9012',
    poi_code: '080304',
    poi_type: '体育休闲服务;娱乐场所;棋牌室',
    osm_tags: { shop: 'lottery' },
    name: '蓝天网吧',
  }
  test('licence, industry, POI, OSM, name; each with less confidence', () => {
    const order = [['licence_scope'], ['industry_code'], ['poi_code', 'poi_type'], ['osm_tags'], ['name']] as const
    const left: VenueClues = { ...clues }
    const answers = order.map((keys) => {
      const { kind, kind_source: source, confidence } = classifyVenue(left)
      for (const key of keys) delete left[key]
      return { kind, source, confidence }
    })
    expect(answers.map(({ kind, source }) => [kind, source])).toEqual([
      ['song_dance', 'licence'],
      ['amusement_arcade', 'industry'],
      ['bar', 'poi'],
      ['lottery_outlet', 'osm'],
      ['internet_cafe', 'name'],
    ])
    const confidences = answers.map(({ confidence }) => confidence)
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
  })

  test('everything found is listed, in that order', () => {
    const { candidates } = classifyVenue(clues)
    expect(candidates.map(({ kind, kind_source: source, matched }) => [kind, source, matched])).toEqual([
      ['song_dance', 'licence', '歌舞娱乐'],
      ['amusement_arcade', 'industry', '9012'],
      ['bar', 'poi', '080304'],
      ['chess_cards', 'poi', '体育休闲服务;娱乐场所;棋牌室'],
      ['lottery_outlet', 'osm', 'shop=lottery'],
      ['internet_cafe', 'name', '网吧'],
    ])
  })

  test('of several types the regulated one counts, and of those the first', () => {
    const type = '住宿服务;宾馆酒店;五星级宾馆|体育休闲服务;娱乐场所;酒吧'
    expect(classifyVenue({ poi_type: type }).kind).toBe('bar')
    const games = '体育休闲服务;娱乐场所;游戏厅|体育休闲服务;娱乐场所;棋牌室|餐饮服务;咖啡厅;咖啡厅'
    expect(classifyVenue({ poi_type: games }).kind).toBe('amusement_arcade')
  })
})

describe('codes that cover several kinds', () => {
  test.each<[string, VenueClues, string, string]>([
    ['groceries and a net café', { licence_scope: '日用百货销售', industry_code: '9013' }, 'internet_cafe', 'industry'],
    [
      'an entertainment licence and an arcade',
      { licence_code: '娱乐经营许可证', industry_code: '9012' },
      'amusement_arcade',
      'industry',
    ],
    [
      'an entertainment licence in a restaurant',
      { licence_code: '娱乐经营许可证', poi_code: '050100' },
      'song_dance',
      'licence',
    ],
    ['other indoor entertainment and a KTV', { industry_code: '9019', poi_code: '080302' }, 'song_dance', 'poi'],
    ['nothing exact anywhere', { industry_code: '9019', poi_code: '080500' }, 'other', 'industry'],
  ])('%s', (_, clues, kind, source) => {
    expect(classifyVenue(clues)).toMatchObject({ kind, kind_source: source })
  })
})

describe('a name against a code', () => {
  test.each<[string, VenueClues, string, string]>([
    ['a KTV filed as a cinema', { name: '金豹KTV', poi_type: '体育休闲服务;影剧院;电影院' }, 'song_dance', 'name'],
    ['a bar filed as a restaurant', { name: '麦田酒吧', poi_code: '050201' }, 'bar', 'name'],
    ['a net café tagged as a café', { name: '飞宇网咖', osm_tags: { amenity: 'cafe' } }, 'internet_cafe', 'name'],
    [
      'a lottery shop filed as a convenience shop',
      { name: '福彩便利店', poi_code: '060200' },
      'lottery_outlet',
      'name',
    ],
    ['weak words do not overrule', { name: '小镇酒馆', poi_code: '050100' }, 'restaurant', 'poi'],
    ['nor do craft beer and quiet bars', { name: '清吧精酿餐厅', poi_code: '050100' }, 'restaurant', 'poi'],
    ['nor a club', { name: '鸿运会所', poi_code: '050100' }, 'restaurant', 'poi'],
    ['nor a word in brackets', { name: '老王烧烤(酒吧店)', poi_code: '050100' }, 'restaurant', 'poi'],
    ['nor a street', { name: '酒吧街火锅', poi_code: '050117' }, 'restaurant', 'poi'],
    ['nor a supplier', { name: '网吧设备餐厅', poi_code: '050100' }, 'restaurant', 'poi'],
    ['a regulated type stays', { name: '老友KTV', poi_code: '080304' }, 'bar', 'poi'],
    ['an industry code stays', { name: '金豹KTV', industry_code: '6210' }, 'restaurant', 'industry'],
    ['a licence stays', { name: '蓝天网吧', licence_scope: '餐饮服务' }, 'restaurant', 'licence'],
    ['a generic type leaves it to the name', { name: '大玩家电玩城', poi_code: '080300' }, 'amusement_arcade', 'name'],
    ['but not to an unregulated word', { name: '银座影城', poi_code: '080300' }, 'song_dance', 'poi'],
    [
      'a generic unregulated type',
      { name: '康民足浴', poi_type: '生活服务;生活服务场所;生活服务场所' },
      'bath_house',
      'name',
    ],
    ['a generic industry', { name: '谜案馆剧本杀', industry_code: '9019' }, 'script_murder', 'name'],
    ['a generic industry without a name', { industry_code: '9019' }, 'other', 'industry'],
    ['billiards are fitness', { name: '黑八台球', industry_code: '8930' }, 'billiards', 'name'],
    ['an e-sports hotel filed as a hotel', { name: '雷神电竞酒店', poi_code: '100105' }, 'esports_hotel', 'name'],
    ['filed as a net café', { name: '雷神电竞酒店', poi_code: '080308' }, 'esports_hotel', 'name'],
    ['licensed as a hotel', { name: '雷神电竞酒店', licence_scope: '旅馆业' }, 'esports_hotel', 'name'],
    ['an exclusive lottery shop', { name: '体育彩票专营店', poi_code: '071800' }, 'lottery_exclusive', 'name'],
    ['an escape room filed as leisure', { name: '奥秘密室逃脱', poi_code: '080500' }, 'escape_room', 'name'],
    [
      'a script licence and an escape room',
      { name: '长藤密室逃脱', licence_scope: '剧本娱乐活动' },
      'escape_room',
      'name',
    ],
    ['a karaoke bar is no e-sports hotel', { name: '雷神电竞酒店', poi_code: '080302' }, 'song_dance', 'poi'],
  ])('%s', (_, clues, kind, source) => {
    expect(classifyVenue(clues)).toMatchObject({ kind, kind_source: source })
  })

  test('a name against a type is surely less than either alone', () => {
    const against = classifyVenue({ name: '金豹KTV', poi_code: '080601' }).confidence
    expect(against).toBeLessThan(classifyVenue({ name: '金豹KTV' }).confidence)
    expect(against).toBeGreaterThan(0.3)
  })

  test('words that need a check have little weight', () => {
    for (const name of ['大乐透超市', '鸿运会所', '星空电竞俱乐部']) {
      expect(classifyVenue({ name }).confidence, name).toBeLessThan(0.3)
    }
  })
})

describe('the dictionary is an argument', () => {
  const own: VenueDictionary = {
    codes: { version: '1', rows: [{ scheme: 'amap', code: '99', kind: 'clinic', weight: 1 }] },
    names: {
      version: '1',
      exclude_next_of_all: [],
      not_excluding: [],
      lists: {},
      rows: [{ token: '旗亭', kind: 'bar', weight: 0.9 }],
    },
  }
  test('another one gives other answers', () => {
    expect(classifyVenue({ name: '旗亭' }, own).kind).toBe('bar')
    expect(classifyVenue({ name: '金豹KTV' }, own).kind).toBeNull()
    expect(classifyVenue({ poi_code: '991401' }, own).kind).toBe('clinic')
  })
})

test('any text at all gets an answer', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('网吧', '(', ')', '|', ';', '080308', '9013', '旁', 'KTV', '不含', '，', '酒吧'), {
        maxLength: 12,
      })
      .map((words) => words.join('')),
  )
  fc.assert(
    fc.property(text, text, text, (name, type, scope) => {
      const found = classifyVenue({
        name,
        poi_type: type,
        poi_code: type,
        industry_code: type,
        licence_scope: scope,
        osm_tags: { amenity: name },
      })
      expect(found.kind === null).toBe(found.candidates.length === 0)
      expect(found.confidence).toBeLessThanOrEqual(1)
    }),
    { seed: 41, numRuns: 2000 },
  )
})
