import { expect, it } from 'vitest'
import { parseBbox, regionPrefix } from '../../server/http/filters.ts'

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
