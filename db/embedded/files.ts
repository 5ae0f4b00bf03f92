/**
 * The two files the embedded engine starts from, built once from the installed packages into `.build/engine/`:
 * the PostGIS bundle reduced to what is used, and the archive of a fresh cluster with its extensions created.
 * With them a first start takes about 5 s, without about 20.
 */
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { leanPostgis } from './bundle.ts'
import { EngineError, sqlstate } from './errors.ts'
import { acquireLock } from './lock.ts'
import { readTar } from './tar.ts'
import { runThread } from './thread.ts'

const here = path.dirname(fileURLToPath(import.meta.url))
const buildDir = path.join(here, '../../.build/engine')
const require = createRequire(import.meta.url)

export interface EngineFiles {
  bundle_path: string
  template_path: string
}

const files: EngineFiles = {
  bundle_path: path.join(buildDir, 'postgis-lean.tar.gz'),
  template_path: path.join(buildDir, 'template.tar.gz'),
}
const stampPath = path.join(buildDir, 'stamp')

/** Changes whenever a package or the code that builds changes. */
async function currentStamp(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-postgis']) {
    // The packages do not export their package.json; it lies above the entry file.
    const manifest = path.join(path.dirname(require.resolve(name)), '../package.json')
    const { version } = JSON.parse(await fs.readFile(manifest, 'utf8')) as { version: string }
    hash.update(`${name}@${version}\n`)
  }
  for (const source of ['bundle.ts', 'tar.ts', 'template-worker.ts', 'pglite-options.ts', 'settings.ts']) {
    hash.update(await fs.readFile(path.join(here, source)))
  }
  return hash.digest('hex')
}

async function isCurrent(stamp: string): Promise<boolean> {
  const stored = await fs.readFile(stampPath, 'utf8').catch(() => '')
  const present = await Promise.all(Object.values(files).map((file) => fs.stat(file).catch(() => undefined)))
  return stored === stamp && present.every((stat) => stat !== undefined)
}

async function build(stamp: string, onMessage: (text: string) => void): Promise<void> {
  onMessage('building the embedded database engine once (about 20 s) / 正在生成内置数据库引擎（约 20 秒，仅一次）')
  await fs.rm(stampPath, { force: true })
  const source = path.join(path.dirname(require.resolve('@electric-sql/pglite-postgis')), 'postgis.tar.gz')
  const scratch = path.join(buildDir, `.new-${randomBytes(4).toString('hex')}`)
  await fs.mkdir(scratch)
  try {
    const archive = await fs.readFile(source)
    const bundle = path.join(scratch, 'bundle')
    await fs.writeFile(bundle, leanPostgis(archive, 'run'))
    const installer = path.join(scratch, 'installer')
    await fs.writeFile(installer, leanPostgis(archive, 'install'))
    const template = path.join(scratch, 'template')
    const cluster_dir = path.join(scratch, 'pg')
    await runThread('template-worker.ts', { bundle_path: installer, cluster_dir, out: template })
    await fs.rename(bundle, files.bundle_path)
    await fs.rename(template, files.template_path)
    await fs.writeFile(stampPath, stamp)
  } finally {
    await fs.rm(scratch, { recursive: true, force: true })
  }
}

/** Builds what is missing or stale; of several processes one builds and the others wait. */
export async function ensureEngineFiles(onMessage: (text: string) => void = () => {}): Promise<EngineFiles> {
  const stamp = await currentStamp()
  if (await isCurrent(stamp)) return files
  await fs.mkdir(buildDir, { recursive: true })
  const lock = await acquireLock(buildDir, { wait_s: 180 })
  try {
    if (!(await isCurrent(stamp))) await build(stamp, onMessage)
  } finally {
    await lock.release()
  }
  return files
}

export async function readTemplate(): Promise<Buffer> {
  return gunzipSync(await fs.readFile(files.template_path))
}

/** Writes a file and waits until it is on the disk. */
async function writeDurably(file: string, data: Uint8Array): Promise<void> {
  const handle = await fs.open(file, 'w', 0o600)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncDirectory(dir: string): Promise<void> {
  const handle = await fs.open(dir, 'r')
  // Windows cannot sync a directory and does not need to.
  await handle.sync().catch(() => {})
  await handle.close()
}

/** Creates the cluster from the template unless it exists. A crash half-way leaves nothing that looks like one. */
export async function ensureCluster(clusterDir: string): Promise<void> {
  const version = await fs.readFile(path.join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version !== undefined) {
    if (version.trim() === '18') return
    const found = `${clusterDir} was written by PostgreSQL ${version.trim()}, the embedded engine is 18`
    throw new EngineError(sqlstate.cannot_connect_now, found)
  }
  const partial = `${clusterDir}.partial`
  await fs.rm(partial, { recursive: true, force: true })
  await fs.mkdir(partial, { mode: 0o700 })
  const directories = [partial]
  let writes: Promise<void>[] = []
  for (const entry of readTar(await readTemplate())) {
    const target = path.join(partial, entry.name)
    if (entry.kind === 'directory') {
      await fs.mkdir(target, { recursive: true, mode: 0o700 })
      directories.push(target)
    } else {
      writes.push(writeDurably(target, entry.data))
    }
    // In batches: the disk commits many at once, and no process has a thousand files open.
    if (writes.length >= 64) {
      await Promise.all(writes)
      writes = []
    }
  }
  await Promise.all(writes)
  await Promise.all(directories.map(syncDirectory))
  await fs.rename(partial, clusterDir)
  await syncDirectory(path.dirname(clusterDir))
}
