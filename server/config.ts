import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** Settings from the environment. Everything is optional; what is given is checked before anything starts. */
const Environment = Type.Object({
  HOST: Type.Optional(Type.String({ minLength: 1 })),
  PORT: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
  DATA_DIR: Type.Optional(Type.String({ minLength: 1 })),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATABASE_READ_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  MEASURE_SRID: Type.Optional(Type.String({ pattern: '^45(3[4-9]|4[0-9]|5[0-4])$' })),
  MAP_REVIEW_NO: Type.Optional(Type.String({ maxLength: 100 })),
  LOG_LEVEL: Type.Optional(Type.String({ pattern: '^(fatal|error|warn|info|debug|trace|silent)$' })),
})

const EXPECTED: Record<keyof Static<typeof Environment>, string> = {
  HOST: 'a loopback address: 127.0.0.1, ::1 or localhost',
  PORT: 'a port number, 0 to 65535',
  DATA_DIR: 'a directory for the embedded database',
  DATABASE_URL: 'postgresql://user@host/database',
  DATABASE_READ_URL: 'postgresql://user@replica/database, together with DATABASE_URL',
  MEASURE_SRID: 'a CGCS2000 3-degree zone, EPSG number 4534 to 4554',
  MAP_REVIEW_NO: 'the 审图号 of the base data, at most 100 characters',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
}

export interface Config {
  host: string
  port: number
  data_dir: string
  database_url: string | undefined
  database_read_url: string | undefined
  measure_srid: number | undefined
  map_review_no: string | null
  log_level: string
}

export class ConfigError extends Error {}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * @param defaults what a script prefers where the environment is silent (the demo has a data directory of its own)
 * @throws ConfigError listing every bad variable and what would be right
 */
export function loadConfig(env: NodeJS.ProcessEnv, defaults: { data_dir?: string } = {}): Config {
  const given = Object.fromEntries(
    Object.keys(EXPECTED).flatMap((key) => (env[key] === undefined || env[key] === '' ? [] : [[key, env[key]]])),
  ) as Static<typeof Environment>
  const bad = new Set<string>()
  for (const error of Value.Errors(Environment, given)) bad.add(error.instancePath.split('/')[1] ?? '')
  const host = given.HOST ?? '127.0.0.1'
  // Until there are accounts, whoever reaches the port may change everything: only this machine may reach it.
  if (!LOOPBACK.has(host)) bad.add('HOST')
  if (Number(given.PORT ?? 0) > 65535) bad.add('PORT')
  if (given.DATABASE_READ_URL && !given.DATABASE_URL) bad.add('DATABASE_READ_URL')
  if (bad.size > 0) {
    const lines = [...bad].map((key) => `  ${key}=${env[key] ?? ''}  (${EXPECTED[key as keyof typeof EXPECTED]})`)
    throw new ConfigError(`环境变量有误 / these environment variables are not usable:\n${lines.join('\n')}`)
  }
  return {
    host,
    port: Number(given.PORT ?? 8200),
    data_dir: given.DATA_DIR ?? defaults.data_dir ?? '.data/main',
    database_url: given.DATABASE_URL,
    database_read_url: given.DATABASE_READ_URL,
    measure_srid: given.MEASURE_SRID === undefined ? undefined : Number(given.MEASURE_SRID),
    map_review_no: given.MAP_REVIEW_NO ?? null,
    log_level: given.LOG_LEVEL ?? 'info',
  }
}
