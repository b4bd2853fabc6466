import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { namesOf } from '../../src/scenario/library.ts'
import { call, expectRefused, file, folder, GOOD } from './call.ts'
import { temporaryFolder } from './files.ts'
import { oobe } from './program.ts'

/** The names that a command would play. */
async function listed(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await call('run', '--list', ...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')[0]!]))
}

const titled = (title: string) => GOOD.replace('A good file', title)

describe('a project', () => {
  beforeEach(() => {
    file('scenarios/first.yaml', titled('Ada begins'))
    file('scenarios/esp/slow-app.yaml', titled('An app is slow'))
    file('scenarios/esp/deep/slow-policy.yml', titled('A policy is slow'))
    file('scenarios/network/no-wifi.yaml', titled('No Wi-Fi'))
    file('scenarios/tenants/ours.yaml', 'no scenario at all')
    file('scenarios/.hidden.yaml', 'no scenario at all')
    file('other/one.yaml', GOOD)
  })

  test('plays its own scenarios, in all folders, and none of the shipped ones', async () => {
    expect(await listed()).toEqual(['slow-policy', 'slow-app', 'first', 'no-wifi'])
  })

  test.each<[string[], string[]]>([
    [['first'], ['first']],
    [['wifi-wrong-key'], ['wifi-wrong-key']],
    [['scenarios/esp'], ['slow-policy', 'slow-app']],
    [['scenarios/esp/'], ['slow-policy', 'slow-app']],
    [['./scenarios/esp/deep'], ['slow-policy']],
    [['esp'], ['slow-policy', 'slow-app']],
    [['esp/deep'], ['slow-policy']],
    [['other'], ['one']],
    [['esp/*'], ['slow-app']],
    [['esp/**'], ['slow-policy', 'slow-app']],
    [['slow-*'], ['slow-policy', 'slow-app']],
    [['scenarios/**/*.yaml'], ['slow-app', 'first', 'no-wifi']],
    [['./scenarios/*.yaml'], ['first']],
    [['{esp,network}/*'], ['slow-app', 'no-wifi']],
    [['*/one.yaml'], ['one']],
    [
      ['first', 'scenarios/first.yaml', 'scenarios', 'fir*'],
      ['first', 'slow-policy', 'slow-app', 'no-wifi'],
    ],
    [['--shipped', 'wifi-*'], namesOf('scenario').filter((name) => name.startsWith('wifi-'))],
    [
      ['--grep', 'slow'],
      ['slow-policy', 'slow-app'],
    ],
    [['--grep', 'ADA'], ['first']],
    [['--grep', 'network/'], ['no-wifi']],
    [['--grep', '^first$'], ['first']],
    [['esp', '--grep', 'policy'], ['slow-policy']],
  ])('takes %j', async (args, names) => {
    expect(await listed(...args)).toEqual(names)
  })

  test('takes an absolute pattern, a link to a file once, and a name with the signs of a pattern', async () => {
    symlinkSync('one.yaml', join(folder, 'other/two.yaml'))
    symlinkSync('.', join(folder, 'other/loop'))
    file('other/a[1].yaml', GOOD)
    expect(await listed(`${folder}/other/*o*.yaml`)).toEqual(['one'])
    expect(await listed('other')).toEqual(['a[1]', 'one'])
    expect(await listed('other/a[1].yaml')).toEqual(['a[1]'])
  })

  test.each([
    ['nothing-*', 'ERR_NO_SCENARIO: no scenario matches "nothing-*"', '  "oobe run --list" lists those that are there'],
    [
      'scenarios/esp/x*.yaml',
      'ERR_NO_SCENARIO: no scenario matches "scenarios/esp/x*.yaml"',
      '  "oobe run --list" lists those that are there',
    ],
    ['empty', 'ERR_NO_SCENARIO: there is no scenario in the folder empty'],
    ['x.yaml', 'ERR_NO_SCENARIO: there is no scenario in the folder x.yaml'],
    ['other/one.yaml/two', 'ERR_NOT_FOUND: there is no scenario at other/one.yaml/two'],
    [
      'other/one.yaml/*.yaml',
      'ERR_NO_SCENARIO: no scenario matches "other/one.yaml/*.yaml"',
      '  "oobe run --list" lists those that are there',
    ],
  ])('refuses %s', async (operand, message, ...details) => {
    mkdirSync(join(folder, 'empty'))
    mkdirSync(join(folder, 'x.yaml'))
    expectRefused(await call('run', operand), message, ...details)
  })

  test.each([
    [['--grep', 'zzz'], 'ERR_NO_SCENARIO: no scenario has a name, title or file with "zzz"'],
    [['--grep', '('], /ERR_BAD_ARGUMENTS: --grep: Invalid regular expression/],
    [['--shipped', 'first'], /ERR_NOT_FOUND: there is no shipped scenario "first"/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await call('run', ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

test('a project without a scenario is refused', async () => {
  file('oobe.config.yaml', '')
  expectRefused(
    await call('run'),
    'ERR_NO_SCENARIO: this project has no scenario: scenarios/ is empty or missing',
    '  "oobe run --shipped" plays those that come with oobe-sim',
  )
})

describe('a folder without scenarios', () => {
  test('gets the shipped ones, and one line that says so', async () => {
    const { code, stdout, stderr } = await call('run', '--list')
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: this folder has no scenarios/ and no oobe.config.yaml: the shipped scenarios are played\n',
    })
    const shipped = namesOf('scenario')
    expect(stdout.split('\n').length).toBeGreaterThan(shipped.length)
    for (const name of shipped) expect(stdout).toMatch(new RegExp(`^${name}\\b`, 'm'))
    expect(await listed('--shipped')).toHaveLength(stdout.split('\n').length - 1)
  })
})

test('in this repository the project and what is shipped are the same', async () => {
  const [own, shipped] = [await oobe(['run', '--list']), await oobe(['run', '--shipped', '--list'])]
  expect(own).toMatchObject({ code: 0, stderr: '' })
  expect(shipped).toEqual(own)
  const elsewhere = await oobe(['run', '--shipped', '--list'], temporaryFolder())
  expect(elsewhere).toEqual(own)
})
