import { copyFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { allWords, type Word } from '../../src/cli/completion/words.ts'
import { call, file, folder } from './call.ts'

/** Commands without `--json`, each with the reason. All others have it. */
const WITHOUT: Readonly<Record<string, string>> = {
  boot: 'a first boot for a person at a terminal: "oobe run --json" is the one for programs',
  completion: 'prints a script for a shell',
}

let leaves: { path: string; word: Word }[]
beforeAll(async () => {
  const under = (path: string, word: Word): typeof leaves => [
    ...(word.options.length > 0 ? [{ path, word }] : []),
    ...word.actions.flatMap((action) => under(`${path} ${action.name}`, action)),
  ]
  leaves = (await allWords(COMMANDS)).flatMap((word) => under(word.name, word))
})

test('every command has --json, or a reason why not', () => {
  const without = leaves.filter(({ word }) => !word.options.some(({ name }) => name === 'json'))
  expect(without.map(({ path }) => path).sort()).toEqual(Object.keys(WITHOUT).sort())
  expect(leaves.length).toBeGreaterThan(35)
})

test('the help of each tells of it', () => {
  for (const { path, word } of leaves) {
    if (WITHOUT[path] === undefined) expect(word.help, path).toContain('--json')
  }
})

describe('is JSON, and nothing else', { timeout: 120_000 }, () => {
  test.each<[string[]]>([
    [['device', 'list']],
    [['device', 'hash', 'surface-laptop-se']],
    [['device', 'show', 'surface-laptop-se']],
    [['device', 'csv', 'surface-laptop-se', '--group-tag', 'A']],
    [['machine', 'list']],
    [['machine', 'show', 'network']],
    [['faults']],
    [['explain', '0x80180014']],
    [['network', 'hosts']],
    [['profile', 'explain', '28']],
    [['tenant', 'show', 'contoso-school']],
    [['tenant', 'profiles', 'contoso-school']],
    [['run', '--shipped', '--list']],
    [['init', 'project']],
    [['schema', '--out', 'schemas']],
  ])('%j', async (args) => {
    const { code, stdout } = await call(...args, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toBeTypeOf('object')
  })

  test('of a run, and of what reads it', async () => {
    const run = await call(
      'run',
      'wifi-wrong-key',
      '--transport',
      'direct',
      '--no-check-settings',
      '--out',
      join(folder, 'out'),
      '--json',
    )
    expect(run.code).toBe(0)
    expect(JSON.stringify(JSON.parse(run.stdout))).toContain('wifi-wrong-key')
    const folderOfRun = join(folder, 'out/wifi-wrong-key')
    const shown = JSON.parse((await call('show', folderOfRun, '--json')).stdout)
    expect(shown).toMatchObject({ scenario: 'wifi-wrong-key', verdict: { passed: true } })
    expect(shown.screens.map(({ page }: { page: string }) => page)).toContain('network')
    const wire = JSON.parse((await call('show', folderOfRun, '--wire', '--json')).stdout)
    expect(wire.length).toBeGreaterThan(5)
    expect(JSON.parse((await call('diagnose', folderOfRun, '--json')).stdout)).toBeTypeOf('object')
    const compared = JSON.parse((await call('compare', folderOfRun, folderOfRun, '--json')).stdout)
    expect(compared).toMatchObject({ result: 'equal', parting: null, left: { scenario: 'wifi-wrong-key' } })
    const recorded = await call('record', folderOfRun, '--out', 'again.yaml', '--json')
    expect(JSON.parse(recorded.stdout)).toMatchObject({ file: 'again.yaml' })
    const [cast, svg] = [join(folder, 'a.cast'), join(folder, 'a.svg')]
    const filmed = await call('film', folderOfRun, '--cast', cast, '--svg', svg, '--still', '--json')
    const films = JSON.parse(filmed.stdout) as { file: string; bytes: number }[]
    expect(films).toMatchObject([
      { file: cast, kind: 'cast' },
      { file: svg, kind: 'svg' },
    ])
    for (const { file: name, bytes } of films) expect(statSync(name).size).toBe(bytes)
    const drawn = await call('screens', 'wifi-wrong-key', '--language', 'en', '--out', join(folder, 'drawn'), '--json')
    const { forms } = JSON.parse(drawn.stdout) as { forms: { files: { file: string }[] }[] }
    expect(forms.length).toBeGreaterThan(5)
    for (const { files } of forms) for (const one of files) expect(statSync(one.file).size).toBeGreaterThan(100)
    const replayed = await call('replay', folderOfRun, '--out', join(folder, 'out'), '--json')
    expect(JSON.parse(replayed.stdout)).toMatchObject({ scenario: 'wifi-wrong-key', same: true, passed: true })
    const cut = await call('replay', folderOfRun, '--until', '2m', '--out', join(folder, 'cut'), '--json')
    const end = JSON.parse(cut.stdout)
    expect(end).toMatchObject({ same: false, endedAt: expect.any(Number) })
    expect(end).not.toHaveProperty('passed')
  })

  test('of a device that is written, and of a consent', async () => {
    const made = await call('device', 'from-hash', 'surface-laptop-se', '--out', 'it.yaml', '--seed', '7', '--json')
    expect(JSON.parse(made.stdout)).toMatchObject({ file: 'it.yaml', serialNumber: 'SIM-SLSE-000001', seed: 7 })
    expect(made.stderr).toBe('')
    expect(statSync(join(folder, 'it.yaml')).size).toBeGreaterThan(100)
    const fresh = await call('device', 'new', 'my-laptop', '--seed', '7', '--json')
    const told = JSON.parse(fresh.stdout)
    expect(told).toMatchObject({ file: join('devices', 'my-laptop.yaml'), like: 'surface-laptop-se', seed: 7 })
    expect(readFileSync(join(folder, told.file), 'utf8')).toContain(told.serialNumber)
    copyFileSync(new URL('../../scenarios/tenants/contoso-school.yaml', import.meta.url), join(folder, 'school.yaml'))
    const consent = ['tenant', 'consent', 'school.yaml', 'northwind-devices', '--by', 'principal@contoso.example']
    const said = { partner: 'northwind-devices', consentedBy: 'principal@contoso.example' }
    expect(JSON.parse((await call(...consent, '--json')).stdout)).toMatchObject({ ...said, changed: true })
    expect(JSON.parse((await call(...consent, '--json')).stdout)).toMatchObject({ ...said, changed: false })
  })

  test.each<[string[], RegExp]>([
    [['run', '--json', '--reporter', 'list'], /--json goes without --reporter/],
    [['machine', 'show', 'network', '--json', '--format', 'mermaid'], /--json goes without --format mermaid/],
    [['compare', 'x', 'x', '--json', '--width', '80'], /--json goes without --width/],
    [['film', 'x', '--json', '--svg', '-'], /--json goes without -/],
    [['show', 'x', '--json', '--har', '-'], /--json goes without --har/],
  ])('refuses %j', async (args, message) => {
    file('x', '')
    const ended = await call(...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
