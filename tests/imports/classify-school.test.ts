import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CODE_SCHEMES,
  classifySchool,
  SCHOOL_DICTIONARY,
  SCHOOL_EXCLUSIONS,
  type SchoolClues,
} from '../../server/imports/classify/index.ts'
import { SCHOOL_KIND_INFO, SCHOOL_KINDS } from '../../server/imports/classify/kinds.ts'
import { plainText } from '../../server/imports/classify/name-hits.ts'
import corpus from './classify-corpus.json' with { type: 'json' }

const answerOf = (clues: SchoolClues): string => {
  const { kinds, excluded } = classifySchool(clues)
  return excluded ? `!${excluded}` : kinds.join('+')
}

test('the packaged tables have known kinds, reasons, schemes and weights', () => {
  const { codes, names } = SCHOOL_DICTIONARY
  for (const row of [...codes.rows, ...names.rows]) {
    for (const kind of row.kinds) expect(SCHOOL_KINDS).toContain(kind)
    if (row.excluded) expect(SCHOOL_EXCLUSIONS).toHaveProperty(row.excluded)
    else expect(row.kinds.every((kind) => SCHOOL_KIND_INFO[kind].counted) && row.kinds.length > 0).toBe(true)
    expect(row.weight).toBeGreaterThan(0)
    expect(row.weight).toBeLessThanOrEqual(1)
  }
  for (const { scheme } of codes.rows) expect(CODE_SCHEMES).toContain(scheme)
  const tokens = names.rows.map(({ token }) => token)
  expect(new Set(tokens).size).toBe(tokens.length)
  for (const token of tokens) expect(token).toBe(plainText(token))
})

describe('the corpus of labelled names', () => {
  test.each(corpus.schools)('$name: $answer', ({ name, answer }) => {
    expect(answerOf({ name })).toBe(answer)
  })
})

const PATH = '科教文化服务;学校'

describe('codes', () => {
  test.each<[SchoolClues, string]>([
    [{ industry_code: '8310' }, 'kindergarten'],
    [{ industry_code: 'P8321' }, 'primary'],
    [{ industry_code: '8331' }, 'junior'],
    [{ industry_code: '8332' }, 'junior+secondary_vocational'],
    [{ industry_code: '8334' }, 'senior'],
    [{ industry_code: '8336' }, 'secondary_vocational'],
    [{ industry_code: '8350' }, 'special'],
    [{ industry_code: '8335' }, '!adult_education'],
    [{ industry_code: '8341' }, '!higher_education'],
    [{ industry_code: '8391' }, '!training'],
    [{ poi_code: '141204' }, 'kindergarten'],
    [{ poi_code: '141203|141202' }, 'primary+junior+senior'],
    [{ poi_code: '141206' }, 'secondary_vocational'],
    [{ poi_code: '141201' }, '!higher_education'],
    [{ poi_code: '141205' }, '!adult_education'],
    [{ poi_code: '141207' }, '!school_facility'],
    [{ poi_code: '141400' }, '!training'],
    [{ poi_code: '141500' }, '!training'],
    [{ poi_code: '141200' }, '!kind_unknown'],
    [{ poi_type: `${PATH};小学` }, 'primary'],
    [{ poi_type: '小学' }, 'primary'],
    [{ poi_type: '民办九年一贯制学校' }, 'primary+junior'],
    [{ given: '完全中学' }, 'junior+senior'],
    [{ given: '中学', name: '向明初级中学' }, 'junior'],
    [{ given: '九年一贯制学校', name: '向明初级中学' }, 'primary+junior'],
    [{ given: '小学', name: '育才学校初中部' }, 'primary'],
    [{ given: '幼儿园+小学' }, 'primary+kindergarten'],
    [{ given: '特殊教育学校', poi_code: '141203' }, 'special'],
    [{ osm_tags: { amenity: 'kindergarten' } }, 'kindergarten'],
    [{ osm_tags: { amenity: 'school' } }, 'primary+junior+senior'],
    [{ osm_tags: { amenity: 'school', 'isced:level': '1;2' } }, 'primary+junior'],
    [{ osm_tags: { amenity: 'school', name: 'x' }, name: '第一高级中学' }, 'senior'],
    [{ osm_tags: { amenity: 'university' } }, '!higher_education'],
    [{ osm_tags: { amenity: 'driving_school' } }, '!training'],
    [{ osm_tags: { building: 'yes' } }, '!kind_unknown'],
    [{}, '!kind_unknown'],
  ])('%j: %s', (clues, answer) => {
    expect(answerOf(clues)).toBe(answer)
  })
})

