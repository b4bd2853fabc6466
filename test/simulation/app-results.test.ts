import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { returnKindOf } from '../../src/domain/return-codes.ts'
import type { TenantDefinition } from '../../src/domain/tenant.ts'
import { played, screensOf } from './played.ts'

type App = Partial<TenantDefinition['apps'][number]>

const MINUTE_MS = 60_000

const appsSteps = (journal: readonly JournalEntry[]) =>
  screensOf(journal)
    .flatMap(({ progress }) => progress?.categories?.find(({ id }) => id === 'deviceSetup')?.steps ?? [])
    .flatMap(({ id, status }) => (id === 'apps' ? [status] : []))

const logged = (journal: readonly JournalEntry[], text: RegExp): number[] =>
  journal.flatMap((entry) => (entry.kind === 'log' && text.test(entry.text) ? [entry.at] : []))

/** One required app with these results, alone. */
const install = (app: App, person = {}) =>
  played('win32-app-busy-then-installs', {
    apps: [{ exitCode: 0, isDetected: true, installSeconds: 10, ...app }],
    person: { enrollmentStatusFailure: 'wait', ...person },
  })

test.each([
  [0, 'success'],
  [1707, 'success'],
  [3010, 'softReboot'],
  [1641, 'hardReboot'],
  [1618, 'retry'],
  [1603, 'failed'],
  [-1, 'failed'],
])('the return code %i is %s', (code, kind) => {
  expect(returnKindOf(code)).toBe(kind)
})

test('1618 is tried three times, five minutes apart, and then the app has failed', async () => {
  const { journal } = await install({ exitCode: 1618 })
  const [first, second, ...others] = logged(journal, /is tried again/)
  expect(others).toEqual([])
  expect(second! - first!).toBe(5 * MINUTE_MS + 10_000)
  expect(logged(journal, /Win32 app Safe Exam Browser failed/)).toEqual([second! + 5 * MINUTE_MS + 10_000])
  expect(appsSteps(journal)).toContain('Error')
})

test('each try has its own time and result, and the last is for all that follow', async () => {
  const { journal, outcome } = await install({ exitCode: [1618, 1618, 0], installSeconds: [5, 7] })
  const [first, second] = logged(journal, /is tried again/)
  expect(second! - first!).toBe(5 * MINUTE_MS + 7_000)
  expect(logged(journal, /Safe Exam Browser installed/)).toEqual([second! + 5 * MINUTE_MS + 7_000])
  expect(outcome).toMatchObject({ kind: 'desktop' })
})

test.each<[string, App, string]>([
  ['that is not detected has its code on the page', { isDetected: false }, '0x87d1041c'],
  ['that is not detected after a restart, too', { isDetected: false, exitCode: 3010 }, '0x87d1041c'],
  ['whose installer fails has none', { exitCode: 1603 }, 'Error'],
])('a Win32 app %s', async (_, app, status) => {
  const { journal } = await install(app)
  expect(appsSteps(journal).at(-1)).toBe(status)
})

test.each<[string, App]>([
  ['a Win32 app', { exitCode: [1603, 0] }],
  ['a Win32 app that is not detected at first', { isDetected: [false, true] }],
  ['an MSI', { kind: 'msi', exitCode: [1603, 0] }],
  ['an MSI whose job has one more try', { kind: 'msi', retryCount: 1, exitCode: [1618, 1603, 0] }],
  ['an MSIX package', { kind: 'msix', exitCode: [1, 0] }],
])('Try again mends %s that succeeds the next time', async (_, app) => {
  const { outcome, journal } = await install(app, { enrollmentStatusFailure: 'tryAgain' })
  expect(outcome).toMatchObject({ kind: 'desktop' })
  expect(screensOf(journal).some(({ page }) => page === 'enrollmentStatusFailure')).toBe(true)
})

test('MSI and Win32 apps install one after the other, unless the device lets them collide', async () => {
  const apps = (installersCollide: boolean) =>
    played('msi-and-win32-collide', { behaviour: { installersCollide }, person: { enrollmentStatusFailure: 'wait' } })
  const [queued, colliding] = await Promise.all([apps(false), apps(true)])
  expect(queued.outcome).toMatchObject({ kind: 'desktop' })
  expect(appsSteps(colliding.journal)).toContain('0x80070652')
})

test('a Win32 app that comes second is tried again, and succeeds when the MSI is there', async () => {
  const { outcome, journal } = await played('msi-and-win32-collide', {
    apps: [{ installSeconds: 20 }, { sizeMb: 1, installSeconds: 200 }],
  })
  expect(logged(journal, /Safe Exam Browser returned 1618/)).toHaveLength(1)
  expect(outcome).toMatchObject({ kind: 'desktop' })
})
