import { describe, expect, it } from 'vitest'
import { daysBetween, formatMoment, licenceCountdown, todayInChina } from '../../web/format/dates.ts'
import {
  cgcs2000Meridian,
  formatMetres,
  formatPosition,
  formatThreshold,
  formatUncertainty,
  thresholdShare,
} from '../../web/format/numbers.ts'

describe('metres', () => {
  it.each([
    [148.26, 200, '148.3'],
    [199.95, 200, '199.950'],
    [200.05, 200, '200.050'],
    [199.9, 200, '199.9'],
    [200.101, 200, '200.1'],
    [0, 50, '0.0'],
  ])('%d against %d reads %s', (distance, threshold, text) => {
    expect(formatMetres(distance, threshold)).toBe(text)
  })

  it('write thresholds and uncertainties without false precision', () => {
    expect([200, 62.5, 0].map(formatThreshold)).toEqual(['200', '62.5', '0'])
    expect([0, 0.04, 3, 25.005].map(formatUncertainty)).toEqual(['0.0', '0.04', '3.0', '25.0'])
  })

  it('give the bar its share, never more than whole', () => {
    expect([thresholdShare(50, 200), thresholdShare(212, 200), thresholdShare(0, 0)]).toEqual([0.25, 1, 1])
  })
})

describe('places', () => {
  it('write positions as lon, lat to the centimetre', () => {
    expect(formatPosition([114.859421, 34.5516449])).toBe('114.8594210, 34.5516449')
  })
  it('know the central meridian of a CGCS2000 zone', () => {
    expect([4534, 4547, 4554, 3857].map(cgcs2000Meridian)).toEqual([75, 114, 135, null])
  })
})

describe('dates', () => {
  it('are in China time whatever the PC says', () => {
    expect(formatMoment('2026-11-22T16:30:00Z')).toBe('2026-11-23 00:30')
    expect(todayInChina(new Date('2026-11-22T16:30:00Z'))).toBe('2026-11-23')
  })
  it('count calendar days both ways', () => {
    expect(daysBetween('2026-11-23', '2026-12-13')).toBe(20)
    expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1)
  })
  it.each([
    ['2026-11-22', -1, 'expired'],
    ['2026-11-23', 0, 'soon'],
    ['2027-02-21', 90, 'soon'],
    ['2027-02-22', 91, 'later'],
  ])('a licence until %s has %d days left and is %s', (expires_on, days, tone) => {
    expect(licenceCountdown(expires_on, '2026-11-23')).toEqual({ days, tone })
  })
})
