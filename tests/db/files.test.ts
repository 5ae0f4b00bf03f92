import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { leanPostgis } from '../../db/embedded/bundle.ts'
import { ensureEngineFiles, readTemplate } from '../../db/embedded/files.ts'
import { readTar, type TarEntry, writeTar } from '../../db/embedded/tar.ts'

describe('tar archives', () => {
  const entries: TarEntry[] = [
    { name: 'base', kind: 'directory', data: new Uint8Array() },
    { name: 'base/empty', kind: 'file', data: new Uint8Array() },
    { name: 'base/full', kind: 'file', data: Uint8Array.from({ length: 1025 }, (_, i) => i % 251) },
    { name: 'base/block', kind: 'file', data: new Uint8Array(512).fill(7) },
  ]

  it('read as they were written', () => {
    const read = [...readTar(writeTar(entries))].map((entry) => ({ ...entry, data: Uint8Array.from(entry.data) }))
    expect(read).toEqual(entries)
  })

  it('cut short, and names too long, are errors', () => {
    const archive = writeTar(entries)
    expect(() => [...readTar(archive.subarray(0, 2000))]).toThrow(/cut short in base\/full/)
    expect(() => writeTar([{ name: 'x'.repeat(101), kind: 'file', data: new Uint8Array() }])).toThrow(/too long/)
  })
})

describe('the engine files', () => {
  it('are made from the pinned package only', () => {
    expect(() => leanPostgis(Buffer.from('something else'), 'run')).toThrow(/not the pinned version/)
  })

  it('hold PostGIS without raster and a cluster that was shut down', async () => {
    const { bundle_path } = await ensureEngineFiles()
    const names = [...readTar(gunzipSync(await readFile(bundle_path)))].map((entry) => entry.name)
    expect(names).toContain('lib/postgresql/postgis-3.so')
    expect(names.filter((name) => /raster|topology|tiger/.test(name))).toEqual([])
    const template = [...readTar(await readTemplate())]
    const control = template.find((entry) => entry.name === 'global/pg_control')!
    expect(Buffer.from(control.data).readInt32LE(16)).toBe(1)
    expect(template.some((entry) => entry.name === 'PG_VERSION')).toBe(true)
  }, 180_000)

  it('are not built twice', async () => {
    const messages: string[] = []
    await ensureEngineFiles((text) => messages.push(text))
    await ensureEngineFiles((text) => messages.push(text))
    expect(messages).toEqual([])
  })
})
