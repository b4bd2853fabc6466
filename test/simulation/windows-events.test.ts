import { expect, test } from 'vitest'
import type { EventKey } from '../../src/domain/events.ts'
import { NO_BODY } from '../../src/domain/http.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { played } from './played.ts'

type Log = Extract<JournalEntry, { kind: 'log' }>

const logOf = (journal: readonly JournalEntry[]): Log[] =>
  journal.flatMap((entry) => (entry.kind === 'log' ? [entry] : []))

/** Ids of one channel, by a part of its name, in their order. */
const idsOf = (journal: readonly JournalEntry[], channel: string): number[] =>
  logOf(journal).flatMap((entry) => (entry.channel.includes(channel) ? [entry.id] : []))

const named = (journal: readonly JournalEntry[], ...keys: EventKey[]): Log[] =>
  logOf(journal).filter(({ event }) => event !== undefined && keys.includes(event))

const HAPPY = 'surface-wifi-happy-path'

test('the profile comes in the order 160, 164, 703, 702, 161, 153, 170, and its settings are read behind it', async () => {
  const { journal } = await played(HAPPY)
  const ids = idsOf(journal, 'ModernDeployment')
  expect(ids.slice(0, 7)).toEqual([160, 164, 703, 702, 161, 153, 170])
  expect(ids.slice(7, 13)).toEqual([111, 101, 101, 103, 103, 103])
  expect(ids[13]).toBe(109)
  expect(named(journal, 'policyNumberRead')[0]).toMatchObject({
    text: 'AutopilotGetPolicyDwordByName succeeded: policy name = CloudAssignedOobeConfig; policy value = 286.',
    data: { name: 'CloudAssignedOobeConfig', value: '286' },
  })
})

test('a start of a joined device says 163: it is already provisioned', async () => {
  const { journal } = await played('reboot-during-device-setup')
  expect(named(journal, 'alreadyProvisioned').length).toBeGreaterThan(0)
})

test('194 has the wait in milliseconds, and 193 the attempt', async () => {
  const { journal } = await played(HAPPY, {
    wrap: (transport) => {
      let refusals = 2
      return async (request, ...rest) =>
        request.url.endsWith('/profiles/lookup') && refusals-- > 0
          ? { status: 503, headers: {}, body: NO_BODY }
          : transport(request, ...rest)
    },
  })
  expect(named(journal, 'profileDownloadWaits', 'profileAcquisitionRetried').map(({ id, data }) => [id, data])).toEqual(
    [2, 3].flatMap((attempt) => [
      [194, { milliseconds: expect.stringMatching(/^\d+$/) }],
      [193, { attempt: String(attempt), attemptsMax: '4' }],
    ]),
  )
})

test('enrolment is 4, 6, 8, 10, 16, 72 in the sentences of Microsoft', async () => {
  const { journal } = await played(HAPPY)
  expect(idsOf(journal, 'DeviceManagement-Enterprise').slice(0, 7)).toEqual([4, 6, 8, 10, 16, 72, 75])
  expect(named(journal, 'policyRequestSent')[0]!.text).toBe('MDM Enroll: Certificate policy request sent successfully.')
})

test('an enrolment that is refused ends with 76 and its code', async () => {
  const { journal } = await played('user-without-licence')
  expect(named(journal, 'autoEnrollFailed')[0]).toMatchObject({
    id: 76,
    data: { credential: '0x0', code: '0x80180018' },
  })
  expect(idsOf(journal, 'DeviceManagement-Enterprise')).not.toContain(72)
})

test('each session is 208 and 209, and 201 is one that could not be sent', async () => {
  const { journal } = await played(HAPPY)
  const sessions = journal.filter((entry) => entry.kind === 'session')
  const begun = named(journal, 'sessionBegun')
  expect(begun).toHaveLength(sessions.filter(({ event }) => event === 'begun').length)
  expect(named(journal, 'sessionEnded')).toHaveLength(sessions.filter(({ event }) => event === 'ended').length)
  expect(begun[0]!.text).toMatch(
    /^MDM Session: OMA-DM session started for EnrollmentID \([0-9A-F]{8}-.*\) with server: \(MS DM Server\)/,
  )
})

