import { describe, expect, test } from 'vitest'
import { namesOf } from '../../src/scenario/library.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { plainText } from '../../src/screens/plain-text.ts'
import { type Change, played, screensOf } from './played.ts'

/** `Apps (1 of 3 installed)` and so on, as the plain output prints the categories that are at work or failed. */
const stepsOn = (screen: Parameters<typeof plainText>[0]): string[] =>
  plainText(screen)
    .filter((line) => /^( {4}| {2}(Device|Account) )/.test(line))
    .map((line) => line.trim())

const pagesWithCategories = async (id: string, change?: Change) =>
  screensOf((await played(id, change)).journal).filter(({ progress }) => progress?.categories)

const failurePage = async (id: string, change?: Change) =>
  (await pagesWithCategories(id, change)).find(({ page }) => page === 'enrollmentStatusFailure')!

const CONTINUES = { page: { allowContinue: true, skipUserStatus: false } }

describe('the Enrollment Status Page', () => {
  test.each(namesOf('scenario'))('has no bar in %s, since Windows shows none', async (id) => {
    for (const scenario of loadScenarios(id)) {
      for (const { progress } of await pagesWithCategories(scenario.file))
        expect(progress).not.toHaveProperty('fraction')
    }
  })

  test('keeps its steps when the time limit ends it', async () => {
    expect(stepsOn(await failurePage('esp-timeout-continue-anyway'))).toEqual([
      'Device preparation: Complete',
      'Device setup: Failed',
      'Security policies (1 of 1 applied)',
      'Certificates (No setup needed)',
      'Network connections (1 of 1 added)',
      'Apps (1 of 3 installed)',
      'Account setup: (Previous step failed)',
    ])
  })

  test('keeps its steps when a provider is not ready in time', async () => {
    expect(stepsOn(await failurePage('provider-never-ready'))).toContain(
      'Preparing your device for mobile management (Failed: 0x800705b4)',
    )
  })

  test('names no code for a Win32 app that failed, and the code of another app', async () => {
    expect(stepsOn(await failurePage('win32-app-fails'))).toContain('Apps (Error)')
    expect(stepsOn(await failurePage('app-not-allowed-on-se'))).toContain('Apps (0x87d300d9)')
  })

  test('shows no page between Continue anyway and the next one, nor between Try again and the next try', async () => {
    const pageAfter = async (id: string, change?: Change) => {
      const { journal } = await played(id, change)
      const pages = screensOf(journal)
      const failed = pages.findIndex(({ page }) => page === 'enrollmentStatusFailure')
      return pages[failed + 1]!
    }
    expect((await pageAfter('esp-timeout-continue-anyway')).page).toBe('welcome')
    const again = await pageAfter('app-fails-try-again')
    expect(again.progress?.categories?.find(({ id }) => id === 'deviceSetup')).toMatchObject({ state: 'inProgress' })
  })

  test('shows a device setup that failed as failed while the account is set up', async () => {
    const last = (await pagesWithCategories('esp-timeout-continue-anyway', CONTINUES)).at(-1)!
    expect(stepsOn(last).slice(0, 2)).toEqual(['Device preparation: Complete', 'Device setup: Failed'])
  })
})
