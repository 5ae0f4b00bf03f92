// What a file is, by its first bytes; the name is only compared with the answer.

import type { Format } from './source.ts'
import type { Likeness } from './source-error.ts'
import { encodingByBom, encodingOf } from './text.ts'
import type { Archive } from './zip.ts'

/** A readable format, an archive to look into, or something that can only be named. */
export type Sniffed = { format: Format } | { archive: true } | { other: Likeness }

const other = (zh: string, en: string): Sniffed => ({ other: { zh, en } })

const ascii = (text: string): number[] => [...text].map((char) => char.charCodeAt(0))

const MAGIC: [number[], Sniffed][] = [
  [[0x50, 0x4b, 0x03, 0x04], { archive: true }],
  [[0x50, 0x4b, 0x05, 0x06], other('空的压缩文件', 'an empty zip archive')],
  [[0x00, 0x00, 0x27, 0x0a], { format: 'shapefile' }],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    other(
      '旧版 Excel（.xls）或加密的 Office 文件（请另存为 .xlsx）',
      'an old Excel (.xls) or encrypted Office file (save it as .xlsx)',
    ),
  ],
  [ascii('%PDF'), other(' PDF', 'PDF')],
  [[0x89, ...ascii('PNG')], other(' PNG 图片', 'a PNG image')],
  [[0xff, 0xd8, 0xff], other(' JPEG 图片', 'a JPEG image')],
  [ascii('GIF8'), other(' GIF 图片', 'a GIF image')],
  [ascii('SQLite format 3'), other(' SQLite 或 GeoPackage 数据库', 'an SQLite or GeoPackage database')],
  [ascii('Rar!'), other(' RAR 压缩文件（请改用 zip）', 'a RAR archive (use zip)')],
  [[...ascii('7z'), 0xbc, 0xaf], other(' 7z 压缩文件（请改用 zip）', 'a 7z archive (use zip)')],
  [[0x1f, 0x8b], other(' gzip 压缩文件（请先解压）', 'a gzip file (unpack it first)')],
  [ascii('fgb'), other(' FlatGeobuf', 'FlatGeobuf')],
]

export const PLAIN_TEXT: Likeness = { zh: '普通文本', en: 'plain text' }

function markupLikeness(text: string): Likeness {
  const plain = text.toLowerCase()
  if (/<kml[\s>]/.test(plain)) return { zh: ' KML', en: 'KML' }
  if (/<osm[\s>]/.test(plain)) return { zh: ' OpenStreetMap XML', en: 'OpenStreetMap XML' }
  if (/<gpx[\s>]/.test(plain)) return { zh: ' GPX', en: 'GPX' }
  if (/<(!doctype html|html|table|meta)[\s>]/.test(plain)) {
    // Many office systems export an HTML table under the name .xls or .csv.
    return {
      zh: '网页表格（HTML，请用 Excel 打开后另存为 .xlsx）',
      en: 'an HTML table (open it in Excel and save as .xlsx)',
    }
  }
  return { zh: ' XML', en: 'XML' }
}

