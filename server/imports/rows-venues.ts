import type { ArealGeometry, PointGeometry } from '../geo/geojson.ts'
import { VENUE_STATUSES, type VenueInput } from '../venues/schemas.ts'
import { classifyVenue } from './classify/index.ts'
import { VENUE_KIND_INFO, VENUE_KINDS, type VenueKind } from './classify/kinds.ts'
import { interiorPoint, isAreal } from './place.ts'
import { faults } from './rejections.ts'
import type { RowReader } from './row-reader.ts'

/** Labels of the kinds in both languages; a type column often holds them. */
const KIND_WORDS: Record<string, VenueKind> = Object.fromEntries(
  VENUE_KINDS.flatMap((kind) => [
    [VENUE_KIND_INFO[kind].zh.normalize('NFKC').toLowerCase(), kind],
    [VENUE_KIND_INFO[kind].en.normalize('NFKC').toLowerCase(), kind],
  ]),
)

const STATUS_WORDS: Record<string, (typeof VENUE_STATUSES)[number]> = {
  营业: 'open',
  营业中: 'open',
  正常: 'open',
  在业: 'open',
  存续: 'open',
  开业: 'open',
  有效: 'open',
  停业: 'suspended',
  暂停营业: 'suspended',
  歇业: 'suspended',
  停业整顿: 'suspended',
  关闭: 'closed',
  已关闭: 'closed',
  注销: 'closed',
  吊销: 'closed',
}

const kindOfWord = (text: string): VenueKind | undefined =>
  VENUE_KINDS.find((kind) => kind === text.toLowerCase()) ?? KIND_WORDS[text.normalize('NFKC').toLowerCase()]

interface Kind {
  kind: VenueKind
  kind_source: NonNullable<VenueInput['kind_source']>
  kind_confidence: number
  kind_matched: string | undefined
}

const given = (kind: VenueKind, matched: string): Kind => ({
  kind,
  kind_source: 'given',
  kind_confidence: 1,
  kind_matched: matched,
})

/** Codes as delivered; they stay with the venue, so that a later dictionary can judge again. */
function cluesOf(reader: RowReader) {
  const tags = reader.cells.tags()
  const typeText = reader.text('poi_type')
  // A type column holds a path (餐饮服务;中餐厅), or six digits that are a code.
  const isCode = typeText !== undefined && /^\d{6}(\|\d{6})*$/.test(typeText)
  const clues = {
    licence_code: reader.text('licence_code'),
    licence_scope: reader.text('licence_scope'),
    industry_code: reader.text('industry_code'),
    poi_code: reader.text('poi_code') ?? (isCode ? typeText : undefined),
    poi_type: isCode ? undefined : typeText,
    osm_tags: Object.keys(tags).length > 0 ? tags : undefined,
  }
  return Object.fromEntries(Object.entries(clues).filter(([, value]) => value !== undefined)) as Partial<{
    [Key in keyof typeof clues]: NonNullable<(typeof clues)[Key]>
  }>
}

function kindOf(reader: RowReader, name: string, clues: ReturnType<typeof cluesOf>): Kind {
  const stated = reader.text('kind')
  if (stated !== undefined) {
    const kind = kindOfWord(stated)
    if (kind) return given(kind, stated)
    reader.fault(faults.kindUnknown(reader.cells.columnOf('kind'), stated, VENUE_KINDS.join(', ')))
  }
  const word = clues.poi_type === undefined ? undefined : kindOfWord(clues.poi_type)
  if (word && clues.poi_type !== undefined) return given(word, clues.poi_type)
  const { kind, kind_source, confidence, matched } = classifyVenue({ name, ...clues })
  return {
    kind: kind ?? 'other',
    kind_source: kind_source ?? 'name',
    kind_confidence: confidence,
    kind_matched: matched ?? undefined,
  }
}

/** A shop drawn as a building is a point inside it, with the building as its footprint. */
export function venueRow(reader: RowReader, geometry: PointGeometry | ArealGeometry): VenueInput {
  const name = reader.needText('name')
  const clues = cluesOf(reader)
  return {
    external_id: reader.text('external_id'),
    name,
    ...kindOf(reader, name, clues),
    status: reader.word('status', VENUE_STATUSES, STATUS_WORDS),
    address: reader.text('address'),
    licence_no: reader.text('licence_no'),
    licence_issued_on: reader.date('licence_issued_on'),
    licence_expires_on: reader.date('licence_expires_on'),
    opened_on: reader.date('opened_on'),
    is_internal: reader.boolean('is_internal'),
    codes: Object.keys(clues).length > 0 ? clues : undefined,
    position_error_m: reader.number('position_error_m'),
    ...(isAreal(geometry) ? { geometry: interiorPoint(geometry), footprint: geometry } : { geometry }),
  } as VenueInput
}
