/** A PostgreSQL server: versions, and whether what it acknowledges is safe. */
import type { Db } from '../../db/connect.ts'
import type { ExtensionFacts, ServerFacts } from './queries.ts'
import * as queries from './queries.ts'
import { type Check, expectThat, fail, ok, warn } from './report.ts'

/** Connections one server process may open; see db/postgresql.ts. */
const POOL_SIZE = 20

const sudoPsql = (sql: string, database?: string) =>
  `sudo -u postgres psql ${database ? `-d ${database} ` : ''}-c "${sql}"`

const atLeast = (version: string, major: number, minor: number) => {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}

/** A setting that must be on, or acknowledged changes can be lost. */
const mustBeOn = (name: string, value: string, zh: string, en: string): Check =>
  expectThat(
    value === 'on',
    ok(`${name} 已启用`, `${name} is on`),
    fail(
      `${name} = ${value}：${zh}`,
      `${name} is off: ${en} is at stake`,
      sudoPsql(`alter system set ${name} = on`),
      'sudo systemctl restart postgresql',
    ),
  )

export function checkSafety(facts: ServerFacts): Check[] {
  const major = Math.floor(facts.version_num / 10_000)
  const directory = facts.data_directory ?? `/var/lib/postgresql/${major}/main`
  return [
    mustBeOn('fsync', facts.fsync, '断电会损坏数据库', 'the database after a power cut'),
    mustBeOn('full_page_writes', facts.full_page_writes, '断电会损坏数据页', 'pages after a power cut'),
    expectThat(
      facts.synchronous_commit !== 'off',
      ok('已确认的修改不会丢失', `synchronous_commit is ${facts.synchronous_commit}`),
      warn(
        'synchronous_commit = off：断电会丢失最近的修改',
        'synchronous_commit is off: a power cut loses the latest changes',
        sudoPsql('alter system set synchronous_commit = on'),
        sudoPsql('select pg_reload_conf()'),
      ),
    ),
    expectThat(
      facts.data_checksums === 'on',
      ok('数据页校验已启用', 'data checksums are on'),
      warn(
        '数据页校验未启用，磁盘错误不易发现',
        'data checksums are off: silent disk errors stay unseen',
        'sudo systemctl stop postgresql',
        `sudo -u postgres /usr/lib/postgresql/${major}/bin/pg_checksums --enable -D ${directory}`,
        'sudo systemctl start postgresql',
      ),
    ),
  ]
}

export function checkRole(facts: ServerFacts): Check[] {
  const { database, role } = facts
  const isRemote = facts.server_address !== null && facts.server_address !== facts.client_address
  return [
    expectThat(
      facts.may_create && facts.may_use_temp,
      ok(`角色 ${role} 可以建表`, `role ${role} can create what it needs`),
      fail(
        `角色 ${role} 不能在数据库 ${database} 中建表`,
        `role ${role} may not create tables in ${database}`,
        sudoPsql(`alter database ${database} owner to ${role}`),
      ),
    ),
    ...(facts.is_superuser
      ? [warn(`角色 ${role} 是超级用户，权限过大`, `role ${role} is a superuser; an ordinary role is enough`)]
      : []),
    ...(isRemote && !facts.is_encrypted
      ? [
          warn(
            '与数据库的连接未加密',
            'the connection to the database is not encrypted: add ?sslmode=verify-full to the URL',
          ),
        ]
      : []),
    expectThat(
      facts.max_connections > POOL_SIZE + 5,
      ok('连接数足够', `max_connections is ${facts.max_connections}, one process uses up to ${POOL_SIZE}`),
      warn(`连接数偏少：max_connections = ${facts.max_connections}`, `one process uses up to ${POOL_SIZE} connections`),
    ),
    expectThat(
      facts.jit === 'off',
      ok('本程序的会话已关闭 jit', 'jit is off in our sessions'),
      warn(
        '会话参数未生效（连接池？）',
        'settings of our sessions do not arrive (pgbouncer?)',
        sudoPsql(`alter role ${role} set jit = off`),
      ),
    ),
  ]
}

export function checkExtensions(extensions: ExtensionFacts[], { database, version_num }: ServerFacts): Check[] {
  return extensions.map(({ name, installed, available }) => {
    if (installed === null) {
      const install =
        name === 'postgis' ? `postgresql-${Math.floor(version_num / 10_000)}-postgis-3` : 'postgresql-contrib'
      const packages = available === null ? [`sudo apt install ${install}`] : []
      return fail(
        `缺少扩展 ${name}`,
        `the extension ${name} is missing`,
        ...packages,
        sudoPsql(`create extension ${name}`, database),
      )
    }
    if (name === 'postgis' && !atLeast(installed, 3, 3))
      return fail(`PostGIS ${installed} 过旧，需要 3.3 以上`, `PostGIS ${installed} is too old: 3.3 or newer is needed`)
    return available === null || installed === available
      ? ok(`扩展 ${name} 已安装`, `${name} ${installed}`)
      : warn(
          `扩展 ${name} 可升级`,
          `${name} ${installed} can be updated to ${available}`,
          sudoPsql(`alter extension ${name} update`, database),
        )
  })
}

export async function checkServer(db: Db): Promise<Check[]> {
  const facts = await queries.serverFacts(db)
  const extensions = await queries.extensionFacts(db)
  return [
    expectThat(
      facts.version_num >= 150_000,
      ok(`已连接数据库 ${facts.database}`, `database ${facts.database} on PostgreSQL ${facts.version}`),
      fail(
        `PostgreSQL ${facts.version} 过旧，需要 15 以上`,
        `PostgreSQL ${facts.version} is too old: 15 or newer is needed`,
      ),
    ),
    ...checkExtensions(extensions, facts),
    expectThat(
      facts.encoding === 'UTF8',
      ok('数据库编码 UTF8', 'the encoding is UTF8'),
      fail(
        `数据库编码为 ${facts.encoding}，应为 UTF8`,
        'the encoding must be UTF8: make the database anew',
        `sudo -u postgres createdb -O ${facts.role} -T template0 -E UTF8 --locale C.UTF-8 perimeter`,
      ),
    ),
    ...checkSafety(facts),
    ...checkRole(facts),
  ]
}

/** The replica for reads that may lag. */
export async function checkReplica(replica: Db, primary: Db): Promise<Check[]> {
  const facts = await queries.serverFacts(replica)
  const [here, there] = [await queries.appliedMigrations(primary), await queries.appliedMigrations(replica)]
  const lag_s = facts.is_standby ? await queries.replicaLag(replica) : 0
  return [
    expectThat(
      facts.is_standby,
      ok(`只读副本落后 ${lag_s.toFixed(1)} 秒`, `the replica is ${lag_s.toFixed(1)} s behind`),
      warn(
        'DATABASE_READ_URL 不是备库',
        'DATABASE_READ_URL is not a standby: it may not show the data of DATABASE_URL',
      ),
    ),
    expectThat(
      here?.join() === there?.join(),
      ok('副本与主库表结构一致', 'the replica has the same schema'),
      fail('副本与主库表结构不一致', 'the replica has another schema: is it a copy of the same database?'),
    ),
  ]
}
