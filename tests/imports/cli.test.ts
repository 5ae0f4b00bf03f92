// The command: exit codes, both forms of output, and handing the file to a running server.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../server/config.ts'
import { type Running, start } from '../../server/main.ts'
import { importJson, problemOf, runImport } from './cli.ts'
import { csv, file, gbk } from './site.ts'

const GOOD = csv('场所名称,类别,lon,lat', '蓝天网吧,网吧,121.42101,31.22101', '星星酒吧,酒吧,121.44101,31.24101')
const HALF = csv(
  '场所名称,类别,lon,lat',
  '红旗网吧,网吧,121.45101,31.22101',
  '某店,网吧,31.24101,121.44101',
  '某店,网吧,121.2,31.2',
)

describe('npm run import', { timeout: 300_000 }, () => {
  let dir: string
  let env: Record<string, string>
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'perimeter-cli-'))
    env = { DATA_DIR: dir }
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it.each([
    [[], 'usage'],
    [['venues'], 'the file is missing'],
    [['shops', 'a.csv', '--crs', 'wgs84'], 'no layer "shops"'],
    [['venues', 'a.csv'], '--crs'],
    [['venues', 'a.csv', '--crs', 'wgs84', '--map', 'name'], 'field=value'],
    [['venues', 'a.csv', '--crs', 'wgs84', '--position-error', 'x'], '0 to 500'],
    [['venues', 'a.csv', '--crs', 'wgs84', '--verbose'], '--verbose'],
    [['venues', 'a.csv', 'b.csv', '--crs', 'wgs84'], 'too many'],
  ])('%j ends with 2 and says how it is used', async (args, words) => {
    const ran = await runImport(args, env)
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain(words)
    expect(ran.stderr).toContain('npm run import')
  })

  it('lists the fields of a layer', async () => {
    const ran = await runImport(['venues', '--fields'], env)
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain('licence_expires_on  有效期至')
  })

  it('refuses settings that cannot work', async () => {
    const ran = await runImport(['venues', 'a.csv', '--crs', 'wgs84'], { DATABASE_URL: 'mysql://x' })
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('DATABASE_URL') })
  })

  it('makes an empty data directory a database and imports into it', async () => {
    const result = await importJson(
      ['venues', file('登记.csv', gbk(GOOD)), '--crs', 'wgs84', '--map', 'kind=类别'],
      env,
    )
    expect(result).toMatchObject({
      outcome: 'stored',
      import_id: 1,
      encoding: 'gb18030',
      file_name: '登记.csv',
      columns: { name: '场所名称', kind: '类别', lon: 'lon', lat: 'lat' },
      accepted: 2,
      created: 2,
      rejected: 0,
      refusal: null,
    })
  })

  it('tells people in Chinese and English what happened', async () => {
    const ran = await runImport(
      ['venues', file('登记.csv', HALF), '--crs', 'wgs84', '--map', 'kind=类别', '--dry-run'],
      env,
    )
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('检查完毕，未保存 / checked, nothing stored')
    expect(ran.stdout).toContain('新增 created 2')
    expect(ran.stdout).toMatch(/第 3 行 row 3 \[lon_lat_swapped\] .*可能颠倒。 \/ .*look interchanged/)
  })

  it('ends with 1 where nothing was stored, with one JSON document on request', async () => {
    const strict = await runImport(
      ['venues', file('登记.csv', HALF), '--crs', 'wgs84', '--map', 'kind=类别', '--strict', '--json'],
      env,
    )
    expect(strict.code).toBe(1)
    expect(problemOf(strict)).toMatchObject({
      status: 422,
      code: 'rows_rejected',
      title_zh: '有 1 行不合格；按严格模式，未保存任何内容。',
      import: { outcome: 'refused', rejected: 1, rejections: [{ row: 3, code: 'lon_lat_swapped' }] },
    })
    const missing = await runImport(['venues', join(dir, '没有.csv'), '--crs', 'wgs84', '--json'], env)
    expect(missing.code).toBe(1)
    expect(problemOf(missing)).toMatchObject({ code: 'file_unreadable' })
    const unknown = await runImport(['venues', file('登记.csv', GOOD), '--crs', 'unknown'], env)
    expect(unknown).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('[crs_not_supported] 不支持的坐标系“unknown”'),
    })
  })

  describe('while a server has the database open', () => {
    let running: Running
    beforeAll(async () => {
      running = await start(loadConfig({ ...env, PORT: '0', LOG_LEVEL: 'silent' }))
    })
    afterAll(() => running.stop())

    it('sends the file to it', async () => {
      const args = [
        'venues',
        file('登记.csv', gbk(HALF)),
        '--crs',
        'wgs84',
        '--map',
        'kind=类别',
        '--position-error',
        '12.5',
      ]
      const result = await importJson(args, env)
      expect(result).toMatchObject({
        outcome: 'stored',
        import_id: expect.any(Number),
        encoding: 'gb18030',
        created: 2,
        rejected: 1,
        source: '登记.csv',
      })
      const list = await fetch(`${running.url}/api/imports?layer=venues`).then((response) => response.json())
      expect(list).toMatchObject({
        numberMatched: 2,
        imports: [{ file_name: '登记.csv', options: { position_error_m: 12.5 } }, { id: 1 }],
      })
    })

    it('passes refusals on', async () => {
      const ran = await runImport(
        ['venues', file('登记.csv', HALF), '--crs', 'wgs84', '--map', 'kind=类别', '--strict', '--json'],
        env,
      )
      expect(ran.code).toBe(1)
      expect(problemOf(ran)).toMatchObject({ status: 422, code: 'rows_rejected', import: { outcome: 'refused' } })
    })
  })
})
