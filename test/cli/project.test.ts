import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { call, expectRefused, file, folder, GOOD } from './call.ts'
import { changedScenario, filesBelow, temporaryFolder } from './files.ts'
import { oobe } from './program.ts'

const MADE = [
  '.github/workflows/oobe.yml',
  'devices/device.schema.json',
  'oobe.config.schema.json',
  'oobe.config.yaml',
  'package.json',
  'scenarios/first-boot.yaml',
  'scenarios/network.schema.json',
  'scenarios/person.schema.json',
  'scenarios/scenario.schema.json',
  'scenarios/tenant.schema.json',
  'test/first-boot.test.ts',
]

describe('oobe init', () => {
  test('makes a project whose first scenario passes', { timeout: 60_000 }, async () => {
    const { code, stdout } = await call('init')
    expect(code).toBe(0)
    expect(filesBelow(folder)).toEqual(MADE)
    for (const name of MADE) expect(stdout).toContain(`${name} written\n`)
    const played = await oobe(['run'], folder)
    expect(played).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('1 passed, 0 failed') })
    expect(filesBelow(folder)).toContain('oobe-results/first-boot/journal.ndjson')
  })

  test('makes the folder that it is given, and leaves package.json as it is', async () => {
    file('school/package.json', '{}')
    const { code, stdout } = await call('init', 'school')
    expect(code).toBe(0)
    expect(stdout).toContain('npm install --save-dev oobe-sim vitest')
    expect(filesBelow(join(folder, 'school'))).toEqual(MADE)
    expect(readFileSync(join(folder, 'school/package.json'), 'utf8')).toBe('{}')
  })

  test.each<[string, () => void]>([
    ['scenarios/first-boot.yaml', () => file('scenarios/first-boot.yaml', 'mine')],
    ['.github/workflows/oobe.yml', () => file('.github/workflows/oobe.yml', 'mine')],
    ['oobe.config.yaml', () => symlinkSync('nowhere', join(folder, 'oobe.config.yaml'))],
  ])('overwrites nothing: %s', async (name, make) => {
    make()
    expectRefused(
      await call('init'),
      `ERR_FILE_EXISTS: ${name}: already there. Nothing was written`,
      '  Move it, or name another folder: oobe init DIR. "oobe schema" brings schemas up to date',
    )
    expect(filesBelow(temporaryFolder())).toEqual([])
    expect(() => readFileSync(join(folder, 'test/first-boot.test.ts'))).toThrow('ENOENT')
  })

  test.each<[string[], number, RegExp]>([
    [['a', 'b'], 2, /ERR_BAD_ARGUMENTS: one folder at a time: a, b/],
    [['taken'], 3, /ERR_OUTPUT_NOT_WRITABLE: .*taken cannot be written/],
    [['--force'], 2, /ERR_UNKNOWN_OPTION: oobe init has no option "--force"/],
  ])('refuses %j', async (args, code, message) => {
    file('taken', '')
    const ended = await call('init', ...args)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })

  test('follows no link out of the folder', async () => {
    const elsewhere = temporaryFolder()
    symlinkSync(elsewhere, join(folder, 'scenarios'))
    expect(await call('init')).toMatchObject({ code: 3, stderr: expect.stringContaining('it is a symbolic link') })
    expect(filesBelow(elsewhere)).toEqual([])
  })
})

