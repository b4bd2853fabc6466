import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namesOf } from '../../src/scenario/library.ts'
import { call, expectRefused, folder, STACK } from './call.ts'
import { HAPPY_PATH } from './files.ts'
import { oobe, start } from './program.ts'

const DEVICES = `  There are: ${namesOf('device').join(', ')}`

describe('words that mean nothing', { timeout: 10_000 }, () => {
  test.each<[string[], string, string]>([
    [['rnu'], 'ERR_UNKNOWN_COMMAND: there is no command "rnu"', '  Did you mean "oobe run"?'],
    [['devices'], 'ERR_UNKNOWN_COMMAND: there is no command "devices"', '  Did you mean "oobe device"?'],
    [['fabricate'], 'ERR_UNKNOWN_COMMAND: there is no command "fabricate"', '  "oobe --help" lists the commands'],
    [['device', 'lst'], 'ERR_UNKNOWN_COMMAND: there is no "oobe device lst"', '  Did you mean "oobe device list"?'],
    [['--tennant', 'x'], 'ERR_UNKNOWN_OPTION: oobe boot has no option "--tennant"', '  Did you mean "--tenant"?'],
    [['boot', '--sped=1'], 'ERR_UNKNOWN_OPTION: oobe boot has no option "--sped"', '  Did you mean "--speed"?'],
    [
      ['run', '--reportr', 'x'],
      'ERR_UNKNOWN_OPTION: oobe run has no option "--reportr"',
      '  Did you mean "--reporter"?',
    ],
    [
      ['run', '--frobnicate'],
      'ERR_UNKNOWN_OPTION: oobe run has no option "--frobnicate"',
      '  "oobe run --help" lists the options',
    ],
    [
      ['device', '--al'],
      'ERR_UNKNOWN_OPTION: oobe device has no option "--al"',
      '  "oobe device --help" lists the options',
    ],
    [['run', '-z'], "ERR_BAD_ARGUMENTS: Unknown option '-z'", '  "oobe run --help" lists the options'],
    [['run', '--no-out'], "ERR_BAD_ARGUMENTS: Unknown option '--no-out'", '  "oobe run --help" lists the options'],
    [
      ['run', '--seed'],
      "ERR_BAD_ARGUMENTS: Option '--seed <value>' argument missing",
      '  "oobe run --help" lists the options',
    ],
    [
      ['run', '--seed', '-1'],
      "ERR_BAD_ARGUMENTS: Option '--seed' argument is ambiguous",
      '  "oobe run --help" lists the options',
    ],
    [['boot', 'a', 'b'], 'ERR_BAD_ARGUMENTS: one device at a time: a, b', ''],
    [
      ['boot', 'surface-laptop-s'],
      'ERR_NOT_FOUND: there is no device "surface-laptop-s"',
      '  Did you mean "surface-laptop-se"?',
    ],
    [['boot', 'toaster'], 'ERR_NOT_FOUND: there is no device "toaster"', DEVICES],
    [['device', 'hash', 'toaster'], 'ERR_NOT_FOUND: there is no device "toaster"', DEVICES],
    [['device', 'hash'], 'ERR_BAD_ARGUMENTS: which device?', DEVICES],
    [
      ['--tenant', 'contoso-scholl'],
      'ERR_NOT_FOUND: there is no tenant "contoso-scholl"',
      '  Did you mean "contoso-school"?',
    ],
    [
      ['--tenant', 'hogwarts'],
      'ERR_NOT_FOUND: there is no tenant "hogwarts"',
      '  There are: contoso-school, fabrikam-college, northwind-college',
    ],
    [
      ['--scenario', 'not-regstered'],
      'ERR_NOT_FOUND: there is no scenario "not-regstered"',
      '  Did you mean "not-registered"?',
    ],
    [
      ['run', 'wifi-wrong-kee'],
      'ERR_NOT_FOUND: there is no scenario "wifi-wrong-kee"',
      '  Did you mean "wifi-wrong-key"?',
    ],
    [
      ['run', './wrong-pasword.yaml'],
      'ERR_NOT_FOUND: there is no scenario "./wrong-pasword.yaml"',
      '  Did you mean "wrong-password"?',
    ],
    [
      ['run', HAPPY_PATH, '--reporter', 'list,junt'],
      'ERR_UNKNOWN_REPORTER: there is no reporter "junt"',
      '  Did you mean "junit"?',
    ],
    [
      ['run', HAPPY_PATH, '--reporter', 'telegram'],
      'ERR_UNKNOWN_REPORTER: there is no reporter "telegram"',
      '  There are: list, dot, line, plain, tap, github, junit, ctrf, json, markdown, html, blob',
    ],
    [
      ['run', HAPPY_PATH, '--transport', 'udp'],
      'ERR_UNKNOWN_TRANSPORT: there is no transport "udp"',
      '  There are: msw, direct',
    ],
    ...['x', '1.5', '-1', '0x10', '1e3', '9007199254740993'].map((seed): [string[], string, string] => [
      ['run', HAPPY_PATH, `--seed=${seed}`],
      `ERR_BAD_SEED: "${seed}" is no seed`,
      '  a whole number from 0 on',
    ]),
    [['--plain', '--speed', 'fast'], 'ERR_BAD_SPEED: "fast" is no speed', '  real, instant, or a number such as 60'],
  ])('are refused before anything is played: oobe %j', async (args, message, detail) => {
    expectRefused(await call(...args), message, ...(detail ? [detail] : []))
    expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
  })

  test('are refused in a list of scenarios before the first is played', async () => {
    const ended = await call('run', HAPPY_PATH, 'nonsense-of-mine')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(
      /^error ERR_NOT_FOUND: there is no scenario "nonsense-of-mine"\n {2}There are \d+: "oobe run --list" lists them\n/,
    )
    expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
  })

  test.each([['--help'], ['-h'], ['help'], ['run', '--help'], ['boot', '-h'], ['device']])(
    'are none of oobe %s %s, which helps',
    async (...args) => {
      const ended = await call(...args.filter(Boolean))
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      expect(ended.stdout).toMatch(/^oobe/)
    },
  )
})

describe('the built program', () => {
  test.each([
    [['rnu'], 2, 'error ERR_UNKNOWN_COMMAND: '],
    [['run', 'nonsense-of-mine'], 2, 'error ERR_NOT_FOUND: '],
    [['--speed', 'fast'], 2, 'error ERR_BAD_SPEED: '],
    [['--out', '/dev/null'], 3, 'error ERR_OUTPUT_NOT_WRITABLE: '],
  ])('ends oobe %j with code %i and one message', async (args, code, message) => {
    const ended = await oobe(args, folder)
    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) })
    expect(ended.stderr.indexOf(message)).toBe(0)
    expect(ended.stderr).not.toMatch(STACK)
  })

  test('ends without a complaint when its reader goes away', async () => {
    const { child, ended } = start(['run', '--shipped', '--reporter', 'plain', '--transport', 'direct'], folder)
    child.stdout!.once('data', () => child.stdout!.destroy())
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })
})
