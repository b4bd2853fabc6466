import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { allWords, type Word } from '../../src/cli/completion/words.ts'
import { call, file, folder } from './call.ts'

/** Commands without `--json`, each with the reason. All others have it. */
const WITHOUT: Readonly<Record<string, string>> = {
  boot: 'a first boot for a person at a terminal: "oobe run --json" is the one for programs',
  serve: 'runs until it is ended, and its log is one line a request',
  completion: 'prints a script for a shell',
  replay: 'writes a journal, which "oobe show --json" reads',
  film: 'writes a recording or a picture; "oobe show --json" has the run',
  'device new': 'writes a device file, which "oobe device show --json" reads',
  'device from-hash': 'writes a device file, which "oobe device show --json" reads',
  'device csv': 'prints the CSV that the portals take',
  'tenant consent': 'changes a file of a school, which "oobe tenant show --json" reads',
  'tenant move': 'changes files of schools, which "oobe tenant show --json" reads',
  'tenant request-surface': 'changes a file of a school, which "oobe tenant show --json" reads',
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
  })

  test.each<[string[], RegExp]>([
    [['run', '--json', '--reporter', 'list'], /--json goes without --reporter/],
    [['machine', 'show', 'network', '--json', '--format', 'mermaid'], /--json goes without --format mermaid/],
    [['compare', 'x', 'x', '--json', '--width', '80'], /--json goes without --width/],
    [['show', 'x', '--json', '--har', '-'], /--json goes without --har/],
  ])('refuses %j', async (args, message) => {
    file('x', '')
    const ended = await call(...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
