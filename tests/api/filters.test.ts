import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { parseBbox, regionPrefix } from '../../server/http/filters.ts'
import { schemaComplaints } from '../harness.ts'

it.each([
  ['000000', ''],
  ['410000', '41'],
  ['410900', '4109'],
  ['411000', '4110'],
  ['500000', '50'],
  ['410902', '410902'],
  ['410902100', '410902100'],
  ['410902110', '410902110'],
  ['410902000', '410902'],
  ['410902100000', '410902100'],
  ['410902000000', '410902'],
  ['410000000000', '41'],
  ['410902100201', '410902100201'],
  ['PS-00', 'PS-00'],
])('the subtree of %s begins with "%s"', (code, prefix) => {
  expect(regionPrefix(code)).toBe(prefix)
})

it('a bbox is four finite numbers in order', () => {
  expect(parseBbox('113.9, 35.7,114,35.8')).toEqual([113.9, 35.7, 114, 35.8])
  for (const bad of ['', '1,2,3', '1,2,3,4,5', '1,2,,4', '3,2,1,4', '1,4,3,2', '1,2,Infinity,4', '1,2,181,4'])
    expect(() => parseBbox(bad), bad).toThrow()
})

it('the harness sees what an answer has too little, too much or of another type', () => {
  const item = Type.Object({ id: Type.Integer(), name: Type.Union([Type.String(), Type.Null()]) })
  const published = { 200: Type.Object({ items: Type.Array(item) }), '4xx': Type.Object({ code: Type.String() }) }
  const complaints = (status: number, body: unknown) => schemaComplaints(published, status, JSON.stringify(body)).length
  expect(
    complaints(200, {
      items: [
        { id: 1, name: null },
        { id: 2, name: '二' },
      ],
    }),
  ).toBe(0)
  expect(complaints(200, { items: [{ id: 1 }] })).toBeGreaterThan(0)
  expect(complaints(200, { items: [{ id: 1.5, name: null }] })).toBeGreaterThan(0)
  expect(complaints(200, { items: [{ id: 1, name: null, owner: '某人' }] })).toBeGreaterThan(0)
  expect(complaints(404, { code: 'not_found' })).toBe(0)
  expect(complaints(302, {})).toBeGreaterThan(0)
})
