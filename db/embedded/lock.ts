/**
 * One process per data directory. Two on the same one silently destroy each other's rows: the engine has no lock.
 * The lock is a listening socket whose name is derived from the directory; the kernel frees it however the process
 * ends, kill -9 included.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EngineError, sqlstate } from './errors.ts'

export interface Lock {
  release(): Promise<void>
}

async function socketName(dir: string): Promise<string> {
  const name = `perimeter-${createHash('sha256')
    .update(await fs.realpath(dir))
    .digest('hex')
    .slice(0, 40)}`
  if (process.platform === 'linux') return `\0${name}` // abstract: no file, gone with the process
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return path.join(os.tmpdir(), `${name}.sock`)
}

function listen(name: string): Promise<net.Server> {
  const server = net.createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(name, () => resolve(server.unref()))
  })
}

function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(name)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

async function tryLock(name: string): Promise<net.Server | undefined> {
  try {
    return await listen(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    if (name.startsWith(os.tmpdir()) && !(await answers(name))) {
      // Elsewhere than on Linux and Windows the socket is a file that outlives its process.
      await fs.rm(name, { force: true })
      return listen(name)
    }
    return undefined
  }
}

/** True while some process, this one included, holds the directory. */
export async function isLocked(dir: string): Promise<boolean> {
  const name = await socketName(dir).catch(() => undefined)
  return name !== undefined && answers(name)
}

/**
 * Takes the directory, which must exist, for this process.
 * @throws EngineError 55006 when another holds it after `wait_s` seconds
 */
export async function acquireLock(dir: string, options: { wait_s?: number } = {}): Promise<Lock> {
  const name = await socketName(dir)
  const until = Date.now() + (options.wait_s ?? 0) * 1000
  for (;;) {
    const server = await tryLock(name)
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) }
    if (Date.now() >= until) {
      const text = `the data directory ${await fs.realpath(dir)} is in use by another process / 数据目录正被另一个进程使用`
      throw new EngineError(sqlstate.object_in_use, text)
    }
    await sleep(200)
  }
}
