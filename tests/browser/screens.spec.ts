import { card, expect, isPhone, open, raiseList, rows, test } from './support.ts'

/** Pictures for the eye, written to test-results/screens; each must at least be a picture of a filled page. */
test('screens', async ({ page }, testInfo) => {
  const shot = async (name: string) => {
    const picture = await page.screenshot({ path: `test-results/screens/${name}-${testInfo.project.name}.png` })
    expect(picture.byteLength).toBeGreaterThan(30_000)
  }
  await open(page)
  await page.waitForTimeout(3000)
  await shot('city')
  await raiseList(page)
  await shot('list')
  await rows(page).nth(1).click()
  await expect(card(page)).toContainText('两端与距离')
  await page.waitForTimeout(3000)
  await shot('finding')
  await page.goto('/?tab=schools')
  await raiseList(page)
  await rows(page).first().click()
  await expect(card(page)).toBeVisible()
  await page.waitForTimeout(2000)
  await shot('school')
  await page.goto('/?tab=rules')
  await raiseList(page)
  await page.waitForTimeout(1500)
  await shot('rules')
  if (!isPhone(page)) {
    await page.goto('/imports')
    await page.waitForTimeout(1000)
    await shot('imports')
  }
})
