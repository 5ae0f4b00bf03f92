export type SourceErrorCode =
  | 'file_unreadable'
  | 'file_empty'
  | 'file_truncated'
  | 'format_mismatch'
  | 'format_not_supported'
  | 'encoding_not_supported'
  | 'encoding_unknown'
  | 'encoding_mismatch'
  | 'record_too_large'
  | 'too_many_columns'
  | 'header_missing'
  | 'column_not_found'
  | 'csv_invalid'
  | 'geojson_invalid'
  | 'archive_damaged'
  | 'archive_encrypted'
  | 'archive_too_large'
  | 'xml_invalid'
  | 'xml_doctype'
  | 'xlsx_invalid'
  | 'sheet_not_found'
  | 'shapefile_incomplete'
  | 'shapefile_invalid'
  | 'shape_type_not_supported'
  | 'layer_not_chosen'

/** Why a file as a whole cannot be read, in words for the person who sent it. */
export class SourceError extends Error {
  override name = 'SourceError'
  readonly code: SourceErrorCode
  readonly message_zh: string
  readonly message_en: string
  readonly detail: Record<string, unknown>

  constructor(code: SourceErrorCode, messageZh: string, messageEn: string, detail: Record<string, unknown> = {}) {
    super(messageEn)
    this.code = code
    this.message_zh = messageZh
    this.message_en = messageEn
    this.detail = detail
  }
}

