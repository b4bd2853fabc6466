import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isWithout } from '../without.ts'
import { temporaryFolder } from './files.ts'
import { oobe, PROGRAM, plainEnvironment } from './program.ts'

const HOSTILE = `</script><script>window.owned = 1</script><img src=x onerror="window.owned = 1">\u202e`

describe.skipIf(isWithout('chromium'))('a report in a browser', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
    const scenarios = ['app-fails-try-again', 'not-registered']
    await oobe(['run', '--shipped', ...scenarios, '--no-check-settings', '--reporter', 'html', '--out', folder])
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await browser.close()
  })

  /** What the page asked for, and what went wrong in it, is kept. */
  async function opened(file: string, options: BrowserContextOptions = {}) {
    const page = await (await browser.newContext(options)).newPage()
    const asked: string[] = []
    const errors: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(pathToFileURL(file).href)
    return { page, asked, errors }
  }
  const report = () => join(folder, 'report.html')
  const screen = (page: Page) => page.locator('.screen-pane pre')

  test('asks for nothing but itself', async () => {
    const { page, asked, errors } = await opened(report())
    await page.getByRole('link', { name: 'Watch' }).first().click()
    await page.locator('.strip button').first().waitFor()
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(report()).href])
    expect(errors).toEqual([])
  })

  test('scrubbing moves screen, statechart and wire together', async () => {
    const { page, errors } = await opened(report(), { colorScheme: 'dark' })
    await page.getByRole('link', { name: 'Watch' }).first().click()
    const slider = page.getByRole('slider', { name: 'Device time' })
    await slider.fill('7000')
    expect(await screen(page).textContent()).toContain('Is this the right keyboard layout')
    expect(await page.locator('svg.chart').getAttribute('aria-label')).toContain('Statechart keyboard')
    expect(await page.locator('.detail').textContent()).toContain('Nothing was asked yet')
    await slider.fill('438000')
    expect(await screen(page).textContent()).toContain('We ran into a problem')
    expect(await page.locator('.detail').textContent()).toMatch(/^#\d+ {2}7:1/)
    expect(await page.locator('svg.chart .edge.taken').count()).toBeGreaterThan(0)
    expect(errors).toEqual([])
  })

  test('goes by keys, entry by entry, and finds what is in the journal', async () => {
    const { page } = await opened(report())
    await page.getByRole('link', { name: 'Watch' }).first().click()
    const where = page.locator('.where')
    const before = await where.textContent()
    await page.getByRole('button', { name: 'next entry' }).press('Enter')
    expect(await where.textContent()).not.toBe(before)
    await page.getByRole('searchbox', { name: 'Search the journal' }).fill('0x801901f7')
    await page.getByRole('group', { name: 'Found entries' }).getByRole('button').first().press('Enter')
    expect(await where.textContent()).toMatch(/^7:1/)
    expect(await page.getByRole('status').filter({ hasText: 'found' }).textContent()).toMatch(/^\d+ found$/)
  })

  test('reads without scripts', async () => {
    const { page } = await opened(report(), { javaScriptEnabled: false })
    expect(await page.locator('#counts').textContent()).toBe('2 passed, 0 failed')
    await page.locator('summary').first().click()
    expect(await page.locator('article').first().innerText()).toContain('[enrollmentStatusFailure]')
  })

  test('hostile text of a journal stays text', async () => {
    const journal = join(folder, 'app-fails-try-again/journal.ndjson')
    const hostile = readFileSync(journal, 'utf8').replaceAll('Apps', JSON.stringify(HOSTILE).slice(1, -1))
    const bad = join(folder, 'bad.ndjson')
    writeFileSync(bad, hostile)
    const html = join(folder, 'bad.html')
    expect((await oobe(['show', bad, '--html', html])).code).toBe(0)
    const { page, errors } = await opened(html)
    await page.locator('.strip button').first().waitFor()
    await page.getByRole('slider', { name: 'Device time' }).fill('438000')
    expect(await screen(page).textContent()).toContain('<script>')
    expect(await page.evaluate(() => Reflect.has(globalThis, 'owned'))).toBe(false)
    expect(errors).toEqual([])
  })

  test('a run of one entry, and one that was killed', async () => {
    const [first, second] = readFileSync(join(folder, 'not-registered/journal.ndjson'), 'utf8').split('\n')
    for (const [name, text, shown] of [
      ['one', `${first}\n`, 'no journal to look at'],
      ['torn', `${first}\n${second}\n{"at":`, 'no end'],
    ] as const) {
      writeFileSync(join(folder, `${name}.ndjson`), text)
      const html = join(folder, `${name}.html`)
      expect((await oobe(['show', join(folder, `${name}.ndjson`), '--html', html])).code).toBe(0)
      const { page, errors } = await opened(html)
      await page.getByText(shown).first().waitFor()
      expect(errors).toEqual([])
    }
  })
})

test('a journal of 100 MB can be looked at', { timeout: 180_000 }, async () => {
  const folder = temporaryFolder()
  await oobe(['run', 'not-registered', '--no-check-settings', '--out', folder])
  const [first, ...rest] = readFileSync(join(folder, 'not-registered/journal.ndjson'), 'utf8').trimEnd().split('\n')
  const block = `${rest.slice(0, -2).join('\n')}\n`
  const long = join(folder, 'long.ndjson')
  writeFileSync(long, `${first}\n${block.repeat(Math.ceil((100 * 2 ** 20) / block.length))}`)
  const html = join(folder, 'long.html')
  execFileSync(process.execPath, [PROGRAM, 'show', long, '--html', html], { env: plainEnvironment() })
  expect(statSync(html).size).toBeLessThan(5 * 2 ** 20)
})
