import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { card, expect, open, raiseList, rows, test } from './support.ts'

/** Serious and critical findings of axe under WCAG 2.1 A and AA, as text that says where. */
async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`)
}

test('the list and the map have no serious violation', async ({ page }) => {
  await open(page)
  await raiseList(page)
  expect(await seriousViolations(page)).toEqual([])
})

test('the evidence card has no serious violation', async ({ page }) => {
  await open(page)
  await raiseList(page)
  await rows(page).first().click()
  await expect(card(page)).toContainText('两端与距离')
  expect(await seriousViolations(page)).toEqual([])
})

test('schools, venues, rules and imports have no serious violation', async ({ page }) => {
  await open(page)
  await raiseList(page)
  for (const tab of ['学校', '场所', '规则']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByText(/共 [\d,]+ [所处条]/).first()).toBeVisible()
    expect(await seriousViolations(page), tab).toEqual([])
  }
  await page.goto('/imports')
  await expect(page.getByText('数据导入').first()).toBeVisible()
  expect(await seriousViolations(page), 'imports').toEqual([])
})
