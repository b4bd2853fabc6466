import { describe, expect, test } from 'vitest'
import { call, file, GOOD } from './call.ts'

/** The only error that a file gives rise to, behind its path. */
async function errorOf(args: (path: string) => string[], text: string): Promise<string> {
  const path = file('bad.yaml', text)
  const { code, stdout, stderr } = await call(...args(path))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr.match(/bad\.yaml:\d+:\d+: /g)).toHaveLength(1)
  return stderr.slice(0, stderr.indexOf('\n')).replace(`error ERR_FILE_INVALID: ${path}:`, '')
}

const run = (path: string) => ['run', path]
const FIRST_LINE = '11:11: startsAt: '
const RANGE = 'must be from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z'
const FORM = 'must be a time such as 2026-09-07T08:00:00Z'

describe('the start of a scenario', () => {
  test.each<[string, string]>([
    ['1969-12-31T23:59:59Z', RANGE],
    ['1970-01-01T00:30:00+01:00', RANGE],
    ['0001-01-01T00:00:00Z', RANGE],
    ['9999-12-31T23:59:59-00:01', RANGE],
    ['10000-01-01T00:00:00Z', FORM],
    ['2024-11-04T08:00:00', FORM],
    ['2024-11-04T08:00:00+01', FORM],
    ['2024-13-04T08:00:00Z', FORM],
    ['2024-02-30T08:00:00Z', 'there is no such day'],
    ['tomorrow', FORM],
  ])('is not %s', async (startsAt, message) => {
    expect(await errorOf(run, `${GOOD}startsAt: ${startsAt}\n`)).toBe(FIRST_LINE + message)
  })

  test.each(['1970-01-01T00:00:00Z', '2024-02-29T23:59:59.5Z', '2024-11-04T08:00:00+0100', '9999-12-31T23:59:59Z'])(
    'may be %s',
    async (startsAt) => {
      const ended = await call('run', file('good.yaml', `${GOOD}startsAt: ${startsAt}\n`), '--transport', 'direct')
      expect(ended).toMatchObject({ code: 0, stderr: '' })
    },
  )
})

describe('a number or a time', () => {
  const HUGE = '123456789012345678901234567890'

  test.each<[string, string, string]>([
    ['a huge seed', `seed: ${HUGE}`, '11:7: seed: must be at most 9007199254740991'],
    ['a seed below nothing', 'seed: -1', '11:7: seed: must be at least 0'],
    ['half a seed', 'seed: 1.5', '11:7: seed: must be a whole number'],
    ['no time before it is stuck', 'stuckAfter: 0s', '11:13: stuckAfter: must be more than 0s'],
    ['the same in another form', 'stuckAfter: 0h0m0.0s', '11:13: stuckAfter: must be more than 0s'],
    ['a huge time', `clockSkew: ${HUGE}d`, '11:12: clockSkew: must be at most 36500d'],
    [
      'a fault for no time',
      'events: [{ when: { at: 1s }, network: down, for: 0s }]',
      '11:50: events.0.for: must be more than 0s',
    ],
    [
      'a delay of none',
      'events: [{ when: { request: "*" }, delay: 0ms }]',
      '11:43: events.0.delay: must be more than 0s',
    ],
    [
      'a fault without an end',
      'events: [{ when: { at: 1s }, cable: out, times: .inf }]',
      '11:49: events.0.times: must be a whole number',
    ],
    [
      'a length that is no number',
      'events: [{ when: { request: "*" }, answer: { status: 200, headers: { Oobe-Sim-Declared-Length: abc } } }]',
      '11:96: events.0.answer.headers.Oobe-Sim-Declared-Length: must be a whole number of bytes',
    ],
    ['no limit at all', 'limits: { starts: 0 }', '11:19: limits.starts: must be at least 1'],
    ['a limit without an end', 'limits: { requests: .inf }', '11:21: limits.requests: must be a whole number'],
    ['a limit of nothing', 'limits: { processorTime: 5m }', '11:11: limits.processorTime: unknown key "processorTime"'],
    [
      'a huge status',
      `events: [{ when: { request: "*" }, answer: { status: ${HUGE} } }]`,
      '11:54: events.0.answer.status: must be at most 599',
    ],
  ])('%s is refused', async (_, line, message) => {
    expect(await errorOf(run, `${GOOD}${line}\n`)).toBe(message)
  })

  test.each<[string, string, string]>([
    ['a download without an end', 'downloadMbps: .inf', 'network.downloadMbps: must be at most 1000000'],
    ['a download of nothing', 'downloadMbps: 0', 'network.downloadMbps: must be at least 0.01'],
    ['no number', 'downloadMbps: .nan', 'network.downloadMbps: must be a number'],
  ])('%s is refused', async (_, line, message) => {
    expect(await errorOf(run, GOOD.replace('network:', `network:\n  ${line}`))).toContain(message)
  })

  const APP = 'id: 11111111-1111-1111-1111-111111111111, name: x, publisher: x, version: "1"'
  test.each<[string, string, string]>([
    ['an installation without an end', `apps: [{ ${APP}, installSeconds: .inf }]`, 'must be at most 864000'],
    ['a code that no program returns', `apps: [{ ${APP}, exitCode: 99999999999 }]`, 'must be at most 4294967295'],
    [
      'a profile of a day that never was',
      'deploymentProfiles: [{ id: x, name: x, mode: userDriven, createdDateTime: 2024-02-30T00:00:00Z }]',
      'there is no such day',
    ],
    ['a wait of a million years', 'delays: { import: 365000000d }', 'must be at most 36500d'],
  ])('%s is refused in a tenant', async (_, facts, message) => {
    const changed = `{ use: contoso-school, with: { ${facts}, statusPages: [] } }`
    expect(await errorOf(run, GOOD.replace('contoso-school', changed))).toContain(message)
  })
})
