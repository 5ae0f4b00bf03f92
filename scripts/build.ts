/**
 * `npm run build`: the page and the files the embedded engine starts from, each only when it is not current. Runs by
 * itself after `npm ci` and before every start, so that a fresh checkout needs no further step.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureEngineFiles } from '../db/embedded/files.ts'

const ROOT = new URL('..', import.meta.url).pathname
const STAMP = join(ROOT, '.build', 'web.sha256')

function filesBelow(dir: string): string[] {
  return readdirSync(join(ROOT, dir), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(dir, entry.name)) : [join(dir, entry.name)],
  )
}

/** Content of everything that goes into the page; a clone has other file times but the same content. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of [...filesBelow('web'), 'package-lock.json', 'vite.config.ts'].sort())
    hash.update(file).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

export async function buildWeb(): Promise<void> {
  const wanted = fingerprint()
  const isCurrent =
    existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && existsSync(join(ROOT, 'dist/web/index.html'))
  if (isCurrent) return
  const vite = await import('vite').catch(() => null)
  if (!vite) {
    console.warn('未安装 vite，跳过页面构建 / vite is not installed (production install?): the page is not rebuilt')
    return
  }
  console.log('正在构建页面 / building the page …')
  await vite.build({ root: join(ROOT, 'web'), configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' })
  mkdirSync(join(ROOT, '.build'), { recursive: true })
  writeFileSync(STAMP, wanted)
}

if (import.meta.url === `file://${process.argv[1]}`) {
  await buildWeb()
  await ensureEngineFiles(console.log)
}
