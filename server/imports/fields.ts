// What can be read from a file, per layer, and the header names each field usually has. Order matters: the first name
// that a file has wins, and a column serves one field only.
import type { ImportLayer } from './schemas.ts'

export interface Field {
  headers: readonly string[]
  /** Shown to the sender when a value or the column is missing. */
  zh: string
  required?: true
}

const field = (zh: string, ...headers: string[]): Field => ({ zh, headers })
const required = (zh: string, ...headers: string[]): Field => ({ zh, headers, required: true })

const external_id = field(
  '编号',
  'external_id',
  'id',
  'fid',
  'osm_id',
  '@id',
  'poi_id',
  'uid',
  'gid',
  '编号',
  '唯一标识',
  '标识码',
)
const address = field(
  '地址',
  'address',
  'addr',
  '地址',
  '详细地址',
  '学校地址',
  '经营地址',
  '经营场所',
  '住所',
  '场所地址',
)
const position_error_m = field('坐标误差（米）', 'position_error_m', 'accuracy', '定位精度', '坐标误差')
const status = field('状态', 'status', '状态', '经营状态', '办学状态', '营业状态')
const poi_code = field('POI 代码', 'poi_code', 'typecode', 'poicode', 'poi代码', '类型代码')
const poi_type = field('类型', 'poi_type', 'type', 'category', 'typename', 'poi类型', '类型', '类别', '分类')
const industry_code = field('行业代码', 'industry_code', '行业代码', '国民经济行业代码', '行业分类代码')

export const FIELDS: Record<ImportLayer, Record<string, Field>> = {
  regions: {
    code: required(
      '行政区划代码',
      'code',
      'adcode',
      'admincode',
      'ad_code',
      '行政区划代码',
      '区划代码',
      '行政代码',
      'xzqdm',
      'pac',
      '代码',
      '编号',
    ),
    name: required('名称', 'name', '名称', '行政区名称', '区划名称', 'xzqmc', '辖区名称', '派出所名称'),
    name_en: field('英文名', 'name_en', 'name:en', '英文名', '英文名称'),
    parent_code: field('上级代码', 'parent_code', '上级代码', '上级区划代码', 'parent'),
    kind: field('种类', 'kind', '种类'),
    level: field('级别', 'level', '级别', '行政级别'),
    external_id: field('编号', 'external_id'),
  },
  schools: {
    name: required('学校名称', 'name', '学校名称', '校区名称', '名称', '单位名称', 'name:zh', 'title'),
    external_id: { ...external_id, headers: ['学校标识码', '学校代码', ...external_id.headers] },
    kind: field('学校类别', 'kinds', 'kind', '学校类别', '学校类型', '办学类型', '学段', '办学层次'),
    poi_type,
    poi_code,
    industry_code,
    status,
    address,
    students: field('学生数', 'students', '学生数', '在校生数', '在校学生数', '学生人数', '在校人数', 'capacity'),
    established_on: field('建校日期', 'established_on', '建校日期', '建校时间', '成立日期', '设立日期', 'start_date'),
    position_error_m,
  },
  gates: {
    name: field('校门名称', 'name', '校门名称', '名称', '门名'),
    external_id,
    school_id: field('学校 id', 'school_id'),
    school_external_id: field('学校编号', 'school_external_id', 'school_code', '学校编号', '学校标识码', '学校代码'),
    school_name: field('学校名称', 'school_name', 'school', '学校名称', '所属学校', '学校'),
    kind: field('校门类型', 'kind', 'type', '校门类型', '门类型', '类型', '类别'),
    is_student_gate: field('学生通行', 'is_student_gate', '学生通行', '学生出入', '是否学生通道'),
    opened_on: field('启用日期', 'opened_on', '启用日期', '启用时间'),
    position_error_m,
  },
  venues: {
    name: required(
      '场所名称',
      'name',
      '场所名称',
      '店招',
      '店招名称',
      '名称',
      '店名',
      '单位名称',
      '企业名称',
      '字号名称',
      'name:zh',
      'title',
    ),
    external_id,
    kind: field('场所类别', 'kind', 'venue_kind', '场所类别', '场所类型', '业态'),
    licence_code: field('许可证类型', 'licence_code', '许可证类型', '证照类型', '许可类型'),
    licence_scope: field('经营范围', 'licence_scope', '经营范围', '许可范围', '许可内容', '许可项目'),
    industry_code,
    poi_type,
    poi_code,
    status,
    address,
    licence_no: field(
      '许可证号',
      'licence_no',
      'license_no',
      '许可证号',
      '许可证编号',
      '证号',
      '证照编号',
      '经营许可证号',
    ),
    licence_issued_on: field(
      '发证日期',
      'licence_issued_on',
      '发证日期',
      '发证时间',
      '许可日期',
      '有效期起',
      '有效期自',
    ),
    licence_expires_on: field(
      '有效期至',
      'licence_expires_on',
      '有效期至',
      '有效期止',
      '有效期限',
      '到期日期',
      '许可截止期',
      '截止日期',
    ),
    opened_on: field('开业日期', 'opened_on', '开业日期', '成立日期', '设立日期', '注册日期', 'start_date'),
    is_internal: field('单位内部', 'is_internal', '单位内部', '是否内部'),
    position_error_m,
  },
  stalls: {
    name: field('名称', 'name', '名称', '摊点名称'),
    external_id,
    stall_type: field('摊点类型', 'stall_type', 'type', '摊点类型', '类型', '类别'),
    goods: field('经营内容', 'goods', '经营内容', '经营品种', '商品'),
    sighted_at: required(
      '发现时间',
      'sighted_at',
      '发现时间',
      '巡查时间',
      '采集时间',
      '上报时间',
      '时间',
      'time',
      'date',
    ),
    position_error_m,
  },
  roads: {
    name: field('道路名称', 'name', '道路名称', '路名', '名称', 'name:zh'),
    external_id,
    class: required('道路等级', 'class', 'highway', 'fclass', '道路等级', '等级', '道路类型', '类型', 'type'),
    oneway: field('单行', 'oneway', '单行', '单向', '通行方向'),
    is_bridge: field('桥梁', 'is_bridge', 'bridge', '桥梁', '是否桥'),
    crossing: field('过街设施', 'crossing', '过街设施'),
    foot: field('行人', 'foot', '行人'),
    bicycle: field('非机动车', 'bicycle', '非机动车', '自行车'),
    car: field('机动车', 'car', 'motor_vehicle', 'motorcar', '机动车'),
  },
}

/** Fields that say where, not what; they choose columns for the reader of the file. */
export const PLACE_FIELDS = ['lon', 'lat', 'wkt'] as const

/** OpenStreetMap keys that tell a kind; columns of these names travel together as tags. */
export const OSM_KEYS = [
  'amenity',
  'shop',
  'leisure',
  'tourism',
  'building',
  'sport',
  'office',
  'craft',
  'club',
  'landuse',
  'healthcare',
  'school',
  'isced:level',
  'grades',
] as const