describe('oobe schema', () => {
  test('brings the schemas of a project up to date, and puts all into one folder', async () => {
    file('scenarios/scenario.schema.json', '{\n  "$schema": "an older one" }')
    const ended = await call('schema')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(filesBelow(folder)).toEqual(MADE.filter((name) => name.endsWith('.schema.json')))
    const { $defs } = JSON.parse(readFileSync(join(folder, 'scenarios/scenario.schema.json'), 'utf8'))
    expect($defs.scenarioName.anyOf[0].enum).toContain('wrong-password')
    file('scenarios/persons/zoe.yaml', 'region: Canada')
    await call('schema')
    expect(readFileSync(join(folder, 'scenarios/scenario.schema.json'), 'utf8')).toContain('"zoe"')
    rmSync(join(folder, 'scenarios/persons'), { recursive: true })
    await call('schema')
    expect(await call('schema')).toEqual({ ...ended, stdout: ended.stdout.replaceAll('written', 'is as it was') })
    const out = join(folder, 'all')
    expect(await call('schema', '--out', out)).toMatchObject({ code: 0, stderr: '' })
    expect(filesBelow(out)).toHaveLength(6)
    expect(JSON.parse(readFileSync(join(out, 'oobe.config.schema.json'), 'utf8'))).toHaveProperty(
      'properties.reporters',
    )
  })

  test.each<[string, string[], RegExp]>([
    ['a folder without a project', [], /ERR_NO_PROJECT: this folder has no scenarios\/ and no oobe\.config\.yaml\n/],
    ['an argument', ['here'], /ERR_BAD_ARGUMENTS: oobe schema takes no argument: here/],
    ['a file of another kind', ['--out', 'mine'], /ERR_FILE_EXISTS: mine\/tenant\.schema\.json exists already/],
  ])('refuses %s', async (_, args, message) => {
    file('mine/tenant.schema.json', 'my notes')
    const ended = await call('schema', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
    expect(filesBelow(folder)).toEqual(['mine/tenant.schema.json'])
  })
})

describe('oobe.config.yaml', () => {
  const BARE = GOOD.replace('device: surface-laptop-se\ntenant: contoso-school\n', '')

  test('has defaults for what a scenario does not say, and for nothing else', () => {
    file(
      'oobe.config.yaml',
      'defaults: { device: asus-br1100fka, tenant: contoso-school, seed: 7 }\nlimits: { requests: 9, starts: 3, deviceTime: 2h }\n',
    )
    file('scenarios/bare.yaml', BARE)
    file('scenarios/whole.yaml', `${GOOD}seed: 3\nlimits: { requests: 50 }\n`)
    const [bare, whole, shipped] = ['bare', 'whole', 'wrong-password'].map((name) => loadScenarios(name)[0]!)
    expect(bare).toMatchObject({ seed: 7, device: { id: 'asus-br1100fka' }, tenant: { id: 'contoso-school' } })
    expect(bare!.limits).toMatchObject({ requests: 9, starts: 3, deviceTimeMs: 7_200_000 })
    expect(whole).toMatchObject({ seed: 3, device: { id: 'surface-laptop-se' } })
    expect(whole!.limits).toMatchObject({ requests: 50, starts: 3, entries: 200_000 })
    expect(shipped!.seed).toBeUndefined()
    expect(shipped!.limits).toMatchObject({ requests: 5_000, starts: 50 })
  })

  test('names the folders of the project, and how it reports', { timeout: 60_000 }, async () => {
    file('tests/oobe/one.yaml', changedScenario('not-registered', 'title: ', 'title: Ours, '))
    file(
      'oobe.config.yaml',
      [
        'folders: { scenarios: tests/oobe, persons: tests/oobe/people, devices: laptops, results: out }',
        'reporters: [dot, junit=reports/junit.xml]',
      ].join('\n'),
    )
    file('tests/oobe/people/eve.yaml', 'region: Canada\n')
    file('tests/oobe/tenants/ours.yaml', 'no scenario')
    mkdirSync(join(folder, 'laptops'))
    file('scenarios/not-ours.yaml', 'no scenario')
    expect(await oobe(['run', '--list'], folder)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^one .*\n$/),
    })
    expect(await oobe(['run'], folder)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^·\n/) })
    expect(filesBelow(folder)).toEqual(
      expect.arrayContaining(['out/last-run.json', 'out/one/journal.ndjson', 'reports/junit.xml']),
    )
    expect(await oobe(['diagnose', 'one'], folder)).toMatchObject({ stderr: '' })
    expect(await oobe(['run', 'nothing'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"nothing"'),
    })
  })

  test('may say nothing', async () => {
    file('oobe.config.yaml', '\n# Later.\n')
    file('scenarios/one.yaml', GOOD)
    expect(await call('run', '--list')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^one /) })
  })

  test.each<[string, string, RegExp]>([
    [
      'an unknown key',
      'reporter: [list]',
      /^error ERR_FILE_INVALID: oobe\.config\.yaml:1:1: reporter: unknown key "reporter"\. Did you mean "reporters"\?\n/,
    ],
    [
      'an unknown key below one',
      'defaults:\n  devise: x',
      /oobe\.config\.yaml:2:3: defaults\.devise: unknown key "devise"\. Did you mean "device"\?\n/,
    ],
    [
      'a reporter that is none',
      'reporters:\n  - list\n  - junti=x.xml',
      /oobe\.config\.yaml:3:5: reporters\.1: must be a reporter/,
    ],
    ['no reporter', 'reporters: []', /oobe\.config\.yaml:1:12: reporters: must name at least one\n/],
    [
      'a folder out of the project',
      'folders: { results: ../out }',
      /oobe\.config\.yaml:1:21: folders\.results: must be a folder of the project/,
    ],
    [
      'an absolute folder',
      'folders: { scenarios: /tmp }',
      /oobe\.config\.yaml:1:23: folders\.scenarios: must be a folder of the project/,
    ],
    [
      'a folder that is missing',
      'folders: { scenarios: tests }',
      /^error ERR_NOT_FOUND: oobe\.config\.yaml:1:23: folders\.scenarios: there is no folder tests\n/,
    ],
    ['a seed below 0', 'defaults: { seed: -1 }', /oobe\.config\.yaml:1:19: defaults\.seed: must be/],
    ['a limit that is none', 'limits: { starts: 0 }', /oobe\.config\.yaml:1:19: limits\.starts: must be/],
    [
      'a device that is none',
      'defaults: { device: surface-laptop-es, tenant: contoso-school }',
      /^error ERR_NOT_FOUND: oobe\.config\.yaml:1:21: there is no device "surface-laptop-es"\n[\s\S]*Did you mean "surface-laptop-se"\?/,
    ],
    ['what is no YAML', 'defaults: [', /^error ERR_YAML_SYNTAX: oobe\.config\.yaml:1:\d+: /],
    ['Latin-1', 'reporters: [l\xefst]', /^error ERR_FILE_ENCODING: oobe\.config\.yaml:1:14: /],
    [
      'a school that is missing',
      'defaults: { device: surface-laptop-se }',
      /^error ERR_FILE_INVALID: scenarios\/bare\.yaml:1:1: tenant is missing\n[\s\S]*defaults: \{ tenant: … \} in oobe\.config\.yaml\n/,
    ],
  ])('is refused with %s, and its place', async (_, text, message) => {
    writeFileSync(join(folder, 'oobe.config.yaml'), text, 'latin1')
    file('scenarios/bare.yaml', BARE)
    const ended = await call('run', '--list')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
    expect(await call('run', '--help')).toMatchObject({ code: 0, stderr: '' })
  })

  test('is refused when it is a folder', async () => {
    mkdirSync(join(folder, 'oobe.config.yaml'))
    expect(await call('run', '--list')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error ERR_NOT_READABLE: oobe\.config\.yaml cannot be read: /),
    })
  })
})
