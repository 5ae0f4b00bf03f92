import { expect, isPhone, test } from './support.ts'

/** Changes go through the API here and must show on the open page without a reload. */
test('a venue moved next to a school appears among the findings', async ({ page, request }, testInfo) => {
  test.skip(isPhone(page), 'the same server, once is enough')
  const name = `浏览器测试网吧${testInfo.workerIndex}${Date.now() % 100000}`
  const schools = await (await request.get('/api/schools?kind=primary&limit=1')).json()
  const [lon, lat] = schools.features[0].properties.position
  await page.goto(`/?q=${encodeURIComponent(name)}`)
  await expect(page.getByText('没有符合条件的记录')).toBeVisible({ timeout: 45_000 })
  const created = await request.post('/api/venues', {
    data: { name, kind: 'internet_cafe', position_error_m: 1, geometry: { type: 'Point', coordinates: [lon, lat] } },
  })
  expect(created.status()).toBe(201)
  const [opened] = String(created.headers()['x-findings-changed']).split(',').map(Number)
  expect(opened).toBeGreaterThan(0)
  await expect(page.locator('.result-list .row').first()).toContainText(name, { timeout: 45_000 })
  const venue = await created.json()
  const closed = await request.post(`/api/venues/${venue.id}/close`, { data: { reason: '测试结束' } })
  expect(closed.status()).toBe(200)
  await expect(page.getByText('没有符合条件的记录')).toBeVisible({ timeout: 45_000 })
})
