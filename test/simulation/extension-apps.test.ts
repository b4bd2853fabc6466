import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { firstSeen, played, writesOf } from './played.ts'

const stepsOf = (journal: readonly JournalEntry[], ...states: string[]) =>
  journal.flatMap((entry) =>
    entry.kind === 'app' && entry.type !== 'msi' && states.includes(entry.state)
      ? [{ at: entry.at, text: `${entry.scope} ${entry.name} ${entry.state}` }]
      : [],
  )
const textsOf = (journal: readonly JournalEntry[], ...states: string[]) =>
  stepsOf(journal, ...states).map(({ text }) => text)

describe('apps that no page waits for', () => {
  test('begin twenty seconds after the page, and the run ends when they are over', async () => {
    const { journal, durationMs } = await played('required-apps-after-the-page')
    const closed = journal.findLast(
      (entry) => entry.kind === 'log' && 'event' in entry && entry.event === 'appsAfterThePage',
    )!.at
    const [first, , last] = stepsOf(journal, 'downloading', 'installed')
      .filter(({ text }) => !text.includes('time zone'))
      .filter(({ text }) => !text.includes('PaperCut'))
    expect(first).toEqual({ at: closed + 20_000, text: 'device Safe Exam Browser downloading' })
    expect(last!.text).toBe('user ReadAndWriteForWindows downloading')
    expect(durationMs).toBe(stepsOf(journal, 'installed').at(-1)!.at)
    expect(firstSeen(journal, 'desktop')).toBeLessThan(durationMs)
  })

  test('have no node that the page counts', async () => {
    const { journal } = await played('required-apps-after-the-page')
    const tracked = new Set(writesOf(journal, '/InstallationState').map(({ uri }) => uri.split('/').at(-2)))
    expect([...tracked].filter((name) => name?.startsWith('Win32App_'))).toEqual([
      'Win32App_3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503_1',
    ])
  })

  test('a person who continues after a failure gets the apps behind the one that failed', async () => {
    const { outcome, journal } = await played('win32-app-fails', {
      page: { allowContinue: true },
      person: { enrollmentStatusFailure: ['continueAnyway'] },
    })
    expect(outcome).toMatchObject({ kind: 'desktop' })
    expect(textsOf(journal, 'installed', 'failed')).toEqual([
      'device Safe Exam Browser failed',
      'device PaperCut installed',
    ])
  })
})

describe('scripts', () => {
  test('of the system run before the apps, and again for the person; a remediation comes three minutes after the page', async () => {
    const { journal } = await played('scripts-and-remediations')
    expect(textsOf(journal, 'installed', 'failed')).toEqual([
      'device Set the time zone installed',
      'device Map the library drive failed',
      'user Set the time zone installed',
      'user Map the library drive failed',
      'user Pin the timetable installed',
      'device Printer queue installed',
      'device Free disk space failed',
    ])
    const closed = journal.findLast(
      (entry) => entry.kind === 'log' && 'event' in entry && entry.event === 'appsAfterThePage',
    )!.at
    expect(stepsOf(journal, 'downloading').find(({ text }) => text.includes('Printer'))!.at).toBe(closed + 180_000)
  })
})

describe('dependencies', () => {
  test('come first, and the page counts the app alone', async () => {
    const { journal } = await played('dependency-installs-first')
    expect(textsOf(journal, 'installed')).toEqual(['device PaperCut installed', 'device Safe Exam Browser installed'])
    expect(writesOf(journal, '/InstallationState').some(({ uri }) => uri.includes('f503'))).toBe(false)
  })

  test('one that a device has is not installed again', async () => {
    const { outcome, journal } = await played('dependency-not-there', { apps: [{}, { isPreinstalled: true }] })
    expect(outcome).toMatchObject({ kind: 'desktop' })
    expect(textsOf(journal, 'installed')).toEqual(['device Safe Exam Browser installed'])
  })
})

describe('supersedence', () => {
  test('the older app goes before the newer one comes', async () => {
    const { journal } = await played('supersedence-replaces')
    expect(textsOf(journal, 'uninstalled', 'installed')).toEqual([
      'device Exam Kiosk uninstalled',
      'device Safe Exam Browser installed',
    ])
  })

  test('a newer app that the image has as well is left, and the older one goes', async () => {
    const { journal } = await played('supersedence-replaces', { apps: [{ isPreinstalled: true }, {}] })
    expect(textsOf(journal, 'uninstalled', 'downloading', 'installed')).toEqual([
      'device Exam Kiosk uninstalled',
      'device Safe Exam Browser installed',
    ])
  })

  test('a newer app that a device does not meet leaves the older one, which is required, too', async () => {
    const { journal } = await played('supersedence-updates', {
      apps: [{ name: 'PaperCut', version: '22.0.6' }, { isSkipped: true }],
    })
    expect(textsOf(journal, 'installed', 'skipped')).toEqual([
      'device PaperCut installed',
      'device Safe Exam Browser skipped',
    ])
  })
})
