import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { LOCAL_OPERATOR } from '../../server/http/change.ts'
import { Problem } from '../../server/http/problem.ts'
import { FIELDS, PLACE_FIELDS } from '../../server/imports/fields.ts'
import { parseAssignments } from '../../server/imports/mapping.ts'
import { IMPORT_LAYERS, type ImportLayer } from '../../server/imports/schemas.ts'
import type { ImportOptions } from '../../server/imports/service.ts'

/** The command line cannot be understood: exit code 2. */
export class UsageError extends Error {}

export const USAGE = `用法 / usage:
  npm run import -- <layer> <file> --crs <crs> [选项 / options]

  layer   ${IMPORT_LAYERS.join(' | ')}
  file    GeoJSON, CSV/TSV, XLSX, zip(shapefile), .shp

  --crs <crs>              必填 required: wgs84 | cgcs2000 | gcj02 | bd09 | EPSG:n
  --map <field>=<column>   指定列（可重复）/ column of a field, repeatable; also lon, lat, wkt
  --set <field>=<value>    固定值（可重复）/ one value for all rows, repeatable
  --source <name>          数据来源，默认为文件名 / who delivered it; the file name by default
  --encoding <name>        文字编码，默认自动识别 / text encoding; detected by default
  --sheet <name>           工作表，或压缩包内的图层 / worksheet, or layer in a zip
  --position-error <m>     坐标误差（米）/ uncertainty of the coordinates, metres
  --dry-run                只检查不保存 / do everything, store nothing
  --strict                 有一行不合格就全部不保存 / store nothing if any row is rejected
  --json                   输出一个 JSON 结果 / print one JSON result
  --fields                 列出该图层的字段 / list the fields of the layer
  --help`

export type Command = { does: 'help'; text: string } | { does: 'import'; options: ImportOptions; as_json: boolean }

const OPTIONS = {
  crs: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  source: { type: 'string' },
  encoding: { type: 'string' },
  sheet: { type: 'string' },
  'position-error': { type: 'string' },
  'dry-run': { type: 'boolean' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
  fields: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function layerOf(text: string | undefined): ImportLayer {
  const layer = IMPORT_LAYERS.find((name) => name === text)
  if (layer) return layer
  throw new UsageError(
    text === undefined
      ? '缺少图层 / the layer is missing'
      : `没有图层“${text}” / there is no layer "${text}"; ${IMPORT_LAYERS.join(', ')}`,
  )
}

const fieldList = (layer: ImportLayer): string =>
  [
    ...Object.entries(FIELDS[layer]).map(
      ([name, { zh, headers, required }]) => `  ${name}${required ? ' *' : ''}  ${zh}  <- ${headers.join(' | ')}`,
    ),
    `  ${PLACE_FIELDS.join(', ')}  坐标 / place`,
  ].join('\n')

function errorMetres(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const metres = Number(text)
  if (text.trim() !== '' && metres >= 0 && metres <= 500) return metres
  throw new UsageError(`--position-error ${text}: 应为 0-500 米 / should be 0 to 500 metres`)
}

function assignments(texts: string[] | undefined) {
  try {
    return parseAssignments(texts ?? [])
  } catch (error) {
    throw error instanceof Problem ? new UsageError(`${error.title_zh} / ${error.detail}`) : error
  }
}

/** @throws UsageError */
export function parseCommand(argv: string[]): Command {
  const { values, positionals } = parse(argv)
  if (values.help) return { does: 'help', text: USAGE }
  const layer = layerOf(positionals[0])
  if (values.fields) return { does: 'help', text: fieldList(layer) }
  const path = positionals[1]
  if (path === undefined) throw new UsageError('缺少文件 / the file is missing')
  if (positionals.length > 2) throw new UsageError(`多余的参数 / too many arguments: ${positionals.slice(2).join(' ')}`)
  if (values.crs === undefined) {
    throw new UsageError('必须用 --crs 写明坐标系 / state the coordinate system with --crs')
  }
  return {
    does: 'import',
    as_json: values.json ?? false,
    options: {
      layer,
      path,
      file_name: basename(path),
      crs: values.crs,
      source: values.source,
      encoding: values.encoding,
      sheet: values.sheet,
      map: assignments(values.map),
      set: assignments(values.set),
      position_error_m: errorMetres(values['position-error']),
      dry_run: values['dry-run'] ?? false,
      strict: values.strict ?? false,
      imported_by: LOCAL_OPERATOR.name,
    },
  }
}
