import type { ArealGeometry } from '../geo/geojson.ts'
import { REGION_KINDS, REGION_LEVELS, type RegionInput } from '../regions/schemas.ts'
import type { RowReader } from './row-reader.ts'

type Level = (typeof REGION_LEVELS)[number]

const LEVEL_WORDS: Record<string, Level> = {
  省: 'province',
  直辖市: 'province',
  自治区: 'province',
  市: 'city',
  地级市: 'city',
  区: 'district',
  县: 'district',
  区县: 'district',
  县级市: 'district',
  乡: 'township',
  镇: 'township',
  街道: 'township',
  乡镇: 'township',
  乡镇街道: 'township',
  村: 'community',
  社区: 'community',
  派出所: 'station',
}
const KIND_WORDS: Record<string, (typeof REGION_KINDS)[number]> = { 行政区: 'admin', 派出所: 'police', 公安: 'police' }

/** GB/T 2260: 6 digits in pairs; GB/T 10114: 9 digits for townships, 12 for communities. */
function levelOf(code: string): Level {
  if (/^\d{2}0000$/.test(code)) return 'province'
  if (/^\d{4}00$/.test(code)) return 'city'
  if (/^\d{6}$/.test(code)) return 'district'
  return /^\d{9}(000)?$/.test(code) ? 'township' : 'community'
}

/** The code one level up, by the digits; undefined where they do not tell. */
function parentOf(code: string, level: Level): string | undefined {
  if (!/^\d{6}(\d{3})?(\d{3})?$/.test(code)) return undefined
  if (level === 'city') return `${code.slice(0, 2)}0000`
  if (level === 'district') return `${code.slice(0, 4)}00`
  if (level === 'township') return code.slice(0, 6)
  return level === 'community' ? code.slice(0, 9) : undefined
}

export function regionRow(reader: RowReader, geometry: ArealGeometry): RegionInput {
  const code = reader.needText('code')
  const name = reader.needText('name')
  const statedLevel = reader.word('level', REGION_LEVELS, LEVEL_WORDS)
  const kind =
    reader.word('kind', REGION_KINDS, KIND_WORDS) ??
    (statedLevel === 'station' || name.endsWith('派出所') ? 'police' : 'admin')
  const level = statedLevel ?? (kind === 'police' ? 'station' : levelOf(code))
  return {
    external_id: reader.text('external_id'),
    code,
    name,
    kind,
    level,
    name_en: reader.text('name_en'),
    parent_code: reader.text('parent_code') ?? parentOf(code, level),
    geometry,
  } as RegionInput
}
