import { test as base, expect, type Page } from '@playwright/test'

/** Every test fails when the page asks another host, breaks the content security policy or throws. */
export const test = base.extend<{ closedNetwork: undefined }>({
  closedNetwork: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('request', (request) => {
        const url = new URL(request.url())
        const isLocal = url.hostname === '127.0.0.1' || url.protocol === 'blob:' || url.protocol === 'data:'
        if (!isLocal) complaints.push(`request to ${request.url()}`)
      })
      page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
      })
      await use(undefined)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

export const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? 1440) < 700

/** Opens an address and waits until the list is filled. */
export async function open(page: Page, address = '/'): Promise<void> {
  await page.goto(address)
  await expect(page.locator('.result-list .row').first()).toBeVisible({ timeout: 45_000 })
}

/** On a phone the list lies in a sheet that starts low; its handle raises it. */
export async function raiseList(page: Page): Promise<void> {
  if (!isPhone(page)) return
  const handle = page.getByRole('button', { name: /列表面板|List panel/ })
  await handle.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
}

export const rows = (page: Page) => page.locator('.result-list .row')
export const summary = (page: Page) => page.locator('.result-list .summary')
export const card = (page: Page) => page.locator('.card-frame')
