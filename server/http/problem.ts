import type { ProblemBody } from './schemas.ts'

export interface FieldError {
  field: string
  message: string
  expected?: unknown
}

/** The one error class of the server; becomes application/problem+json (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title_zh: string
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined

  constructor(status: number, code: string, title: string, title_zh: string, detail?: string, errors?: FieldError[]) {
    super(detail ? `${title}: ${detail}` : title)
    this.status = status
    this.code = code
    this.title_zh = title_zh
    this.detail = detail
    this.errors = errors
  }

  toBody(requestId: string): ProblemBody {
    return {
      type: `urn:perimeter:problem:${this.code}`,
      title: this.message.split(': ')[0] ?? this.message,
      title_zh: this.title_zh,
      status: this.status,
      code: this.code,
      request_id: requestId,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    }
  }
}

/** Catalogue of everything the server refuses. Codes are stable and never reused. */
export const problems = {
  request: {
    invalid: (errors: FieldError[]) =>
      new Problem(400, 'invalid_request', 'The request is not valid', '请求内容不符合要求', undefined, errors),
    badBbox: (bbox: string) =>
      new Problem(
        400,
        'bad_bbox',
        'bbox must be minLon,minLat,maxLon,maxLat in degrees',
        '范围参数应为“最小经度,最小纬度,最大经度,最大纬度”',
        bbox,
      ),
    badCursor: () => new Problem(400, 'bad_cursor', 'The cursor is not one of ours', '分页游标无效'),
    tooLarge: (limit: string) =>
      new Problem(413, 'too_large', 'The request body is too large', '上传内容过大', `limit ${limit}`),
    foreignHost: (host: string) =>
      new Problem(421, 'foreign_host', 'This server answers only to local addresses', '本服务仅接受本机访问', host),
    foreignOrigin: (origin: string) =>
      new Problem(403, 'foreign_origin', 'Requests from other origins are refused', '拒绝来自其他站点的请求', origin),
    unsupportedMedia: (found: string) =>
      new Problem(415, 'unsupported_media_type', 'The content type is not supported', '不支持的内容类型', found),
  },
  row: {
    notFound: (what: string, id: string | number) =>
      new Problem(404, 'not_found', `There is no ${what} ${id}`, '未找到该记录'),
    versionConflict: (expected: number, found: number) =>
      new Problem(
        409,
        'version_conflict',
        'The row was changed in the meantime',
        '该记录已被更新，请刷新后重试',
        `you have version ${expected}, stored is ${found}`,
      ),
    duplicate: (detail: string) => new Problem(409, 'duplicate', 'Such a row exists already', '已存在相同记录', detail),
    alreadyClosed: (what: string) =>
      new Problem(409, 'already_closed', `This ${what} is closed already`, '该记录已关闭'),
    unprocessable: (detail: string) =>
      new Problem(422, 'unprocessable', 'A value breaks a rule of the database', '数据不符合约束', detail),
    refused: (errors: FieldError[]) =>
      new Problem(422, 'row_refused', 'The row was refused', '该记录被拒绝', undefined, errors),
  },
  geometry: {
    outOfRange: (field: string, found: unknown) =>
      new Problem(
        422,
        'position_out_of_range',
        'The position lies outside China or has lon and lat swapped',
        '坐标超出中国范围，或经纬度颠倒',
        undefined,
        [{ field, message: `found ${JSON.stringify(found)}`, expected: '[lon 73-136, lat 3-54] in WGS-84' }],
      ),
  },
  rule: {
    badTransition: (from: string, to: string, allowed: readonly string[]) =>
      new Problem(
        409,
        'bad_rule_transition',
        `A rule cannot go from ${from} to ${to}`,
        '规则状态不能这样变更',
        `allowed: ${allowed.join(', ') || 'none'}`,
      ),
    unknownSource: (code: string) =>
      new Problem(422, 'unknown_rule_source', `There is no rule source ${code}`, '规则依据不存在'),
  },
  import: {
    refused: (code: string, title: string, title_zh: string, detail?: string) =>
      new Problem(422, code, title, title_zh, detail),
    missing: (field: string, expected: string) =>
      new Problem(400, 'import_field_missing', `The import needs ${field}`, '导入缺少必填项', undefined, [
        { field, message: 'missing', expected },
      ]),
  },
  tile: {
    unknownLayer: (layer: string) => new Problem(404, 'unknown_layer', `There is no tile layer ${layer}`, '没有该图层'),
    outOfRange: () => new Problem(404, 'tile_out_of_range', 'There is no such tile', '瓦片编号超出范围'),
  },
  engine: {
    busy: () => new Problem(503, 'database_busy', 'The database does not answer in time', '数据库繁忙，请稍后再试'),
    full: () => new Problem(507, 'disk_full', 'The disk is full; nothing was stored', '磁盘空间不足，未保存任何内容'),
    conflict: () =>
      new Problem(
        409,
        'concurrent_change',
        'Somebody changed the same rows at the same time',
        '与他人的修改冲突，请重试',
      ),
  },
} as const
