import { beforeAll, expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/domain/journal.ts'
import { decodeZip } from '../../../src/protocols/zip/decode.ts'
import { evidenceOf, logArchive } from '../../../src/report/evidence/evidence.ts'
import { played } from '../../simulation/played.ts'
import { diagnose, type Folder } from './diagnostics-rules.ts'

/** As the script has it in front of it: the names without their folders. */
const folderOf = (journal: readonly JournalEntry[]): Folder =>
  Object.fromEntries(evidenceOf(journal).map(({ name, bytes }) => [name.slice(name.lastIndexOf('/') + 1), bytes]))

let journal: readonly JournalEntry[]
let found: ReturnType<typeof diagnose>
beforeAll(async () => {
  journal = (await played('win32-apps')).journal
  found = diagnose(folderOf(journal))
})

const csp = (pattern: RegExp) =>
  journal.flatMap((entry) => (entry.kind === 'csp' && entry.status === 200 && pattern.test(entry.uri) ? [entry] : []))

test('1 and 2: the profile file and the policy cache are what the look-up brought, with the time', () => {
  expect(found.profileFile).toMatchObject({
    CloudAssignedTenantDomain: 'contoso.example',
    CloudAssignedOobeConfig: 286,
    PolicyDownloadDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  })
  expect(found.policyCache).toEqual({ isAvailable: true, json: found.profileFile })
})

test('3: the hash is the one that the device sent', () => {
  const [serial, product, hash] = found.hash!
  const asked = journal.findLast((entry) => entry.kind === 'request' && entry.operation === 'Autopilot lookup')
  expect([serial, product]).toEqual(['SIM-SLSE-000001', ''])
  expect(JSON.stringify(asked)).toContain(hash)
})

test('4 and 5: the Autopilot key and its correlations', () => {
  expect(found.autopilot).toMatchObject({
    CloudAssignedOobeConfig: 286,
    CloudAssignedDeviceName: 'CLS-%SERIAL%',
    IsAutoPilotDisabled: 0,
    TenantMatched: 1,
  })
  expect(found.correlations).toEqual({
    ZtdRegistrationId: found.profileFile.ZtdRegistrationId,
    EntDMID: csp(/\/EntDMID$/).at(-1)!.value,
  })
})

test('6 and 7: the enrolment, and what it says of the status page', () => {
  expect(found.enrollment).toMatchObject({
    ProviderID: 'MS DM Server',
    EnrollmentType: 6,
    UPN: 'alice@contoso.example',
  })
  expect(found.statusPage).toEqual({
    isDeviceOn: true,
    isUserOn: true,
    timeout: 60,
    allowsReset: true,
    allowsRetry: true,
    allowsContinue: false,
  })
})

test('8 to 10: what the page tracked: policies, network profiles and MSI apps, each with its times', () => {
  // Of policies Intune lists its own entry (oobe-autopilot-esp.md, 4.5 [D]).
  expect(new Set(found.policies.map((uri) => uri.split('/').at(-1)))).toEqual(new Set(['EntDMID']))
  expect(new Set(found.networkProfiles).size).toBe(1)
  expect(found.msiSteps).toEqual([
    'Initialized',
    'Download In Progress',
    // The download ends in the moment in which the installer begins.
    'Enforcement In Progress',
    'Enforcement Completed',
  ])
})

test('11: the Win32 apps of the device go from not installed to success', () => {
  expect(found.sidecar.map((line) => line.replace(/^.*: /, ''))).toEqual([
    'Not Installed',
    'Downloading / Installing',
    'Success',
  ])
})

test('12 and 13: MSI products with their status, and exit codes of the extension', () => {
  expect(found.msi).toContainEqual(['PaperCut', 'Enforcement Completed'])
  expect(found.exitCodes).toContainEqual(['3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501_1', 0])
})

test('14: the policies that were processed, by node', () => {
  expect(found.processedPolicies).toContainEqual([
    './Device/Vendor/MSFT/Policy/Config/Education/AllowGraphingCalculator',
    '1',
  ])
})

test('15: Windows and the join', () => {
  expect(found.windows).toMatchObject({ EditionID: 'SE', CurrentBuild: expect.stringMatching(/^\d{5}$/) })
  expect(found.join).toEqual([
    { TenantId: found.profileFile.CloudAssignedTenantId, UserEmail: 'alice@contoso.example' },
  ])
})

test('16: the timeline is made of the events of the management channel, with the product code first', () => {
  expect(found.timeline.map(({ id }) => id)).toEqual([72, 1905, 1906, 1920, 1922, 1905, 1906, 1920, 1922])
  for (const { id, data } of found.timeline) if (id > 1900) expect(data[0]).toMatch(/^\{[0-9A-F-]{36}\}$/)
})

test('a failed run has its exit code and its state, and a device without a profile says so', async () => {
  const failed = diagnose(folderOf((await played('win32-app-fails')).journal))
  expect(failed.exitCodes).toContainEqual(['3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501_1', 1603])
  expect(failed.sidecar.at(-1)).toMatch(/_1: Error$/)
  const none = diagnose(folderOf((await played('not-registered')).journal))
  expect([none.profileFile, none.policyCache, none.autopilot]).toEqual([
    undefined,
    { isAvailable: false, json: undefined },
    { IsAutoPilotDisabled: 1 },
  ])
})

test('the archive of Collect logs has the same files, flat, but the totals of downloads', () => {
  const files = Object.fromEntries(decodeZip(logArchive(journal), () => true).map(({ name, bytes }) => [name, bytes]))
  expect(diagnose(files)).toEqual({ ...found, delivery: {} })
})

test('the totals of Delivery Optimization are the Win32 apps and the updates, and no MSI', () => {
  const ids = (pattern: RegExp) =>
    journal.flatMap((entry) => (entry.kind === 'request' && pattern.test(entry.url) ? [entry.id] : []))
  const bytes = (of: number[]) =>
    journal.reduce(
      (sum, entry) =>
        entry.kind === 'response' && of.includes(entry.id)
          ? sum + Number(entry.headers?.['oobe-sim-declared-length'] ?? entry.bytes)
          : sum,
      0,
    )
  const expected = bytes([...ids(/\.intunewin$/), ...ids(/\/files\//)])
  expect(expected).toBeGreaterThan(bytes(ids(/\.msi$/)))
  expect(found.delivery).toMatchObject({ DownloadHttpBytes: String(expected), DownloadLanBytes: '0' })
})
