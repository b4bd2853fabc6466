import { describe, expect, test } from 'vitest'
import type { PageId } from '../../src/domain/pages.ts'
import { diskFacts } from '../../src/report/evidence/facts.ts'
import { registryDump } from '../../src/report/evidence/registry.ts'
import { playedTenant } from '../mock-service/played-tenant.ts'
import { firstSeen, played, screensOf } from './played.ts'

const ROOT = './Device/Vendor/MSFT'
const STATUS = `${ROOT}/DevicePreparation/PageStatus`
const PROGRESS = `${ROOT}/DevicePreparation/MDMProvider/Progress`
const ERROR_DETAILS = `${ROOT}/DevicePreparation/PageErrorDetails`

/** What was done, in its order. */
const doneIn = (journal: Awaited<ReturnType<typeof played>>['journal']) =>
  journal.flatMap((entry) =>
    entry.kind === 'app' && entry.type === 'msi' && entry.state === 'installed'
      ? [`MSI installed: ${entry.name}`]
      : entry.kind === 'log' && /installed$| ran$|standard user/.test(entry.text)
        ? [entry.text]
        : [],
  )

const EXTENSION = 'MSI installed: Microsoft Intune Management Extension'
const ENFORCED = 'nora@northwind.example is a standard user: taken out of the local group Administrators'

/** The numbers of the workloads' states, at each change. */
const statesOf = (values: string[]) =>
  values
    .filter((value) => value !== '')
    .map((value) =>
      (JSON.parse(value) as { workloads: { state: number }[] }).workloads.map(({ state }) => state).join(''),
    )

describe('device preparation', async () => {
  const { journal, values, outcome } = await played('device-preparation', { watch: [STATUS, PROGRESS] })

  test('works in its order, and leaves the rest for after the sign-in', () => {
    expect(outcome).toEqual({ kind: 'desktop', account: 'standard', managed: true, autopilot: false })
    expect(doneIn(journal)).toEqual([
      EXTENSION,
      ENFORCED,
      'MSI installed: Northwind Reader',
      'PowerShell script Set the time zone ran',
      'Win32 app Northwind Sketch installed',
      // After the page the extension does the rest.
      'MSI installed: Northwind Library',
      'PowerShell script Set the time zone ran',
    ])
    const further = journal.find((entry) => entry.kind === 'app' && entry.name === 'Northwind Library')
    expect(further?.at).toBeGreaterThan(firstSeen(journal, 'welcome')!)
  })

  test('tells the server where it is: not started 0, completed 1, in progress 5', () => {
    expect(values[STATUS]).toEqual(['0', '1', '2', '3'])
    expect(statesOf(values[PROGRESS]!)).toEqual(['000', '500', '100', '105', '101', '151', '111'])
  })

  test('shows how much of its time has passed', () => {
    const fractions = screensOf(journal)
      .filter(({ page }) => page === 'devicePreparation')
      .map(({ at, progress }) => ({ at, fraction: progress!.fraction! }))
    const opened = fractions[0]!.at
    for (const { at, fraction } of fractions.slice(0, -1)) {
      expect(Math.abs(fraction - (at - opened) / (30 * 60_000))).toBeLessThan(0.011)
    }
    expect(fractions.at(-1)?.fraction).toBe(1)
    expect(fractions.at(-2)!.fraction).toBeLessThan(0.3)
  })

  test('event 807 is the normal state', () => {
    const errors = journal.flatMap((entry) =>
      entry.kind === 'log' && entry.level === 'error' && entry.channel.endsWith('/Autopilot') ? [entry.id] : [],
    )
    expect(errors).toEqual([807])
  })

  test('leaves its facts in the registry', () => {
    const dump = Buffer.from(registryDump(diskFacts(journal))).toString('utf16le')
    const key = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Provisioning\AutopilotSettings`
    expect(dump).toContain(`[${key}]\r\n"AutopilotDevicePrepHint"=dword:00000001`)
    expect(dump).toContain(`[${key}\\DevicePreparation]`)
    expect(dump).toContain(
      String.raw`"PageSettings"="{\"AgentDownloadTimeoutSeconds\":1800,\"PageTimeoutSeconds\":1800,`,
    )
    expect(dump).toContain('"ProfileAvailable"=dword:00000000')
  })
})

test('the first failure cancels what is left', async () => {
  const watch = [STATUS, PROGRESS, ERROR_DETAILS]
  const { values, journal } = await played('device-preparation-lob-app-fails', { watch })
  expect(values[STATUS]).toEqual(['0', '1', '2', '4'])
  expect(statesOf(values[PROGRESS]!).at(-1)).toBe('477')
  expect(values[ERROR_DETAILS]).toEqual(['', 'Northwind Reader'])
  expect(doneIn(journal)).toEqual([EXTENSION, ENFORCED])
})

test('what is not assigned to the device group is skipped: state 2', async () => {
  const { values } = await played('device-preparation-app-not-assigned', { watch: [PROGRESS] })
  expect(statesOf(values[PROGRESS]!).at(-1)).toBe('121')
})

test.each<[string, string, PageId]>([
  ['Windows 11 SE', 'device-preparation-se', 'preparationPolicy'],
  ['a build without KB5035942', 'device-preparation-old-build', 'preparationPolicy'],
])('%s is passed by, with the reason', async (_, scenario, page) => {
  const { journal } = await played(scenario)
  const skipped = journal.flatMap((entry) => (entry.kind === 'screen' && 'skipped' in entry ? [entry] : []))
  expect(skipped.find((entry) => entry.skipped === page)?.why[0]?.fact).toMatch(/device preparation/)
  expect(firstSeen(journal, 'devicePreparation')).toBeUndefined()
})

test('the school sees the policy by its name, and the device in its group', async () => {
  const { tenant, play } = playedTenant('device-preparation')
  expect(await play()).toBe('desktop')
  const [managed] = tenant.state.management.managed.values()
  expect(managed?.enrolment?.profileName).toBe('Student devices')
  const [device] = tenant.directory.entra.all()
  expect(device?.management?.enrollmentProfileName).toBe('Student devices')
  const group = [...tenant.directory.now.groups.values()].find(({ name }) => name === 'Prepared devices')
  expect(group?.members).toEqual([device?.id])
})

test('a person without a policy puts no device into its group', async () => {
  const { tenant, play } = playedTenant('device-preparation-not-for-this-user')
  expect(await play()).toBe('desktop')
  const group = [...tenant.directory.now.groups.values()].find(({ name }) => name === 'Prepared devices')
  expect(group?.members).toEqual([])
  expect([...tenant.state.management.managed.values()][0]?.enrolment?.profileName).toBe('')
})