export interface Likeness {
  zh: string
  en: string
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

const inWords = (names: string[]) => names.map((name) => `“${name}”`).join('、')

/** One function per way a file can be refused. */
export const sourceErrors = {
  unreadable: (fileName: string, cause: unknown) =>
    new SourceError('file_unreadable', `无法读取文件“${fileName}”。`, `Cannot read "${fileName}".`, {
      reason: (cause as NodeJS.ErrnoException | undefined)?.code ?? reasonOf(cause),
    }),
  empty: (fileName: string) =>
    new SourceError('file_empty', `文件“${fileName}”是空的。`, `"${fileName}" is empty.`, { file_name: fileName }),
  truncated: (part: string) =>
    new SourceError(
      'file_truncated',
      `${part} 不完整：内容比文件头声明的短。`,
      `${part} is cut off: it is shorter than its header says.`,
      { part },
    ),
  mismatch: (fileName: string, expected: string, found: Likeness) =>
    new SourceError(
      'format_mismatch',
      `“${fileName}”按名称或所选格式应为 ${expected}，内容却像${found.zh}。`,
      `"${fileName}" should be ${expected} by its name or the chosen format, but looks like ${found.en}.`,
      { file_name: fileName, expected, looks_like: found.en },
    ),
  notSupported: (fileName: string, found: Likeness) =>
    new SourceError(
      'format_not_supported',
      `“${fileName}”像是${found.zh}。可导入：GeoJSON、CSV/TSV、XLSX、Shapefile（zip 或 .shp）。`,
      `"${fileName}" looks like ${found.en}. What can be imported: GeoJSON, CSV/TSV, XLSX, shapefile (zip or .shp).`,
      { file_name: fileName, looks_like: found.en },
    ),
  encodingNotSupported: (label: string) =>
    new SourceError(
      'encoding_not_supported',
      `不认识的文字编码“${label}”。例：utf-8、gb18030、utf-16le、big5。`,
      `Unknown text encoding "${label}". Examples: utf-8, gb18030, utf-16le, big5.`,
      { encoding: label },
    ),
  encodingUnknown: (part: string, atByte: number) =>
    new SourceError(
      'encoding_unknown',
      `${part} 既不是 UTF-8 也不是 GB18030（第 ${atByte} 字节附近）。请用编码参数写明编码。`,
      `${part} is neither UTF-8 nor GB18030 (near byte ${atByte}). State its encoding.`,
      { part, near_byte: atByte },
    ),
  encodingMismatch: (part: string, encoding: string) =>
    new SourceError('encoding_mismatch', `${part} 的内容不是 ${encoding} 编码。`, `${part} is not valid ${encoding}.`, {
      part,
      encoding,
    }),
  recordTooLarge: (row: number, limit: number) =>
    new SourceError(
      'record_too_large',
      `第 ${row} 条记录超过 ${limit} 字节，可能缺少结束引号或括号。`,
      `Record ${row} is larger than ${limit} bytes; a closing quote or bracket may be missing.`,
      { row, limit },
    ),
  tooManyColumns: (limit: number) =>
    new SourceError('too_many_columns', `列数超过 ${limit}。`, `More than ${limit} columns.`, { limit }),
  headerMissing: (cells: string[]) =>
    new SourceError(
      'header_missing',
      `第一行应为列名，却是数据：${inWords(cells.slice(0, 5))}。`,
      `The first row should hold column names, but holds data: ${cells.slice(0, 5).join(', ')}.`,
      { first_row: cells.slice(0, 20) },
    ),
  columnNotFound: (column: string, columns: string[]) =>
    new SourceError(
      'column_not_found',
      `没有名为“${column}”的列。现有列：${inWords(columns)}。`,
      `There is no column "${column}". Columns: ${columns.join(', ')}.`,
      { column, columns },
    ),
  csvInvalid: (row: number, reason: string) =>
    new SourceError(
      'csv_invalid',
      `第 ${row} 行附近不是有效的 CSV（引号或分隔符有误）。`,
      `Not valid CSV near row ${row} (a quote or delimiter is wrong).`,
      { row, reason },
    ),
  geojsonInvalid: (zh: string, en: string, detail: Record<string, unknown> = {}) =>
    new SourceError('geojson_invalid', `不是有效的 GeoJSON：${zh}`, `Not valid GeoJSON: ${en}`, detail),
  archiveDamaged: (part: string, cause: unknown) =>
    new SourceError('archive_damaged', `压缩文件已损坏：${part}。`, `The zip archive is damaged: ${part}.`, {
      part,
      reason: reasonOf(cause),
    }),
  archiveEncrypted: (part: string) =>
    new SourceError(
      'archive_encrypted',
      `压缩文件有密码：${part}。请去掉密码后再导入。`,
      `The zip archive is encrypted: ${part}. Remove the password first.`,
      { part },
    ),
  archiveTooLarge: (what: 'size' | 'ratio' | 'entries', limit: number) =>
    new SourceError(
      'archive_too_large',
      `压缩文件超出限制（${{ size: '解压后大小', ratio: '压缩比', entries: '文件数' }[what]} > ${limit}）。`,
      `The zip archive exceeds a limit (${{ size: 'unpacked size', ratio: 'ratio', entries: 'entries' }[what]} > ${limit}).`,
      { what, limit },
    ),
  xmlInvalid: (part: string, cause: unknown) =>
    new SourceError('xml_invalid', `工作簿中的 ${part} 不是有效的 XML。`, `${part} in the workbook is not valid XML.`, {
      part,
      reason: reasonOf(cause).slice(0, 200),
    }),
  xmlDoctype: (part: string) =>
    new SourceError(
      'xml_doctype',
      `工作簿中的 ${part} 含有 DOCTYPE 声明，为安全起见拒绝读取。`,
      `${part} in the workbook carries a DOCTYPE declaration; refused for safety.`,
      { part },
    ),
  xlsxInvalid: (zh: string, en: string) =>
    new SourceError('xlsx_invalid', `不是有效的 XLSX：${zh}`, `Not a valid XLSX: ${en}`),
  sheetNotFound: (sheet: string, sheets: string[]) =>
    new SourceError(
      'sheet_not_found',
      `没有名为“${sheet}”的工作表。现有：${inWords(sheets)}。`,
      `There is no worksheet "${sheet}". Worksheets: ${sheets.join(', ')}.`,
      { sheet, sheets },
    ),
  shapefileIncomplete: (missing: string) =>
    new SourceError(
      'shapefile_incomplete',
      `Shapefile 不完整：缺少 ${missing}。`,
      `The shapefile is incomplete: ${missing} is missing.`,
      { missing },
    ),
  shapefileInvalid: (part: string, zh: string, en: string) =>
    new SourceError('shapefile_invalid', `${part} 无效：${zh}`, `${part} is not valid: ${en}`, { part }),
  shapeType: (type: number) =>
    new SourceError(
      'shape_type_not_supported',
      `不支持的 Shapefile 图形类型 ${type}。`,
      `Shape type ${type} is not supported.`,
      { shape_type: type },
    ),
  layerNotChosen: (layers: string[]) =>
    new SourceError(
      'layer_not_chosen',
      `压缩包内有多个图层，请指定一个：${inWords(layers)}。`,
      `The archive holds several layers; name one: ${layers.join(', ')}.`,
      { layers },
    ),
}
