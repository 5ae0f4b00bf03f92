/**
 * The second guard of a data directory. The lock's socket is seen by one machine, or one container: two containers on
 * one volume would both get it. So the holder also keeps a file in the directory fresh. A file left by a process of
 * this machine is known to be dead (the lock was free); one from elsewhere is watched for a while.
 */
import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EngineError, sqlstate } from './errors.ts'
import { acquireLock } from './lock.ts'

export interface Claim {
  release(): Promise<void>
}

export interface ClaimOptions {
  /** Told when another process took the directory, because this one slept too long: it must stop writing at once. */
  onLost: () => void
  beat_ms?: number
}

interface Holder {
  token: string
  host: string
  /** Same for all processes that see each other's locks. */
  place: string
  pid: number
}

const defaultBeatMs = 3_000

async function currentPlace(): Promise<string> {
  // Abstract sockets belong to a network namespace, and that to one boot of one kernel.
  const boot = await fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  const network = await fs.readlink('/proc/self/ns/net').catch(() => '')
  return `${os.hostname()} ${boot.trim()} ${network}`
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await fs.readFile(file, 'utf8').catch(() => undefined)
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Holder)
  } catch {
    return undefined // cut off while it was written
  }
}

/** Whether the file changes within three beats; times of two machines are never compared. */
async function isAlive(file: string, beatMs: number): Promise<boolean> {
  const changed = async () => (await fs.stat(file).catch(() => undefined))?.mtimeMs
  const before = await changed()
  for (let waited = 0; waited < 3 * beatMs; waited += beatMs / 5) {
    await sleep(beatMs / 5)
    const now = await changed()
    if (now === undefined) return false
    if (now !== before) return true
  }
  return false
}

/**
 * Claims a directory whose lock this process holds.
 * @throws EngineError 55006 when a process of another machine or container is using it
 */
export async function claimDirectory(dir: string, options: ClaimOptions): Promise<Claim> {
  const file = path.join(dir, 'in-use.json')
  const beatMs = options.beat_ms ?? defaultBeatMs
  const mine: Holder = { token: randomUUID(), host: os.hostname(), place: await currentPlace(), pid: process.pid }
  const other = await readHolder(file)
  if (other && other.place !== mine.place && (await isAlive(file, beatMs))) {
    const text = `the data directory ${dir} is in use by process ${other.pid} on ${other.host} / 数据目录正被另一台主机使用`
    throw new EngineError(sqlstate.object_in_use, text)
  }
  await fs.rm(file, { force: true })
  // wx: of two that begin at the same moment one fails.
  await fs.writeFile(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })

  async function beat() {
    if ((await readHolder(file))?.token !== mine.token) {
      clearInterval(timer)
      options.onLost()
    } else {
      await fs.utimes(file, new Date(), new Date())
    }
  }
  // A beat that fails (full disk) is made up for by the next.
  const timer = setInterval(() => void beat().catch(() => {}), beatMs)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      if ((await readHolder(file))?.token === mine.token) await fs.rm(file, { force: true })
    },
  }
}

export interface Guard {
  onLost: () => void
  release(): Promise<void>
}

/** Takes a directory for this process against others of this machine (lock) and of other machines (claim). */
export async function guardDirectory(dir: string): Promise<Guard> {
  const lock = await acquireLock(dir)
  const guard: Guard = { onLost: () => {}, release: () => lock.release() }
  try {
    const claim = await claimDirectory(dir, { onLost: () => guard.onLost() })
    guard.release = () => claim.release().finally(() => lock.release())
    return guard
  } catch (error) {
    await lock.release()
    throw error
  }
}