describe('a type and a name', () => {
  test.each<[string, string, string]>([
    ['市南中学', `${PATH};中学`, 'junior+senior'],
    ['向明初级中学', `${PATH};中学`, 'junior'],
    ['卢湾高级中学', `${PATH};中学`, 'senior'],
    ['曹杨第二中学(高中部)', `${PATH};中学`, 'senior'],
    ['育才中学九年一贯制', `${PATH};中学`, 'primary+junior'],
    ['育才小学(九年一贯制)', `${PATH};小学`, 'primary+junior'],
    ['蓬莱路第二小学', `${PATH};小学`, 'primary'],
    ['长宁区辅读学校', `${PATH};小学`, 'primary+special'],
    ['启智幼儿园', `${PATH};幼儿园`, 'kindergarten'],
    ['第一职业中学', `${PATH};中学`, 'secondary_vocational'],
    ['工艺美术职业学院', `${PATH};高等院校|${PATH};职业技术学校`, '!higher_education'],
    ['音乐学院实验学校', `${PATH};高等院校|${PATH};中学`, 'junior+senior'],
    ['区第一中心小学', `${PATH};小学`, 'primary'],
    ['信息管理学校', `${PATH};中学|${PATH};职业技术学校`, 'junior+senior+secondary_vocational'],
    ['民办金苹果学校', `${PATH};中学|${PATH};小学`, 'primary+junior+senior'],
    ['实验小学', PATH, 'primary'],
    ['培智学校', `${PATH};学校`, 'special'],
    ['北方大学', `${PATH};学校`, '!higher_education'],
    ['北方大学附属中学', `${PATH};高等院校`, '!higher_education'],
  ])('%s, %s: %s', (name, type, answer) => {
    expect(answerOf({ name, poi_type: type })).toBe(answer)
  })

  test('a type is believed, and what the name says against it is reported', () => {
    const type = `${PATH};中学|科教文化服务;培训机构;培训机构`
    expect(classifySchool({ name: '美高教育培训学校', poi_type: type })).toMatchObject({
      kinds: ['junior', 'senior'],
      source: 'poi',
      excluded: null,
      doubt: 'training',
    })
    expect(classifySchool({ name: '江南新村小学', poi_type: `${PATH};小学` }).doubt).toBeNull()
    expect(classifySchool({ name: '教师进修学院附属小学', poi_type: `${PATH};小学` }).doubt).toBeNull()
  })

  test('what is excluded says what it is', () => {
    expect(classifySchool({ poi_code: '141201' })).toMatchObject({ kinds: [], uncounted_kind: 'higher', source: 'poi' })
    expect(classifySchool({ name: '驾校' })).toMatchObject({ kinds: [], uncounted_kind: 'training', matched: '驾校' })
    expect(classifySchool({ name: '学校旧址' })).toMatchObject({ excluded: 'former_site', uncounted_kind: null })
  })

  test('a campus that is being built is planned', () => {
    expect(classifySchool({ name: '实验小学第二校区（建设中）' })).toMatchObject({
      kinds: ['primary'],
      status_hint: 'planned',
    })
    expect(classifySchool({ name: '实验小学第二校区' }).status_hint).toBeNull()
  })
})

test('any text at all gets kinds or a reason, never both, never neither', () => {
  const words = [
    '小学',
    '中学',
    '附属',
    '培训',
    '大学',
    '旧址',
    '(',
    ')',
    '|',
    '141203',
    '九年一贯制',
    '用品',
    '路',
    '科教文化服务;学校;中学',
  ]
  const text = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, text, (name, type, given) => {
      const found = classifySchool({ name, poi_type: type, poi_code: type, given, osm_tags: { amenity: 'school' } })
      expect(found.kinds.length > 0).toBe(found.excluded === null)
      expect(found.kinds.every((kind) => SCHOOL_KIND_INFO[kind].counted)).toBe(true)
    }),
    { seed: 42, numRuns: 2000 },
  )
})
