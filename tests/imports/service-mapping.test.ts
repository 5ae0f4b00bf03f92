import { describe, expect, it } from 'vitest'
import { Problem } from '../../server/http/problem.ts'
import { assertFields, cellsOf, mapColumns, parseAssignments } from '../../server/imports/mapping.ts'

const problemOf = (work: () => unknown): Problem => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it should have been refused')
}

const mapped = (
  ...[layer, columns, stated = {}, values = {}]: [Parameters<typeof mapColumns>[0], string[], object?, object?]
) => Object.fromEntries(mapColumns(layer, columns, stated as never, values as never).columns)

describe('columns to fields', () => {
  it('knows the usual Chinese headers', () => {
    expect(mapped('schools', ['序号', '学校名称', '学校类别', '地址', '在校生数（人）', '经度', '纬度'])).toEqual({
      name: '学校名称',
      kind: '学校类别',
      address: '地址',
      students: '在校生数（人）',
    })
    expect(
      mapped('venues', ['场所名称', '许可证号', '经营范围', '有效期起', '有效期至', '负责人', '联系电话']),
    ).toEqual({
      name: '场所名称',
      licence_no: '许可证号',
      licence_scope: '经营范围',
      licence_issued_on: '有效期起',
      licence_expires_on: '有效期至',
    })
  })

  it('knows the columns of an Amap list and of OpenStreetMap', () => {
    expect(mapped('schools', ['name', 'address', 'adname', 'pname', 'type', 'lat', 'lon'])).toEqual({
      name: 'name',
      address: 'address',
      poi_type: 'type',
    })
    const osm = mapColumns('venues', ['@id', 'name', 'amenity', 'Shop'], {}, {})
    expect(Object.fromEntries(osm.columns)).toEqual({ name: 'name', external_id: '@id' })
    expect(osm.tags).toEqual(['amenity', 'Shop'])
  })

  it('takes what the sender says first, whatever the case', () => {
    expect(mapped('schools', ['名称', '简称', '全称'], { name: '全称' }).name).toBe('全称')
    expect(mapped('schools', ['NAME', 'Label'], { name: 'label' }).name).toBe('Label')
  })

  it('gives a column to one field only', () => {
    const fields = mapped('schools', ['名称', 'type'], { kind: 'type' })
    expect(fields).toEqual({ name: '名称', kind: 'type' })
  })

  it('says which columns are missing and what the file has', () => {
    const problem = problemOf(() => mapColumns('schools', ['甲', '乙'], {}, {}))
    expect(problem.code).toBe('columns_missing')
    expect(problem.title_zh).toContain('学校名称')
    expect(problem.title_zh).toContain('“甲”、“乙”')
    expect(problemOf(() => mapColumns('schools', ['名称'], { name: '丙' }, {})).code).toBe('column_not_found')
  })

  it('lets a constant stand for a missing column', () => {
    const mapping = mapColumns('stalls', ['名称'], {}, { sighted_at: '2026-11-01' })
    const cells = cellsOf(mapping, { row: 1, properties: { 名称: ' ' }, geometry: null, problem: null })
    expect(cells.get('sighted_at')).toBe('2026-11-01')
    expect(cells.get('name')).toBeNull()
  })

  it('refuses fields that the layer does not have and texts without =', () => {
    expect(problemOf(() => assertFields('roads', { students: '人数' }, 'with_places')).code).toBe('unknown_field')
    expect(problemOf(() => assertFields('roads', { lon: 'x' }, 'without_places')).code).toBe('unknown_field')
    expect(() => assertFields('roads', { lon: 'x', class: '等级' }, 'with_places')).not.toThrow()
    expect(parseAssignments(['name=店名', 'kind = a=b'])).toEqual({ name: '店名', kind: 'a=b' })
    expect(problemOf(() => parseAssignments(['name'])).code).toBe('bad_assignment')
  })
})
