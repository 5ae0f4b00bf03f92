// The known answer: which rows of real Shanghai point files are venues and which are schools, compared as sets of rows.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { classifySchool, classifyVenue } from '../../server/imports/classify/index.ts'
import { VENUE_KIND_INFO } from '../../server/imports/classify/kinds.ts'
import { readPath } from './formats-files.ts'

const DATA = new URL('../../../shared/data/shanghai-poi/', import.meta.url)

interface Point {
  key: string
  name: string
  type: string
}

async function pointsOf(file: string): Promise<Point[]> {
  const { rows } = await readPath(fileURLToPath(new URL(file, DATA)))
  return rows.map(({ row, properties: { name, type } }) => ({
    key: `${file}:${row} ${name}`,
    name: String(name),
    type: String(type),
  }))
}

describe.skipIf(!existsSync(DATA))('Shanghai (skipped without ../shared/data)', () => {
  test('exactly 54 rows of the food, hot-pot and theatre files are entertainment or net cafés', async () => {
    const files = ['shanghai_food.csv', 'shanghai_hotpot.csv', 'shanghai_Theatr_Cinema.csv']
    const points = (await Promise.all(files.map(pointsOf))).flat()
    const defined = points.filter(
      ({ name, type }) =>
        type.includes('体育休闲服务;娱乐场所') || /KTV|酒吧|网吧|网咖|量贩|夜总会|游戏厅|电玩/.test(name),
    )
    const found = points.filter(({ name, type }) => {
      const { kind } = classifyVenue({ name, poi_type: type })
      return kind && ['entertainment', 'internet_cafe'].includes(VENUE_KIND_INFO[kind].group)
    })
    expect(defined).toHaveLength(54)
    expect(found.map(({ key }) => key)).toEqual(defined.map(({ key }) => key))
  })

  test('the KTV typed as a cinema is found by its name', async () => {
    const points = await pointsOf('shanghai_Theatr_Cinema.csv')
    const leopard = points.find(({ name }) => name === '金豹KTV')
    expect(leopard?.type).toBe('体育休闲服务;影剧院;电影院')
    expect(classifyVenue({ name: leopard?.name ?? '', poi_type: leopard?.type ?? '' })).toMatchObject({
      kind: 'song_dance',
      kind_source: 'name',
      matched: 'KTV',
    })
  })

  test('schools are the rows whose type ends in 小学, 中学 or 幼儿园; the others have a reason', async () => {
    const points = await pointsOf('shanghai_school.csv')
    const isSchool = (type: string) => type.split('|').some((path) => /;(小学|中学|幼儿园)$/.test(path))
    const wrong = points.filter(
      ({ name, type }) => isSchool(type) !== (classifySchool({ name, poi_type: type }).excluded === null),
    )
    expect(wrong).toEqual([])
    const schools = points.filter(({ type }) => isSchool(type))
    expect(schools).toHaveLength(4240)
    const counts: Record<string, number> = {}
    for (const { name, type } of schools) {
      for (const kind of classifySchool({ name, poi_type: type }).kinds) counts[kind] = (counts[kind] ?? 0) + 1
    }
    expect(counts.kindergarten).toBe(2313)
    expect(counts.primary).toBe(935)
    // 995 middle schools by type, 65 of them senior only and 61 junior only by name.
    expect(counts.junior).toBe(995 - 65)
    expect(counts.senior).toBe(995 - 61)
  })

  // 晋元高级中学附属学校 is not the senior school it belongs to.
  test('every middle school that names its stage has that stage only', async () => {
    const points = await pointsOf('shanghai_school.csv')
    for (const { name, type } of points.filter((point) => point.type === '科教文化服务;学校;中学')) {
      const { kinds } = classifySchool({ name, poi_type: type })
      if (/初级中学(?!附)/.test(name)) expect(kinds, name).toEqual(['junior'])
      if (/高级中学(?!附)/.test(name)) expect(kinds, name).toEqual(['senior'])
    }
  })
})
