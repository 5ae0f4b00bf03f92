/** This machine: Node, the built files, the data directory, the port. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { freeBytes, minimumFreeBytes } from '../../db/connect.ts'
import type { Config } from '../../server/config.ts'
import { type Check, expectThat, fail, ok, warn } from './report.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const MB = 1024 * 1024
/** Where a site begins to be short of space, well before writing stops. */
const COMFORTABLE_BYTES = 2048 * MB

export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return expectThat(
    major > 20 || (major === 20 && minor >= 19),
    ok('Node.js 版本合适', `Node.js ${version}`),
    fail('Node.js 过旧，需要 20.19 以上', `Node.js ${version} is too old: 20.19 or newer is needed`),
  )
}

export function checkFiles(isEmbedded: boolean): Check[] {
  const page = expectThat(
    existsSync(join(ROOT, 'dist/web/index.html')),
    ok('页面已构建', 'the page is built'),
    warn('页面尚未构建', 'the page is not built', 'npm run build'),
  )
  if (!isEmbedded) return [page]
  const files = ['postgis-lean.tar.gz', 'template.tar.gz', 'stamp'].map((name) => join(ROOT, '.build/engine', name))
  const engine = expectThat(
    files.every((file) => existsSync(file)),
    ok('内置引擎文件已生成', 'the files of the embedded engine are built'),
    warn(
      '内置引擎文件尚未生成（首次启动约 20 秒）',
      'the engine files are not built; the first start takes 20 s',
      'npm run build',
    ),
  )
  return [page, engine]
}

/** The directory itself, or the nearest one above it that exists. */
const existing = (dir: string): string => (existsSync(dir) ? dir : existing(dirname(dir)))

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

export function checkDataDir(data_dir: string): Check[] {
  const dir = resolve(data_dir)
  const place = existing(dir)
  const free = freeBytes(place)
  const zh = `磁盘剩余 ${Math.floor(free / MB).toLocaleString('en')} MB`
  const en = `${Math.floor(free / MB).toLocaleString('en')} MB free`
  const room =
    free < minimumFreeBytes
      ? fail(`${zh}，少于 200 MB，数据库拒绝写入`, `${en}: below 200 MB nothing is written`)
      : expectThat(free >= COMFORTABLE_BYTES, ok(zh, en), warn(`${zh}，偏少`, `${en}, which is little`))
  return [
    expectThat(
      isWritable(place),
      ok(`数据目录可写：${dir}`, `the data directory is writable${place === dir ? '' : ', made at the first start'}`),
      fail(
        `数据目录不可写：${place}`,
        `the data directory is not writable: ${place}`,
        `sudo chown -R $(id -un) '${place}'`,
      ),
    ),
    room,
  ]
}

interface Health {
  version: string
  engine: { kind: string; label_zh: string; label_en: string; postgresql: string; postgis: string }
}

/** What answers at an address: one of ours, nobody, or somebody else. */
export async function askServer(url: string): Promise<Health | 'nobody' | 'stranger'> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) })
    const body = (await response.json()) as Partial<Health>
    return body.engine && body.version ? (body as Health) : 'stranger'
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    return code === 'ECONNREFUSED' ? 'nobody' : 'stranger'
  }
}

/** Address of the server that has an embedded data directory open, as it wrote it down. */
export function writtenAddress(data_dir: string): string | undefined {
  const file = join(resolve(data_dir), 'server.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url : undefined
}

export async function checkPort({ host, port }: Config): Promise<Check[]> {
  if (port === 0) return []
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const answer = await askServer(url)
  if (answer === 'nobody')
    return [ok(`端口 ${port} 空闲，服务未运行`, `port ${port} is free, no server is running there`)]
  if (answer === 'stranger')
    return [warn(`端口 ${port} 被其他程序占用`, `port ${port} is used by another program`, 'PORT=8201 npm start')]
  return [
    ok(
      `服务正在运行：${url}（${answer.engine.label_zh}）`,
      `a server is running, version ${answer.version}, ${answer.engine.label_en}`,
    ),
  ]
}
