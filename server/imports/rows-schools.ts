import type { SiteGeometry } from '../geo/geojson.ts'
import { SCHOOL_STATUSES, type SchoolInput } from '../schools/schemas.ts'
import { classifySchool, SCHOOL_EXCLUSIONS, type SchoolClass, type SchoolExclusion } from './classify/index.ts'
import { SCHOOL_KINDS, type SchoolKind } from './classify/kinds.ts'
import { faults } from './rejections.ts'
import type { RowReader } from './row-reader.ts'

const STATUS_WORDS: Record<string, (typeof SCHOOL_STATUSES)[number]> = {
  在办: 'open',
  正常: 'open',
  开办: 'open',
  规划: 'planned',
  在建: 'planned',
  筹建: 'planned',
  筹设: 'planned',
  撤销: 'closed',
  停办: 'closed',
  关闭: 'closed',
}

/** Abbreviations of registers that are too short for the dictionary of names. */
const ABBREVIATIONS: Record<string, SchoolKind> = {
  中职: 'secondary_vocational',
  高职: 'higher',
  高校: 'higher',
  普通高校: 'higher',
}

/** Our own codes, several joined by commas and the like; undefined when a word is none of them. */
function kindsOfCodes(text: string | undefined): SchoolKind[] | undefined {
  const words =
    text
      ?.normalize('NFKC')
      .toLowerCase()
      .split(/[,、;|/+\s]+/)
      .filter(Boolean) ?? []
  const known = words.map((word) => SCHOOL_KINDS.find((kind) => kind === word) ?? ABBREVIATIONS[word])
  return known.length > 0 && known.every((kind) => kind !== undefined) ? [...new Set(known)] : undefined
}

export interface SchoolRow {
  input: SchoolInput
  /** The name speaks of training, supplies and the like, although the type says school. */
  is_doubtful: boolean
}

/** Higher education is kept, although no rule counts it; training centres and the like are not. */
function kindsOf(
  reader: RowReader,
  name: string,
): Pick<SchoolRow, 'is_doubtful'> & { kinds: SchoolKind[]; is_planned: boolean } {
  const stated = reader.text('kind')
  const typeText = reader.text('poi_type')
  const isCode = typeText !== undefined && /^\d{6}(\|\d{6})*$/.test(typeText)
  const coded = kindsOfCodes(stated) ?? kindsOfCodes(typeText)
  const tags = reader.cells.tags()
  const clues = {
    name,
    given: stated,
    industry_code: reader.text('industry_code'),
    poi_code: reader.text('poi_code') ?? (isCode ? typeText : undefined),
    poi_type: isCode ? undefined : typeText,
    osm_tags: Object.keys(tags).length > 0 ? tags : undefined,
  }
  const judged = classifySchool(Object.fromEntries(Object.entries(clues).filter(([, value]) => value !== undefined)))
  const is_planned = judged.status_hint === 'planned'
  if (coded) {
    if (coded.every((kind) => kind === 'training')) rejectAs(reader, 'training', stated ?? typeText ?? name)
    return { kinds: coded.filter((kind) => kind !== 'training'), is_doubtful: false, is_planned }
  }
  if (isCampusOfHigher(judged, name)) return { kinds: ['higher'], is_doubtful: false, is_planned }
  if (judged.excluded) rejectAs(reader, judged.excluded, judged.matched ?? stated ?? typeText ?? name)
  return { kinds: narrowed(judged, name), is_doubtful: judged.doubt !== null, is_planned }
}

/** A university by code, or by a name that ends in one: 某大学4号楼 is a building of it. */
function isCampusOfHigher({ uncounted_kind, source }: SchoolClass, name: string): boolean {
  const bare = name.normalize('NFKC').replace(/\([^)]*\)$/, '')
  return uncounted_kind === 'higher' && (source !== 'name' || /(大学|学院|学校|校区|校园|分校|专科)$/.test(bare))
}

/** amenity=school covers three stages; the name usually tells which. */
function narrowed({ kinds, source }: SchoolClass, name: string): SchoolKind[] {
  if (source !== 'osm') return kinds
  const named = classifySchool({ name }).kinds
  return named.length > 0 && named.every((kind) => kinds.includes(kind)) ? named : kinds
}

function rejectAs(reader: RowReader, exclusion: SchoolExclusion, text: string): void {
  const column = ['kind', 'poi_type', 'name']
    .map((field) => reader.cells.columnOf(field))
    .find((found) => found !== null)
  const { zh, en } = SCHOOL_EXCLUSIONS[exclusion]
  reader.fault(faults.notASchool(column ?? null, `${zh}（${text}）`, `${en} (${text})`))
}

export function schoolRow(reader: RowReader, geometry: SiteGeometry): SchoolRow {
  const name = reader.needText('name')
  const { kinds, is_doubtful, is_planned } = kindsOf(reader, name)
  const input: SchoolInput = {
    external_id: reader.text('external_id'),
    name,
    kinds,
    status: reader.word('status', SCHOOL_STATUSES, STATUS_WORDS) ?? (is_planned ? 'planned' : undefined),
    address: reader.text('address'),
    students: reader.integer('students'),
    established_on: reader.date('established_on'),
    position_error_m: reader.number('position_error_m'),
    geometry,
  }
  return { input, is_doubtful }
}