function sniffText(text: string): Sniffed {
  // RFC 8142 puts a record separator before each feature of a sequence.
  const start = text.replaceAll('\u001e', ' ').trimStart()
  if (start.startsWith('{')) return { format: 'geojson' }
  if (start.startsWith('<')) return { other: markupLikeness(start) }
  if (/^\[\s*[{[\]]/.test(start))
    return other(' JSON 数组（应为 GeoJSON FeatureCollection）', 'a JSON list (a GeoJSON FeatureCollection is needed)')
  return { format: 'csv' }
}

const isDbf = (head: Uint8Array) =>
  [0x03, 0x30, 0x83, 0x8b, 0xf5].includes(head[0] ?? 0) &&
  (head[2] ?? 0) >= 1 &&
  (head[2] ?? 0) <= 12 &&
  (head[3] ?? 0) <= 31

/**
 * @param head the first bytes, at least 64 where the file has them
 * @param stated the encoding the sender stated, which allows UTF-16 without a byte order mark
 */
export function sniff(head: Uint8Array, stated: string | undefined): Sniffed {
  const known = MAGIC.find(([magic]) => magic.every((byte, index) => head[index] === byte))
  if (known) return known[1]
  const latin = new TextDecoder('latin1').decode(head.subarray(0, 4096))
  if (latin.slice(0, 64).includes('OSMHeader')) return other(' OpenStreetMap PBF', 'OpenStreetMap PBF')
  const encoding = encodingByBom(head) ?? (stated && encodingOf(stated)) ?? 'utf-8'
  if (!encoding.startsWith('utf-16') && head.includes(0)) {
    if (isDbf(head)) return other('单独的 DBF（请连同 .shp 打成 zip）', 'a DBF alone (zip it together with its .shp)')
    if (looksUtf16(head))
      return other(
        '没有 BOM 的 UTF-16 文本（请写明编码）',
        'UTF-16 text without a byte order mark (state its encoding)',
      )
    return other('二进制文件', 'a binary file')
  }
  return sniffText(new TextDecoder(encoding).decode(head))
}

// ASCII in UTF-16 has a zero in every other byte.
function looksUtf16(head: Uint8Array): boolean {
  const even = head.filter((byte, index) => byte === 0 && index % 2 === 0).length
  const odd = head.filter((byte, index) => byte === 0 && index % 2 === 1).length
  return Math.max(even, odd) > head.length / 8 && Math.min(even, odd) === 0
}

const baseOf = (name: string) => name.slice(name.lastIndexOf('/') + 1)

/** macOS adds hidden twins of every part; they are no content. */
export const isJunk = (name: string): boolean => name.startsWith('__MACOSX/') || baseOf(name).startsWith('._')

/** What a zip holds, by the names of its parts. */
export function sniffArchive(archive: Archive): Sniffed {
  const names = archive.names.filter((name) => !isJunk(name))
  const hasEnding = (ending: string) => names.some((name) => name.toLowerCase().endsWith(ending))
  if (archive.has('xl/workbook.xml')) return { format: 'xlsx' }
  if (hasEnding('.shp')) return { format: 'shapefile' }
  if (archive.has('xl/workbook.bin'))
    return other(' XLSB 工作簿（请另存为 .xlsx）', 'an XLSB workbook (save it as .xlsx)')
  if (archive.has('word/document.xml')) return other(' Word 文档', 'a Word document')
  if (archive.has('ppt/presentation.xml')) return other(' PowerPoint 文档', 'a PowerPoint document')
  if (archive.has('content.xml') && archive.has('mimetype'))
    return other(' OpenDocument 文件（请另存为 .xlsx）', 'an OpenDocument file (save it as .xlsx)')
  if (hasEnding('.kml')) return other(' KMZ', 'KMZ')
  if (hasEnding('.gdbtable')) return other(' ESRI 文件地理数据库', 'an ESRI file geodatabase')
  // Other producers place the workbook elsewhere; its content types still name it.
  if (archive.has('[Content_Types].xml')) return { format: 'xlsx' }
  const few = names.slice(0, 5).join(', ')
  return other(`不含 Shapefile 的压缩文件（内有 ${few}）`, `a zip archive without a shapefile (it holds ${few})`)
}

const EXTENSIONS: Record<string, Format> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  geojson: 'geojson',
  json: 'geojson',
  geojsonl: 'geojson',
  geojsons: 'geojson',
  ndjson: 'geojson',
  jsonl: 'geojson',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  shp: 'shapefile',
  zip: 'shapefile',
}

// Names that promise something this importer does not read: content under them is refused even where it is readable.
const FOREIGN_EXTENSIONS = [
  'xls',
  'kml',
  'kmz',
  'gpkg',
  'pdf',
  'doc',
  'docx',
  'dbf',
  'xml',
  'osm',
  'pbf',
  'html',
  'htm',
]

/** What a file name promises: a format, a kind of file that is not read here, or nothing. */
export type NamePromise = { format: Format } | { foreign: string } | { extension: string | undefined }

export function promiseOf(fileName: string): NamePromise & { extension?: string | undefined } {
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName)?.[1]?.toLowerCase()
  if (extension === undefined) return { extension }
  const format = EXTENSIONS[extension]
  if (format) return { format }
  return FOREIGN_EXTENSIONS.includes(extension) ? { foreign: extension.toUpperCase() } : { extension }
}
