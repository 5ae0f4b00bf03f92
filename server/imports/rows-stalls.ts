import type { PointGeometry } from '../geo/geojson.ts'
import { STALL_TYPES, type StallInput } from '../venues/schemas.ts'
import type { RowReader } from './row-reader.ts'

const TYPE_WORDS: Record<string, (typeof STALL_TYPES)[number]> = {
  流动: 'mobile',
  流动摊点: 'mobile',
  流动摊贩: 'mobile',
  游商: 'mobile',
  固定: 'fixed',
  固定摊点: 'fixed',
  占道经营: 'fixed',
  店外经营: 'shop_overflow',
  出店经营: 'shop_overflow',
  跨门经营: 'shop_overflow',
  露天市场: 'open_market',
  夜市: 'open_market',
  集市: 'open_market',
}

export function stallRow(reader: RowReader, geometry: PointGeometry): StallInput {
  reader.needText('sighted_at')
  return {
    external_id: reader.text('external_id'),
    name: reader.text('name'),
    stall_type: reader.word('stall_type', STALL_TYPES, TYPE_WORDS),
    goods: reader.text('goods'),
    sighted_at: reader.moment('sighted_at') ?? '',
    position_error_m: reader.number('position_error_m'),
    geometry,
  }
}
