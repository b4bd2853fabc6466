import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { decodeSyncML } from '../../src/protocols/syncml/decode.ts'
import { firstSeen, played, restartsOf, screensOf, writesOf } from './played.ts'

/** Whose token a session shows. */
const upnOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).upn

const MINUTE = 60_000
const TIMED_OUT = { kind: 'failed', page: 'enrollmentStatusFailure', code: '0x800705b4' }

/** How long the page had been there when it failed. */
async function limitOf(...run: Parameters<typeof played>) {
  const { outcome, journal } = await played(...run)
  const opened = firstSeen(journal, 'enrollmentStatus')!
  const failed = firstSeen(journal, 'enrollmentStatusFailure')
  return { outcome, journal, limitMs: failed === undefined ? undefined : failed - opened }
}

/** Answers with a password in them. */
const passwordsOf = (journal: readonly JournalEntry[]) =>
  journal.filter(
    (entry) =>
      entry.kind === 'stimulus' && entry.stimulus.kind === 'press' && entry.stimulus.values.password !== undefined,
  )

describe('the Enrollment Status Page', () => {
  test.each([
    ['for both', { showInstallationProgress: true, skipUserStatus: false }, ['device', 'user']],
    ['for the device alone', { showInstallationProgress: true, skipUserStatus: true }, ['device']],
    ['for no person', { showInstallationProgress: false, skipUserStatus: false }, []],
  ])('is shown %s, as SkipDeviceStatusPage and SkipUserStatusPage say [point 52]', async (_, page, phases) => {
    const { journal, outcome } = await played('surface-wifi-happy-path', { page })
    expect(outcome).toMatchObject({ kind: 'desktop', managed: true })
    const welcome = firstSeen(journal, 'welcome')!
    const shown = screensOf(journal).filter((screen) => screen.page === 'enrollmentStatus')
    expect(shown.some(({ at }) => at < welcome)).toBe(phases.includes('device'))
    expect(shown.some(({ at }) => at > welcome)).toBe(phases.includes('user'))
  })

  test.each([5, 9, 30])('has %i minutes, as TimeOutUntilSyncFailure says [point 52]', async (timeoutMinutes) => {
    const { outcome, limitMs } = await limitOf('server-never-finishes', {
      page: { timeoutMinutes, allowContinue: false },
    })
    expect(outcome).toMatchObject(TIMED_OUT)
    expect(limitMs).toBe(timeoutMinutes * MINUTE)
  })

  test.each([
    [0, ['continueAnyway']],
    [1, ['reset']],
    [2, ['tryAgain']],
    [3, ['tryAgain', 'reset']],
    [4, ['continueAnyway']],
    [5, ['reset', 'continueAnyway']],
    [6, ['tryAgain', 'continueAnyway']],
    [7, ['tryAgain', 'reset', 'continueAnyway']],
  ])('with BlockInStatusPage %i it fails with the buttons %j [point 52]', async (bits, buttons) => {
    const page = { allowReset: (bits & 1) > 0, allowRetry: (bits & 2) > 0, allowContinue: (bits & 4) > 0 }
    const { journal } = await played('server-never-finishes', {
      page: { ...page, allowLogCollection: false },
      person: { enrollmentStatusFailure: [] },
    })
    expect(writesOf(journal, '/BlockInStatusPage')).toMatchObject([{ value: String(bits), status: 200 }])
    const failure = screensOf(journal).find((screen) => screen.page === 'enrollmentStatusFailure')
    expect(failure?.controls.map(({ id }) => id).sort()).toEqual([...buttons].sort())
  })
})

describe('a policy provider that is not ready', () => {
  test.each([
    ['by default', null, 15],
    ['with its own Timeout', 4, 4],
  ])('has, %s, so many minutes: %j, %i [point 53]', async (_, timeoutMinutes, minutes) => {
    const provider = { name: 'ConfigMgr', installationState: 1, lastError: null, timeoutMinutes, policiesCreated: null }
    const { outcome, limitMs } = await limitOf('provider-never-ready', { management: { policyProviders: [provider] } })
    expect(outcome).toMatchObject(TIMED_OUT)
    // The provider was known shortly before the page opened, or after: a session takes less than a minute.
    expect(Math.abs(limitMs! - minutes * MINUTE)).toBeLessThan(MINUTE)
  })

  test.each([
    [2, 'not required'],
    [3, 'completed'],
  ])('is not waited for in state %i (%s) [point 53]', async (installationState) => {
    const provider = {
      name: 'ConfigMgr',
      installationState,
      lastError: null,
      timeoutMinutes: null,
      policiesCreated: null,
    }
    const { outcome } = await played('provider-never-ready', { management: { policyProviders: [provider] } })
    expect(outcome).toMatchObject({ kind: 'desktop' })
  })

  test('is an error at once in state 4, with its LastError', async () => {
    const { outcome, limitMs } = await limitOf('provider-in-error')
    expect(outcome).toMatchObject({ kind: 'failed', code: '0x87d1014c' })
    expect(limitMs).toBeLessThan(MINUTE)
  })
})

