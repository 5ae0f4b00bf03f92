import { card, expect, isPhone, open, raiseList, rows, summary, test } from './support.ts'

/** Runs in the page: whether the map shows many colours, and the red of findings. */
const CANVAS_CONTENT = `(() => {
  const copy = document.createElement('canvas')
  copy.width = 400
  copy.height = 300
  const context = copy.getContext('2d')
  context.drawImage(document.querySelector('canvas.maplibregl-canvas'), 0, 0, 400, 300)
  const { data } = context.getImageData(0, 0, 400, 300)
  const colours = new Set()
  let red = 0
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [data[i], data[i + 1], data[i + 2]]
    colours.add((r >> 4) * 256 + (g >> 4) * 16 + (b >> 4))
    if (r > 150 && g < 90 && b < 90) red++
  }
  return { isRich: colours.size > 40, hasFindings: red > 10 }
})()`
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const FOCUSED_NAME = "document.activeElement.querySelector('.name').textContent.trim()"

test('starts with the findings of the demo city, labelled as what they are', async ({ page }) => {
  await open(page)
  await raiseList(page)
  await expect(page).toHaveTitle(/校安图/)
  await expect(page.getByText('演示数据', { exact: true }).first()).toBeVisible()
  await expect(summary(page)).toContainText(/共 \d+ 条疑似线索/)
  await expect(rows(page).first()).toContainText('疑似')
  await expect(rows(page).first()).toContainText(/ m/)
  expect(await rows(page).count()).toBeGreaterThan(20)
})

test('draws the city: the canvas holds roads, zones and findings, not one colour', async ({ page }) => {
  await open(page)
  const canvas = page.locator('canvas.maplibregl-canvas')
  await expect(canvas).toBeVisible()
  await expect
    .poll(() => page.evaluate(CANVAS_CONTENT), { timeout: 45_000 })
    .toEqual({ isRich: true, hasFindings: true })
})

test('filters by state, keeps counts, list and address in step, and clears', async ({ page }) => {
  await open(page)
  await raiseList(page)
  const before = String(await summary(page).textContent())
  await page.getByRole('button', { name: '状态', exact: true }).click()
  const choice = page.locator('.choices label', { hasText: '历史遗留' })
  const count = Number(await choice.locator('.count').textContent())
  expect(count).toBeGreaterThan(0)
  await choice.locator('input').check()
  await page.keyboard.press('Escape')
  await expect(summary(page)).toContainText(`共 ${count} 条疑似线索`)
  await expect(rows(page)).toHaveCount(count)
  for (const text of await rows(page).allTextContents()) expect(text).toContain('历史遗留')
  await expect(page).toHaveURL(/legacy/)
  await page.reload()
  await raiseList(page)
  await expect(rows(page)).toHaveCount(count)
  await page.getByRole('button', { name: '清除全部筛选' }).click()
  await expect(summary(page)).toHaveText(before)
})

test('searches and goes to a school', async ({ page }) => {
  await open(page)
  const box = page.getByRole('combobox', { name: '查找学校、场所、道路、区域' })
  await box.fill('第一高级中学')
  const option = page.getByRole('option').first()
  await expect(option).toContainText('第一高级中学')
  await option.click()
  await expect(card(page)).toContainText('第一高级中学')
  await expect(card(page)).toContainText(/学生|校门/)
  await expect(page).toHaveURL(/school-\d+/)
})

test('opens a finding that explains itself, by keyboard alone', async ({ page }) => {
  await open(page)
  await raiseList(page)
  await rows(page).first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const name = String(await page.evaluate(FOCUSED_NAME))
  await page.keyboard.press('Enter')
  const text = card(page)
  await expect(text.getByRole('heading', { level: 2 })).toHaveText(name)
  for (const part of [
    '疑似',
    '认定依据',
    '两端与距离',

    '门槛',
    '主管部门',
    '不作为行政处罚的直接依据',
  ])
    await expect(text).toContainText(part)
  await expect(page).toHaveURL(/finding-\d+/)
  await page.keyboard.press('Escape')
  await expect(card(page)).toHaveCount(0)
})

test('a copied link restores selection, filters and language; back returns', async ({ page }) => {
  await open(page)
  await raiseList(page)
  await rows(page).nth(3).click()
  await expect(card(page).getByRole('heading', { level: 2 })).not.toHaveText('正在载入…')
  const title = String(await card(page).getByRole('heading', { level: 2 }).textContent())
  const address = page.url()
  await page.goto('about:blank')
  await page.goto(address)
  await expect(card(page).getByRole('heading', { level: 2 })).toHaveText(title)
  await card(page).getByRole('button', { name: '关闭' }).click()
  await expect(card(page)).toHaveCount(0)
  await page.goBack()
  await expect(card(page).getByRole('heading', { level: 2 })).toHaveText(title)
})

test('speaks English, and no key is left untranslated', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: /Switch to English/ }).click()
  await raiseList(page)
  await expect(summary(page)).toContainText(/finding/i)
  await expect(page.getByRole('tab', { name: 'Schools' })).toBeVisible()
  const text = String(await page.locator('#app').textContent())
  expect(text).not.toMatch(/\b(state|filter|finding|count|nav|tab)\.[a-z_]+\b/)
  await expect(page).toHaveURL(/lang=en/)
})

test('is usable without sideways scrolling', async ({ page }) => {
  await open(page)
  await raiseList(page)
  const overflow = await page.evaluate(OVERFLOW)
  expect(overflow).toBeLessThanOrEqual(0)
  await rows(page).first().click()
  await expect(card(page)).toBeVisible()
  expect(await page.evaluate(OVERFLOW)).toBeLessThanOrEqual(0)
  if (isPhone(page)) await expect(page.locator('.sheet')).toHaveAttribute('data-stop', /half|full/)
})
