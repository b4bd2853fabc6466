import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, expectRefused, file, folder } from './call.ts'

const XML = 'http://schemas.microsoft.com/win/2004/08/events/event'
const CHANNEL = 'Microsoft-Windows-ModernDeployment-Diagnostics-Provider/Autopilot'
const NOT_REGISTERED = `<Events><Event xmlns="${XML}"><System><EventID>807</EventID><Channel>${CHANNEL}</Channel></System><EventData/></Event></Events>`

test('a run, its evidence, its import, and the run of that end the same way', { timeout: 120_000 }, async () => {
  await call('run', 'win32-app-fails', '--out', join(folder, 'oobe-results'))
  await call('evidence', 'win32-app-fails', '--out', join(folder, 'evidence'))
  const imported = await call('import', 'evidence', '--out', 'incident.yaml')
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  expect(imported.stdout).toContain('✓ MdmDiagReport_RegistryDump.reg: registry export, ')
  expect(imported.stdout).toContain('- setupact.log: not read: a log of Windows Setup')
  expect(imported.stdout).toMatch(/\nincident\.yaml written: failed on page enrollmentStatusFailure with 0x80004005: /)
  const text = readFileSync(join(folder, 'incident.yaml'), 'utf8')
  expect(text).toMatch(
    /^# Imported from \d+ files of a device\. Identities are synthetic; "guessed" marks what no file says\.\n/,
  )
  expect(text).toContain('exitCode: 1603')
  const again = await call('run', 'incident.yaml', '--out', join(folder, 'again'))
  expect([again.code, again.stderr]).toEqual([0, ''])
  expectRefused(
    await call('import', 'evidence', '--out', 'incident.yaml'),
    'ERR_FILE_EXISTS: incident.yaml exists already',
    '  --force replaces it',
  )
  // The archive alone has enough.
  const archive = await call('import', join('evidence', 'MDMDiagReport.zip'), '--out', '-')
  expect([archive.code, archive.stdout]).toEqual([0, expect.stringContaining('code: "0x80004005"')])
})

test('one event log is enough for a scenario; links in a folder are named', { timeout: 60_000 }, async () => {
  file('incident/autopilot.xml', NOT_REGISTERED)
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'incident/link'))
  const { code, stdout } = await call('import', 'incident', '--out', 'incident.yaml', '--json')
  const told = JSON.parse(stdout) as { files: { name: string; remarks: string[] }[]; end: object; failures: string[] }
  expect([code, told.failures]).toEqual([0, []])
  expect(told.files.map(({ name, remarks }) => [name, ...remarks])).toEqual([
    ['autopilot.xml'],
    ['link', 'it is a link'],
  ])
  const text = readFileSync(join(folder, 'incident.yaml'), 'utf8')
  expect(text).toContain('devices: []')
  expect(text).toContain('# guessed: no file shows how it ended after ')
})

test('a file without anything of a first boot is named, and nothing is written', async () => {
  file('letter.txt', 'Dear administrator,\n')
  const { code, stdout, stderr } = await call('import', 'letter.txt', '--out', 'incident.yaml')
  expect([code, stdout]).toEqual([2, '- letter.txt: not read: its format is not known\n'])
  expect(stderr).toBe('error ERR_NOT_IMPORTED: letter.txt has nothing of a first boot that could be read\n')
  expect(existsSync(join(folder, 'incident.yaml'))).toBe(false)
})

test('names of files that would write to a terminal are inert', async () => {
  file('evil\u001b[31m.txt', 'x')
  const { stdout } = await call('import', 'evil\u001b[31m.txt', '--out', 'incident.yaml')
  expect(stdout).not.toContain('\u001b')
})

test.each([
  ['nothing', [], 'ERR_BAD_ARGUMENTS: oobe import takes one file or folder'],
  ['two files', ['a', 'b'], 'ERR_BAD_ARGUMENTS: oobe import takes one file or folder'],
  ['no such file', ['nowhere.zip', '--out', 'a.yaml'], 'ERR_NOT_FOUND: there is no file or folder at nowhere.zip'],
  [
    'another ending',
    ['x', '--out', 'a.txt'],
    'ERR_BAD_ARGUMENTS: a.txt is no name of a scenario: it has to end in .yaml',
  ],
])('refuses %s', async (_, args, message) => {
  const { code, stderr } = await call('import', ...args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
})
