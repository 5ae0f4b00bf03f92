import fs from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimDirectory, guardDirectory } from '../../db/embedded/claim.ts'
import { failure, scratchDir } from './databases.ts'

const beat_ms = 100
let dir = ''
let file = ''
beforeEach(async () => {
  dir = await scratchDir()
  file = path.join(dir, 'in-use.json')
})
afterEach(() => fs.rm(dir, { recursive: true, force: true }))

const elsewhere = JSON.stringify({ token: 'other', host: 'other-host', place: 'another container', pid: 7 })
const unexpected = () => {
  throw new Error('the claim was lost')
}

describe('the claim on a data directory', () => {
  it('refuses while a process elsewhere keeps its file fresh', async () => {
    await fs.writeFile(file, elsewhere)
    const beating = setInterval(() => void fs.utimes(file, new Date(), new Date()), beat_ms)
    const error = await failure(claimDirectory(dir, { onLost: unexpected, beat_ms }))
    clearInterval(beating)
    expect(error.code).toBe('55006')
    expect(error.message).toContain('process 7 on other-host')
  })

  it('takes over from one that has stopped, whatever its clock said', async () => {
    await fs.writeFile(file, elsewhere)
    await fs.utimes(file, new Date('2100-01-01'), new Date('2100-01-01'))
    const claim = await claimDirectory(dir, { onLost: unexpected, beat_ms })
    expect(JSON.parse(await fs.readFile(file, 'utf8'))).toMatchObject({ pid: process.pid })
    await claim.release()
    expect(await fs.readdir(dir)).toEqual([])
  })

  it('does not wait for a dead process of this machine', async () => {
    const first = await guardDirectory(dir)
    const mine = await fs.readFile(file, 'utf8')
    await first.release()
    await fs.writeFile(file, mine)
    const second = await guardDirectory(dir)
    expect(await fs.readFile(file, 'utf8')).not.toBe(mine)
    await second.release()
  })

  it('is told when another process took it, and leaves that one its file', async () => {
    let lost = 0
    const claim = await claimDirectory(dir, { onLost: () => lost++, beat_ms })
    await fs.writeFile(file, elsewhere)
    await expect.poll(() => lost).toBe(1)
    await claim.release()
    expect(await fs.readFile(file, 'utf8')).toBe(elsewhere)
  })
})
