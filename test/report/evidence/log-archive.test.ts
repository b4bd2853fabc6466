import { expect, test } from 'vitest'
import { keepCollectedLogs } from '../../../src/cli/collected-logs.ts'
import type { JournalEntry } from '../../../src/domain/journal.ts'
import { Journal } from '../../../src/journal/writer.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { decodeZip } from '../../../src/protocols/zip/decode.ts'
import { logArchive } from '../../../src/report/evidence/evidence.ts'
import { played } from '../../simulation/played.ts'

const filesIn = (archive: Uint8Array): Record<string, Uint8Array> =>
  Object.fromEntries(decodeZip(archive, () => true).map(({ name, bytes }) => [name, bytes]))
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
const dumpOf = (archive: Uint8Array): string =>
  Buffer.from(filesIn(archive)['MdmDiagReport_RegistryDump.reg']!).toString('utf16le')

const LIMIT = 'logs-collected-at-a-time-limit'

test('the archive has the layout of the cabinet, and the same journal gives the same bytes', async () => {
  const { journal } = await played(LIMIT)
  const archive = logArchive(journal)
  expect(Object.keys(filesIn(archive))).toEqual([
    'AutopilotDDSZTDFile.json',
    'DeviceHash_CLS-MSLSE000001.csv',
    'MDMDiagReport.xml',
    'MDMDiagReport.html',
    'MdmDiagReport_RegistryDump.reg',
    'microsoft-windows-bits-client-operational.xml',
    'microsoft-windows-devicemanagement-enterprise-diagnostics-provider-admin.xml',
    'microsoft-windows-moderndeployment-diagnostics-provider-autopilot.xml',
    'microsoft-windows-shell-core-operational.xml',
    'microsoft-windows-user-device-registration-admin.xml',
    'microsoft-windows-windowsupdateclient-operational.xml',
    'IntuneManagementExtension.log',
    'AgentExecutor.log',
    'MdmLogCollectorFootPrint.txt',
  ])
  expect(logArchive((await played(LIMIT)).journal)).toEqual(archive)
})

test('each event of the journal is in the log of its channel, with the time of the device', async () => {
  const { journal } = await played(LIMIT)
  const files = filesIn(logArchive(journal))
  const logged = journal.filter((entry) => entry.kind === 'log' && entry.id !== 0)
  const xml = Object.entries(files).flatMap(([name, bytes]) =>
    name.startsWith('microsoft-') ? [parseXml(textOf(bytes))] : [],
  )
  const text = Object.values(files).map(textOf).join('')
  expect(xml.map(({ local }) => local)).toEqual(['Events', 'Events', 'Events', 'Events', 'Events', 'Events'])
  expect(text.split('<EventID>').length - 1).toBe(logged.length)
  expect(text).toContain('<EventID>72</EventID><Level>4</Level><TimeCreated SystemTime="2026-09-07T08:03:09.650Z"/>')
  expect(parseXml(textOf(files['MDMDiagReport.xml'])).local).toBe('MDMEnterpriseDiagnosticsReport')
})

test('the registry has what the page knew at the time limit', async () => {
  const dump = dumpOf(logArchive((await played(LIMIT)).journal))
  expect(dump.startsWith('\ufeffWindows Registry Editor Version 5.00\r\n')).toBe(true)
  const setup = /"DeviceSetupCategory\.Status"="(.+)"\r\n/.exec(dump)![1]!.replace(/\\(["\\])/g, '$1')
  expect(JSON.parse(setup)).toMatchObject({
    'DeviceSetup.AppsSubcategory': { subcategoryState: 'inProgress', subcategoryStatusText: '1 of 2 installed' },
    categorySucceeded: 'false',
    categoryState: 'failed',
  })
  expect(dump).toMatch(/Sidecar\\Win32App_3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503_1\]\r\n"InstallationState"="2"/)
  expect(dump).toContain('"CloudAssignedTenantDomain"="contoso.example"')
})

test('the profile is the one that the look-up brought, with the time at which it came', async () => {
  const { journal } = await played(LIMIT)
  const profile = JSON.parse(textOf(filesIn(logArchive(journal))['AutopilotDDSZTDFile.json']))
  expect(profile).toMatchObject({
    CloudAssignedTenantDomain: 'contoso.example',
    PolicyDownloadDate: '2026-09-07T08:01:44.950Z',
  })
  const none = filesIn(logArchive((await played('not-registered')).journal))
  expect(none).not.toHaveProperty('AutopilotDDSZTDFile.json')
})

test('a value from a server cannot add a key or another value to the dump', () => {
  const uri = './Device/Vendor/MSFT/Policy/Config/Area/a%0D%0A%5BHKEY_LOCAL_MACHINE%5D'
  const journal: JournalEntry[] = [
    { at: 0, seq: 0, kind: 'csp', by: 'server', command: 'Add', uri, status: 200, value: '1"\r\n[HKEY_X]\r\n"b"="2\\' },
  ]
  const lines = dumpOf(logArchive(journal)).split('\r\n')
  expect(lines.filter((line) => line.startsWith('['))).toEqual([
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\Area]',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State]',
  ])
  expect(lines.filter((line) => line.startsWith('"'))).toHaveLength(2)
})

test('each time that logs are collected leaves a file of what was known then', async () => {
  const journal = new Journal(() => 0)
  const kept: Record<string, Uint8Array> = {}
  const keepFile = (name: string, bytes: Uint8Array) => {
    kept[name] = bytes
    return `out/${name}`
  }
  const logs = keepCollectedLogs({ journal }, { keepFile })
  const press = (control: string) =>
    journal.write({
      kind: 'stimulus',
      by: 'script',
      stimulus: { kind: 'press', page: 'enrollmentStatusFailure', control, values: {} },
    })
  const log = (text: string) => journal.write({ kind: 'log', channel: 'A/B', id: 1, level: 'information', text })
  log('first')
  press('collectLogs')
  log('second')
  press('tryAgain')
  press('collectLogs')
  expect(await logs.written()).toEqual(['out/MDMDiagReport.zip', 'out/MDMDiagReport-2.zip'])
  const said = Object.values(kept).map((archive) => textOf(filesIn(archive)['a-b.xml']))
  expect(said.map((text) => [text.includes('first'), text.includes('second')])).toEqual([
    [true, false],
    [true, true],
  ])
})
