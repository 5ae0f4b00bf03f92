import { type Static, Type } from 'typebox'
import type { Versions } from '../../db/connect.ts'
import { type Api, refusals, type Services, setFindingsChanged } from '../http/api.ts'
import { LOCAL_OPERATOR } from '../http/change.ts'
import { nullable } from '../http/schemas.ts'
import { layerVersions, siteFacts } from './queries.ts'

const Engine = Type.Object({
  kind: Type.Enum(['embedded', 'postgresql']),
  trial: Type.Boolean({ description: 'the embedded engine: for trial, training and demonstration, not for records' }),
  label_zh: Type.String(),
  label_en: Type.String(),
  postgresql: Type.String(),
  postgis: Type.String(),
})
const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  engine: Engine,
  uptime_s: Type.Number(),
  version: Type.String(),
})
const VersionMap = Type.Record(Type.String(), Type.Integer())
const Kind = Type.Object({
  code: Type.String(),
  label_zh: Type.String(),
  label_en: Type.String(),
  kind_group: Type.Optional(Type.String()),
  regulated: Type.Optional(Type.Boolean()),
  sort: Type.Integer(),
})
const RegionEntry = Type.Object({
  code: Type.String(),
  parent_code: nullable(Type.String()),
  kind: Type.String(),
  level: Type.String(),
  name: Type.String(),
  name_en: nullable(Type.String()),
  bbox: Type.Array(Type.Number()),
})
const SiteConfig = Type.Object({
  product: Type.String(),
  name_zh: Type.String(),
  version: Type.String(),
  engine: Engine,
  demo: Type.Boolean(),
  operator: Type.Object({ name_zh: Type.String(), name_en: Type.String() }),
  measure_srid: Type.Integer(),
  bbox: nullable(Type.Array(Type.Number())),
  map_review_no: nullable(Type.String()),
  layers: VersionMap,
  venue_kinds: Type.Array(Kind),
  school_kinds: Type.Array(Kind),
  regions: Type.Array(RegionEntry),
})
/** The part of SiteConfig that one statement reads. */
type Facts = Pick<
  Static<typeof SiteConfig>,
  'demo' | 'measure_srid' | 'bbox' | 'venue_kinds' | 'school_kinds' | 'regions'
>
const FindingsChange = Type.Object({ opened: Type.Integer(), superseded: Type.Integer(), ended: Type.Integer() })

export interface SiteOptions {
  version: string
  map_review_no: string | null
  recompute: () => Promise<{ opened: number; superseded: number; ended: number }>
}

export function registerSite(app: Api, { database }: Services, options: SiteOptions): void {
  const tags = ['site']
  let versions: Versions | undefined
  const engine = async () => {
    versions ??= await database.versions()
    const labels = database.trial
      ? { label_zh: '试用引擎', label_en: 'Trial engine' }
      : { label_zh: 'PostgreSQL', label_en: 'PostgreSQL' }
    return { kind: database.kind, trial: database.trial, ...labels, ...versions }
  }

  app.get(
    '/api/health',
    {
      schema: {
        operationId: 'getHealth',
        tags,
        summary: 'Whether the service and its database answer',
        response: { 200: Health, 503: Health, ...refusals },
      },
    },
    async (_request, reply) => {
      const isUp = await database.ping().then(
        () => true,
        () => false,
      )
      const unknown = {
        kind: database.kind,
        trial: database.trial,
        label_zh: '',
        label_en: '',
        postgresql: '',
        postgis: '',
      }
      const body = {
        engine: isUp ? await engine() : unknown,
        uptime_s: Math.round(process.uptime()),
        version: options.version,
      }
      return isUp ? { status: 'ok' as const, ...body } : reply.code(503).send({ status: 'degraded', ...body })
    },
  )
  app.get(
    '/api/config',
    {
      schema: {
        operationId: 'getConfig',
        tags,
        summary: 'What the page needs to know at its start',
        response: { 200: SiteConfig, ...refusals },
      },
    },
    async () => ({
      product: 'Perimeter',
      name_zh: '校安图',
      version: options.version,
      engine: await engine(),
      operator: { name_zh: LOCAL_OPERATOR.name, name_en: 'Local operator' },
      map_review_no: options.map_review_no,
      layers: await layerVersions(database.db),
      ...((await siteFacts(database.db)) as Facts),
    }),
  )
  app.get(
    '/api/versions',
    {
      schema: {
        operationId: 'getVersions',
        tags,
        summary: 'Data version of each layer',
        response: { 200: VersionMap, ...refusals },
      },
    },
    () => layerVersions(database.db),
  )
  app.post(
    '/api/recompute',
    {
      schema: {
        operationId: 'recompute',
        tags,
        summary: 'Derive all findings again; changes nothing unless something was wrong',
        response: { 200: FindingsChange, ...refusals },
      },
    },
    async (_request, reply) => {
      const findings = await options.recompute()
      setFindingsChanged(reply, findings)
      return findings
    },
  )
}
