import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EVENT_KINDS, EVENTS } from '../../src/events/event-kinds.ts'
import { call, expectRefused, file, folder, GOOD } from './call.ts'
import { HAPPY_PATH } from './files.ts'

const see = (command: string) => `  "${command} --help" tells what it may be`

describe('an option without a value', () => {
  test.each<[string[], string, string]>([
    [['run', HAPPY_PATH, '--out', ''], '--out is empty', 'oobe run'],
    [['run', HAPPY_PATH, '--out= '], '--out is empty', 'oobe run'],
    [['run', HAPPY_PATH, '--reporter', ''], '--reporter is empty', 'oobe run'],
    [['run', HAPPY_PATH, '--seed='], '--seed is empty', 'oobe run'],
    [['run', HAPPY_PATH, '--speed', ''], '--speed is empty', 'oobe run'],
    [['run', HAPPY_PATH, '--service', ''], '--service is empty', 'oobe run'],
    [['run', ''], 'oobe run: an argument is empty', 'oobe run'],
    [['boot', ''], 'oobe boot: an argument is empty', 'oobe boot'],
    [['--tenant', ''], '--tenant is empty', 'oobe boot'],
    [['show', 'x', '--wire', '--only', ''], '--only is empty', 'oobe show'],
    [['show', 'x', '--har', ''], '--har is empty', 'oobe show'],
    [['serve', '--data', ''], '--data is empty', 'oobe serve'],
    [['serve', '--ca-file', ''], '--ca-file is empty', 'oobe serve'],
    [['serve', '--http', '--trusted-proxy', ''], '--trusted-proxy is empty', 'oobe serve'],
    [['doctor', '--service', ''], '--service is empty', 'oobe doctor'],
    [['device', 'csv', 'surface-laptop-se', '--group-tag', ''], '--group-tag is empty', 'oobe device csv'],
    [['device', 'new', 'mine', '--like', ''], '--like is empty', 'oobe device new'],
    [['device', 'decode', ''], 'oobe device decode: an argument is empty', 'oobe device decode'],
    [['tenant', 'resolve', 'surface-laptop-se', '--user', ''], '--user is empty', 'oobe tenant resolve'],
    [['tenant', 'import', 'x.csv', '--as', ''], '--as is empty', 'oobe tenant import'],
  ])('is refused: oobe %j', async (args, message, command) => {
    expectRefused(await call(...args), `ERR_BAD_ARGUMENTS: ${message}`, see(command))
    expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
  })
})

describe('an option that would have no effect', () => {
  const LOOPBACK =
    '  oobe serve listens on this machine alone: the address is 127.0.0.1, or another one that begins with 127.'

  test.each<[string[], string, ...string[]]>([
    ...['nope', '127.0.0', '10.0.0.1', '::1', '127.0.0.1/8', 'localhost'].map((address): [string[], string, string] => [
      ['serve', '--http', '--trusted-proxy', address],
      `--trusted-proxy: no proxy can connect from "${address}"`,
      LOOPBACK,
    ]),
    [['show', 'x', '--list'], '--list goes with --wire'],
    [['show', 'x', '--full'], '--full goes with --wire'],
    [['show', 'x', '--only', 'token'], '--only goes with --wire or --har'],
    [['show', 'x', '--force'], '--force goes with --har or --html'],
    [['show', 'x', '--wire', '--har', 'x.har'], '--wire and --har are different things', '  One at a time'],
    [['diff', '--volatile', 'a', 'b'], '--volatile compares nothing: give it without runs and --json'],
    [['diff', '--volatile', '--json'], '--volatile compares nothing: give it without runs and --json'],
    [['tenant', 'import', 'x.csv', '--partner', 'p'], '--partner goes with --as reseller or --as oem'],
  ])('is refused: oobe %j', async (args, message, ...details) => {
    expectRefused(await call(...args), `ERR_BAD_ARGUMENTS: ${message}`, ...details)
  })

  test('is none when it is given again: the last one counts', async () => {
    const ended = await call('device', 'csv', 'surface-laptop-se', '--group-tag', 'A', '--group-tag', 'B')
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/,B\r\n$/) })
  })
})

describe('a fact of an event that would have no effect', () => {
  const LASTING = EVENT_KINDS.filter((kind) => EVENTS[kind].undo !== null)
  const LASTS = `for goes with ${LASTING.join(', ')}: nothing else lasts`
  const ONCE = 'times and from go with a state or a request: a time comes once'

  test.each([
    ['{ when: { at: 1s }, power: cut, for: 5s }', 'for does not go with this power: it does not last'],
    ['{ when: { request: "*" }, drop: true, for: 5s }', LASTS],
    ['{ when: { request: "*" }, delay: 1s, for: 5s }', LASTS],
    ['{ when: { at: 1s }, network: down, times: 2 }', ONCE],
    ['{ when: { at: 1s }, cable: out, from: 2 }', ONCE],
    [
      '{ when: { request: "*" }, drop: true, later: 5s }',
      'later goes with what happens to the device: a request does not wait for it',
    ],
  ])('is refused: %s', async (event, message) => {
    const path = file('bad.yaml', `${GOOD}events:\n  - ${event}\n`)
    const { code, stderr } = await call('run', path)
    expect([code, stderr.split('\n')[0]]).toEqual([2, `error ERR_FILE_INVALID: ${path}:12:5: events.0: ${message}`])
  })
})
