// POST /api/imports and the list of past imports, over HTTP.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../server/app.ts'
import type { Api } from '../../server/http/api.ts'
import { enginesUnderTest } from '../db/databases.ts'
import { csv, openSite, type Site } from './site.ts'

const GOOD = csv('名称,类别,lon,lat', '蓝天网吧,网吧,121.42101,31.22101', '某店,马戏团,121.44101,31.24101')

type Part = [name: string, value: string] | [name: string, value: string, file: string]

const multipart = (...parts: Part[]) => {
  const boundary = 'test-boundary'
  const bodies = parts.map(([name, value, fileName]) => {
    const suffix = fileName === undefined ? '' : `; filename="${fileName}"\r\ncontent-type: text/csv`
    return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${suffix}\r\n\r\n${value}\r\n`
  })
  return {
    headers: { host: '127.0.0.1:8200', 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: `${bodies.join('')}--${boundary}--\r\n`,
  }
}

// A folder of our own, so that what an upload leaves behind shows; os.tmpdir() reads the variable at each call.
const scratch = mkdtempSync(join(tmpdir(), 'perimeter-routes-'))
process.env.TMPDIR = scratch
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.each(enginesUnderTest)('imports over HTTP on $name', (engine) => {
  describe.skipIf(engine.missing)('/api/imports', () => {
    let site: Site
    let app: Api
    beforeAll(async () => {
      site = await openSite(engine)
      app = await buildApp({ database: site.database, applyChange: site.applyChange })
    })
    afterAll(async () => {
      await app.close()
      await site.database.drop()
    })

    const post = (...parts: Part[]) => app.inject({ method: 'POST', url: '/api/imports', ...multipart(...parts) })
    const get = (url: string) => app.inject({ url, headers: { host: '127.0.0.1:8200' } })
    const file: Part = ['file', GOOD, '文旅登记.csv']
    const fields: Part[] = [
      ['layer', 'venues'],
      ['crs', 'wgs84'],
      ['map', 'kind=类别'],
    ]

    it.each([
      ['no file', fields, 400, 'import_field_missing'],
      ['no coordinate system', [['layer', 'venues'], file], 400, 'import_field_missing'],
      ['an unknown layer', [['layer', 'shops'], ['crs', 'wgs84'], file], 400, 'invalid_request'],
      ['an unknown field', [...fields, ['colour', 'red'], file], 400, 'invalid_request'],
      ['an error that is no number', [...fields, ['position_error_m', 'x'], file], 400, 'invalid_request'],
      ['a flag that is neither', [...fields, ['strict', 'maybe'], file], 400, 'invalid_request'],
      ['a coordinate system that is not known', [['layer', 'venues'], ['crs', 'mars'], file], 422, 'crs_not_supported'],
      ['a map without =', [...fields, ['map', 'name'], file], 422, 'bad_assignment'],
      ['two files', [...fields, file, file], 413, 'too_large'],
    ] as [string, Part[], number, string][])('refuses %s', async (_, parts, status, code) => {
      const response = await post(...parts)
      expect(response.statusCode).toBe(status)
      expect(response.headers['content-type']).toContain('application/problem+json')
      expect(response.json()).toMatchObject({ status, code })
    })

    it('refuses other content types', async () => {
      const response = await app.inject({
        method: 'POST',
        url: '/api/imports',
        headers: { host: '127.0.0.1' },
        payload: { layer: 'venues' },
      })
      expect(response.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' })
    })

    it('tries without storing, then stores; the file may come before the fields', async () => {
      const tried = await post(...fields, ['dry_run', 'true'], file)
      expect(tried.statusCode).toBe(200)
      expect(tried.json()).toMatchObject({ outcome: 'dry_run', import_id: null, created: 1, rejected: 1 })
      const stored = await post(file, ...fields, ['source', '文旅局'])
      expect(stored.statusCode).toBe(201)
      expect(stored.headers['x-findings-changed']).toBe('0,0,0')
      expect(stored.json()).toMatchObject({
        outcome: 'stored',
        layer: 'venues',
        file_name: '文旅登记.csv',
        source: '文旅局',
        format: 'csv',
        encoding: 'utf-8',
        created: 1,
        rejections: [{ row: 3, column: '类别', code: 'kind_unknown' }],
      })
    })

    it('answers strict mode with a problem that carries the rows', async () => {
      const response = await post(...fields, ['strict', '1'], file)
      expect(response.statusCode).toBe(422)
      expect(response.headers['content-type']).toContain('application/problem+json')
      expect(response.json()).toMatchObject({
        status: 422,
        code: 'rows_rejected',
        import: {
          outcome: 'refused',
          import_id: null,
          created: 0,
          rejected: 1,
          rejections: [{ row: 3, code: 'kind_unknown' }],
        },
      })
    })

    it('lists past imports and shows one with its rejections', async () => {
      await post(...fields, file)
      const first = (await get('/api/imports?limit=1')).json()
      expect(first).toMatchObject({
        numberMatched: 2,
        numberReturned: 1,
        imports: [{ source: '文旅登记.csv', unchanged: 1 }],
      })
      const next = (await get(first.links[0].href)).json()
      expect(next).toMatchObject({ numberReturned: 1, links: [], imports: [{ source: '文旅局' }] })
      const { id } = next.imports[0]
      expect((await get(`/api/imports/${id}`)).json()).toMatchObject({
        id,
        rejected: 1,
        rejections: [{ row: 3, expected: expect.any(String) }],
      })
      expect((await get('/api/imports?layer=roads')).json()).toMatchObject({ numberMatched: 0, imports: [] })
      expect((await get('/api/imports/999')).statusCode).toBe(404)
    })

    it('describes its body for clients', async () => {
      const { paths } = (await get('/openapi.json')).json()
      const { properties, required } = paths['/api/imports'].post.requestBody.content['multipart/form-data'].schema
      expect(properties.file).toMatchObject({ type: 'string', format: 'binary' })
      expect(required).toEqual(expect.arrayContaining(['file', 'layer', 'crs']))
    })

    it('leaves no upload behind', () =>
      expect(readdirSync(scratch).filter((name) => name.startsWith('perimeter-'))).toEqual([]))
  })
})
