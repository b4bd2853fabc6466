import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/domain/journal.ts'
import { evidenceManifest, evidenceOf } from '../../../src/report/evidence/evidence.ts'
import { cmTraceLine } from '../../../src/report/evidence/extension-log.ts'
import { diskFacts } from '../../../src/report/evidence/facts.ts'
import { played } from '../../simulation/played.ts'
import { readEvents } from './diagnostics-rules.ts'

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** A line of the CMTrace format. */
const CMTRACE =
  /^<!\[LOG\[(.*)\]LOG\]!><time="\d\d:\d\d:\d\d\.\d{7}" date="\d{1,2}-\d{1,2}-\d{4}" component="(\w+)" context="" type="([123])" thread="\d+" file="">$/

test('the same journal gives the same bytes, and the manifest has each file with how sure it is', async () => {
  const { journal } = await played('win32-apps')
  const files = evidenceOf(journal)
  expect(evidenceOf(journal)).toEqual(files)
  const manifest = JSON.parse(evidenceManifest(journal, files))
  expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual(files.map(({ name }) => name))
  for (const { certainty, source, about } of manifest.files) {
    expect(['documented', 'observed', 'assumed']).toContain(certainty)
    expect([source, about].every((text) => text !== '')).toBe(true)
  }
  const registry = manifest.files.find(({ kind }: { kind: string }) => kind === 'registry')
  expect(registry.keys.length).toBeGreaterThan(20)
  const admin = manifest.files.find(({ name }: { name: string }) => name.endsWith('admin.xml'))
  expect(admin.events).toContainEqual({
    id: 72,
    event: 'mdmEnrollSucceeded',
    certainty: 'documented',
    sentence: 'documented',
    source: 'oobe-autopilot-esp.md, 8.3 [D]',
  })
})

test('the profile file of a disk is there as it is, and none where Windows has none', async () => {
  const fileOf = async (id: string) => evidenceOf((await played(id)).journal).find(({ kind }) => kind === 'profileFile')
  const found = await fileOf('existing-device')
  expect(found?.name).toBe('Autopilot/AutopilotConfigurationFile.json')
  expect(textOf(found!.bytes)).toBe(readFileSync('scenarios/modes/AutopilotConfigurationFile.json', 'utf8'))
  expect(await fileOf('existing-device-generalized')).toBeUndefined()
  expect(await fileOf('win32-apps')).toBeUndefined()
})

test('the registry has what became of Microsoft 365 Apps, where the diagnostics script looks for it', async () => {
  const { journal } = await played('microsoft-365-apps')
  const files = evidenceOf(journal)
  const registry = Buffer.from(files.find(({ kind }) => kind === 'registry')!.bytes).toString('utf16le')
  const id = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503'
  expect(registry).toContain(`[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\OfficeCSP\\${id}]`)
  expect(registry).toMatch(
    /OfficeCSP.*\]\s+"FinalStatus"=dword:00000046\s+"Status"=dword:00000000|OfficeCSP.*\]\s+"Status"=dword:00000000\s+"FinalStatus"=dword:00000046/,
  )
  expect(registry).toContain(`"./Device/Vendor/MSFT/Office/Installation/${id}"=dword:00000046`)
})

test('XML and JSON lines have the same events, all of them', async () => {
  const { journal } = await played('win32-apps')
  const files = evidenceOf(journal)
  const logged = journal.filter((entry) => entry.kind === 'log' && entry.id !== 0)
  const xml = files.filter(({ name }) => name.endsWith('.xml') && name.startsWith('eventlogs/'))
  expect(xml.flatMap(({ bytes }) => readEvents(textOf(bytes)))).toHaveLength(logged.length)
  for (const { name, bytes } of xml) {
    const lines = textOf(files.find((file) => file.name === name.replace(/xml$/, 'jsonl'))!.bytes)
      .trimEnd()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line).Id)).toEqual(readEvents(textOf(bytes)).map(({ id }) => id))
  }
})

test('the logs of the extension are in the CMTrace format, and name the exit code', async () => {
  const { journal } = await played('win32-app-fails')
  const files = Object.fromEntries(evidenceOf(journal).map(({ name, bytes }) => [name, textOf(bytes)]))
  for (const name of ['IntuneManagementExtension.log', 'AgentExecutor.log']) {
    const lines = files[`IntuneManagementExtension/${name}`]!.trimEnd().split('\r\n')
    expect(lines.filter((line) => !CMTRACE.test(line))).toEqual([])
    expect(lines.length).toBeGreaterThan(1)
  }
  expect(files['IntuneManagementExtension/AgentExecutor.log']).toContain('lpExitCode 1603 of Safe Exam Browser')
  expect(files['IntuneManagementExtension/IntuneManagementExtension.log']).toMatch(/is Error\.\]LOG\]!>/)
})

test('a text with a line break or the end of a line in it stays one line', () => {
  const line = cmTraceLine(
    { at: 0, type: 1, component: 'X', text: 'a]LOG]!>\r\n<![LOG[b' },
    () => '2024-11-04T08:00:00.000Z',
  )
  expect(line.trimEnd().split('\r\n')).toHaveLength(1)
  expect(CMTRACE.exec(line.trimEnd())?.[1]).toBe('a]LOG_!> <![LOG[b')
})

test('each attempt of an MSI has its log, and the status of dsregcmd follows the join', async () => {
  const { journal } = await played('msi-takes-too-long')
  const files = Object.fromEntries(evidenceOf(journal).map(({ name, bytes }) => [name, textOf(bytes)]))
  const logs = Object.keys(files).filter((name) => name.startsWith('msi/'))
  const tries = journal.filter((entry) => entry.kind === 'app' && entry.type === 'msi' && entry.state === 'installing')
  expect(logs).toHaveLength(tries.length)
  expect(files['dsregcmd.txt']).toMatch(/AzureAdJoined : YES[\s\S]*TenantName : Contoso School/)
  const none = Object.fromEntries(
    evidenceOf((await played('not-registered')).journal).map(({ name, bytes }) => [name, textOf(bytes)]),
  )
  expect(none['dsregcmd.txt']).toContain('AzureAdJoined :')
})

test('a reset takes all before it, and a part of a journal leaves what it has', async () => {
  const { journal } = await played('win32-apps')
  const reset: JournalEntry = { at: 1, seq: 1, kind: 'power', event: 'reset', boot: 1 }
  const names = evidenceOf([...journal, reset]).map(({ name }) => name)
  expect(names).not.toContain('AutopilotDDSZTDFile.json')
  expect(names.some((name) => name.startsWith('msi/'))).toBe(false)
  for (const length of [0, 1, 50, 300]) {
    const some = journal.slice(0, length)
    expect(evidenceManifest(some, evidenceOf(some))).toContain('"files"')
  }
  expect(diskFacts([]).enrollment).toBe('00000000-0000-0000-0000-000000000000')
})