test('each policy is 813 or 814, a command that failed 404, and a node that restarts the device 2800', async () => {
  const { journal } = await played('reboot-during-device-setup')
  const writes = journal.filter(
    (entry) =>
      entry.kind === 'csp' &&
      entry.by === 'server' &&
      entry.status === 200 &&
      ['Add', 'Replace'].includes(entry.command) &&
      /\/Policy\/Config\/[^/]+\/[^/]+$/.test(entry.uri),
  )
  expect(named(journal, 'policySetNumber', 'policySetText')).toHaveLength(writes.length)
  expect(named(journal, 'restartTriggered')[0]).toMatchObject({
    id: 2800,
    text: expect.stringMatching(
      /^The following URI has triggered a reboot: \(\.\/Device\/Vendor\/MSFT\/Policy\/Config\/.+\)\.$/,
    ),
  })
  const failed = journal.filter(
    (entry) =>
      entry.kind === 'csp' &&
      entry.by === 'server' &&
      entry.status >= 400 &&
      !['Get', 'Rollback'].includes(entry.command),
  )
  expect(named(journal, 'commandFailed')).toHaveLength(failed.length)
})

test('an app by the MSI CSP has its product code first, and Win32 apps stand in the log of the extension alone', async () => {
  const { journal } = await played(HAPPY)
  const msi = logOf(journal).filter(({ id }) => id >= 1905 && id <= 1924)
  expect(msi.length).toBeGreaterThan(3)
  for (const { data } of msi) {
    expect(Object.entries(data!)[0]).toEqual(['productCode', expect.stringMatching(/^\{[0-9A-F-]{36}\}$/i)])
  }
  for (const { channel, id, text } of logOf(journal).filter((entry) => entry.text.includes('Win32 app'))) {
    expect({ channel, id, text }).toMatchObject({ channel: 'IntuneManagementExtension.log', id: 0 })
  }
})

test('an event of each transfer of a package is in the log of BITS', async () => {
  const { journal } = await played(HAPPY)
  const [started, stopped] = [named(journal, 'transferStarted'), named(journal, 'transferStopped')]
  expect(started.length).toBeGreaterThan(0)
  expect(stopped.map(({ data }) => [data!.job, data!.code])).toEqual(started.map(({ data }) => [data!.job, '0x0']))
})

test('the status page is 62404 once, with its CXID in quotation marks, and 62407 and 62405 at its end', async () => {
  const { journal } = await played(HAPPY)
  const cxids = named(journal, 'pageStarted').map(({ text }) => /CXID: '(\w+)'/.exec(text)![1])
  const shown = journal.filter(
    (entry, index) =>
      entry.kind === 'screen' &&
      'screen' in entry &&
      entry.screen.page === 'enrollmentStatus' &&
      !journal
        .slice(0, index)
        .findLast((one) => one.kind === 'screen' && 'screen' in one && one.screen.page === 'enrollmentStatus'),
  )
  expect(shown.length).toBe(1)
  expect(cxids).toContain('MDMProgressAfterAADRefactored')
  expect(cxids).toContain('OobeNDUP')
  const exits = named(journal, 'statusPageExiting')
  expect(exits).toHaveLength(cxids.filter((cxid) => cxid === 'MDMProgressAfterAADRefactored').length)
  expect(exits[0]!.text).toContain("Name: 'CommercialOOBE_ESPProgress_Page_Exiting'")
  expect(named(journal, 'pageStopped').length).toBeGreaterThanOrEqual(exits.length)
})

test('a page that the server skips has no 62404', async () => {
  const { journal } = await played(HAPPY, { page: { showInstallationProgress: false } })
  expect(named(journal, 'pageStarted').filter(({ data }) => data!.cxid!.startsWith('MDMProgress'))).toEqual([])
})

test('a failed page is 62407 with _Failure at once, and one at its time limit _Timeout', async () => {
  const failed = await played('win32-app-fails')
  const [failure] = named(failed.journal, 'statusPageFailed')
  expect(failure!.text).toContain("Name: 'CommercialOOBE_ESPProgress_Failure'")
  const shown = failed.journal.find(
    (entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'enrollmentStatusFailure',
  )
  expect(failure!.at).toBe(shown!.at)
  const late = await played('logs-collected-at-a-time-limit')
  expect(named(late.journal, 'statusPageTimedOut')[0]).toMatchObject({ id: 62407, level: 'error' })
})

test('the TPM is 177 for each attempt, 176 and 169 at its end, and 171 and 172 where it fails', async () => {
  const { journal } = await played('self-deploying-ethernet')
  expect(idsOf(journal, 'ModernDeployment').filter((id) => id >= 169 && id !== 170 && id < 200)).toEqual([
    177, 176, 169,
  ])
})

test('a push, an account that is removed and the rest that has no id of Windows stand in our own notes', async () => {
  const { journal } = await played(HAPPY)
  const management = logOf(journal).filter(({ channel }) => channel.includes('DeviceManagement-Enterprise'))
  expect(management.map(({ text }) => text).filter((text) => text.includes('push received'))).toEqual([])
  expect(management.some(({ id }) => id === 403)).toBe(false)
})
