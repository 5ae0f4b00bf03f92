import { describe, expect, it } from 'vitest'
import {
  readBoolean,
  readDate,
  readInteger,
  readMoment,
  readNumber,
  readText,
  readWord,
} from '../../server/imports/values.ts'

describe('cells to values', () => {
  it.each([
    ['2024-03-01', '2024-03-01'],
    ['2024/3/1', '2024-03-01'],
    ['2024.3.1', '2024-03-01'],
    ['2024年3月1日', '2024-03-01'],
    ['２０２４年３月１日', '2024-03-01'],
    ['20240301', '2024-03-01'],
    ['2024-03-01 00:00:00', '2024-03-01'],
    ['2024-03-01T00:00:00', '2024-03-01'],
    // 23:00 in London is the next morning in China.
    ['2024-02-29T23:00:00Z', '2024-03-01'],
    // Excel's day number, as a date column without its format is saved.
    ['45352', '2024-03-01'],
    [45352, '2024-03-01'],
  ])('reads the day %s', (cell, day) => expect(readDate(cell)).toBe(day))

  it.each(['2024-02-30', '2023-02-29', '01/03/2024', '2024-13-01', '三月', '99999', 'true', '2024'])(
    'refuses %s as a day',
    (cell) => expect(readDate(cell)).toBeUndefined(),
  )

  it.each(['长期', '无固定期限', '/', '—'])('takes %s as "no date"', (cell) => expect(readDate(cell)).toBeNull())

  it.each([
    ['2026-11-01 17:05', '2026-11-01T17:05:00+08:00'],
    ['2026/11/1 7:05:09', '2026-11-01T07:05:09+08:00'],
    ['2026年11月1日 17时05分', '2026-11-01T17:05:00+08:00'],
    ['2026-11-01T17:05:09.250', '2026-11-01T17:05:09+08:00'],
    ['2026-11-01', '2026-11-01T00:00:00+08:00'],
    ['2026-11-01T17:05:00+09:00', '2026-11-01T08:05:00.000Z'],
    ['2026-11-01 17:05:00Z', '2026-11-01T17:05:00.000Z'],
  ])('reads the moment %s', (cell, moment) => expect(readMoment(cell)).toBe(moment))

  it.each(['2026-11-01 25:00', '2026-11-01 下午', '17:05', '2026-02-30 12:00', 'x'])('refuses %s as a moment', (cell) =>
    expect(readMoment(cell)).toBeUndefined(),
  )

  it.each([
    ['1250', 1250],
    ['1,250', 1250],
    ['1250人', 1250],
    ['１２５０', 1250],
    ['800.0', 800],
    [800, 800],
    ['-3', -3],
  ])('reads the whole number %s', (cell, value) => expect(readInteger(cell)).toBe(value))

  it.each(['12.5', '约800', '1,25', '1e3', 'NaN'])('refuses %s as a whole number', (cell) =>
    expect(readInteger(cell)).toBeUndefined(),
  )

  it('reads numbers, yes and no, words', () => {
    expect(readNumber('15米')).toBe(15)
    expect(readNumber('Infinity')).toBeUndefined()
    expect([readBoolean('是'), readBoolean('0'), readBoolean(true), readBoolean('也许')]).toEqual([
      true,
      false,
      true,
      undefined,
    ])
    expect(readWord('后门', ['main', 'back'], { 后门: 'back' })).toBe('back')
    expect(readWord('MAIN', ['main', 'back'], {})).toBe('main')
    expect(readWord('旁门', ['main', 'back'], { 后门: 'back' })).toBeUndefined()
  })

  it('refuses text that PostgreSQL cannot keep', () => {
    expect(readText(' 第一小学 ')).toBe('第一小学')
    expect(readText('a\0b')).toBeUndefined()
    expect(readText('a\ud83d')).toBeUndefined()
    expect(readText('🏫')).toBe('🏫')
  })
})