describe('an agent that never sets TrackingPoliciesCreated', () => {
  const apps = (journal: Parameters<typeof screensOf>[0]) =>
    screensOf(journal)
      .flatMap(({ progress }) => progress?.categories?.find(({ id }) => id === 'deviceSetup')?.steps ?? [])
      .findLast(({ id }) => id === 'apps')?.status

  test('has no separate time limit: the page stays at Identifying for all of its time [point 53]', async () => {
    const { outcome, journal, limitMs } = await limitOf('provider-without-apps-list')
    expect(outcome).toMatchObject(TIMED_OUT)
    expect(limitMs).toBe(30 * MINUTE)
    expect(apps(journal)).toBe('Identifying')
  })

  test('holds the page for ever on a device whose limit waits for it, too [point 53]', async () => {
    const { outcome, journal, limitMs } = await limitOf('provider-without-apps-list-hangs')
    expect(outcome.kind).toBe('stuck')
    expect(limitMs).toBeUndefined()
    expect(apps(journal)).toBe('Identifying')
  })

  test.each([
    ['waits for it by that name', true, TIMED_OUT],
    ['does not', false, { kind: 'desktop' }],
  ])('as Sidecar is missed where ConfigMgr has its list, by a device that %s [point 54]', async (_, waits, end) => {
    const { outcome } = await played('co-managed-without-sidecar', { behaviour: { waitsForSidecar: waits } })
    expect(outcome).toMatchObject(end)
  })

  test('Sidecar by its name is enough for a device that waits for it [point 54]', async () => {
    const change = { behaviour: { waitsForSidecar: true }, management: { hasAgent: true } }
    expect((await played('co-managed-without-sidecar', change)).outcome).toMatchObject({ kind: 'desktop' })
  })
})

describe('restarts of device setup', () => {
  test('are one, at its end, and cost a second sign-in [point 57]', async () => {
    const { outcome, journal } = await played('reboot-during-device-setup')
    expect(outcome).toMatchObject({ kind: 'desktop' })
    const restarts = restartsOf(journal).filter(({ reason }) => reason === 'device setup needs a restart')
    expect(restarts).toHaveLength(1)
    const [{ at } = { at: 0 }] = restarts
    const installed = journal.filter((entry) => entry.kind === 'log' && entry.event === 'msiInstallationFinished')
    expect(installed.filter((entry) => entry.at < at)).not.toEqual([])
    const passwords = (from: number, to: number) =>
      passwordsOf(journal).filter((entry) => entry.at > from && entry.at < to)
    expect([passwords(0, at).length, passwords(at, Number.POSITIVE_INFINITY).length]).toEqual([1, 1])
  })

  test('without a policy that requires one no person signs in twice [point 57]', async () => {
    const { journal } = await played('no-updates-after-the-end-of-support')
    expect(restartsOf(journal).filter(({ reason }) => reason === 'device setup needs a restart')).toEqual([])
    expect(passwordsOf(journal)).toHaveLength(1)
  })
})

describe('a second person', () => {
  const afterNext = (journal: Parameters<typeof screensOf>[0]) => {
    const next = firstSeen(journal, 'nextSignIn')!
    return screensOf(journal).filter(({ at }) => at >= next)
  }

  test('has account setup anew, below their own part of the tree [point 60]', async () => {
    const { outcome, journal } = await played('second-user')
    expect(outcome).toMatchObject({ kind: 'desktop', account: 'standard' })
    const again = afterNext(journal).filter(({ page }) => page === 'enrollmentStatus')
    expect(again.length).toBeGreaterThan(0)
    const account = again.map(({ progress }) => progress?.categories?.find(({ id }) => id === 'accountSetup'))
    expect(account.map((category) => category?.state)).toContain('inProgress')
    const released = writesOf(
      journal,
      './User/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus/ServerHasFinishedProvisioning',
    )
    expect(released).toMatchObject([{ status: 200 }, { status: 200 }])
  })

  test('is who the sessions speak of from then on, with a token of their own [points 30, 41]', async () => {
    const alerts: string[] = []
    const wrap: NonNullable<Parameters<typeof played>[1]>['wrap'] = (transport) => (request, peer, signal) => {
      const items = request.url.includes('/devicemanagement/') ? decodeSyncML(request.body).commands : []
      for (const command of items) {
        if (command.kind !== 'Alert') continue
        for (const { meta, data } of command.items) {
          if (meta?.type === 'com.microsoft/MDM/LoginStatus') alerts.push(data ?? '')
          if (meta?.type === 'com.microsoft/MDM/AADUserToken') alerts.push(upnOf(data ?? ''))
        }
      }
      return transport(request, peer, signal)
    }
    await played('second-user', { wrap })
    const told = alerts.filter((text) => text !== 'user')
    expect([...new Set(told)]).toEqual(['none', 'alice@contoso.example', 'ben@contoso.example'])
    expect(alerts.filter((text) => text === 'user')).toHaveLength(alerts.filter((text) => text.includes('@')).length)
  })

  test('sees nothing of it once the server has set SkipUserStatusPage [point 60]', async () => {
    const { outcome, journal } = await played('second-user-page-for-the-first-only')
    expect(outcome).toMatchObject({ kind: 'desktop' })
    expect(afterNext(journal).filter(({ page }) => page === 'enrollmentStatus')).toEqual([])
  })

  test('waits for the limit where the server releases the first alone [point 60]', async () => {
    const { outcome, journal } = await played('second-user-never-released')
    expect(outcome).toMatchObject(TIMED_OUT)
    expect(firstSeen(journal, 'desktop')).toBeLessThan(firstSeen(journal, 'nextSignIn')!)
  })
})
