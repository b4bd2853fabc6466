import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { VirtualDevice } from '../../src/device/virtual-device.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { VERSION } from '../../src/run/version.ts'
import { call, file, folder } from './call.ts'
import { changedScenario, HAPPY_PATH, journalOf } from './files.ts'

afterEach(() => void vi.restoreAllMocks())

describe('a bug of ours in one scenario of several', { timeout: 60_000 }, () => {
  test('loses nothing: the others are played, all reports are written, and the message names everything', async () => {
    // The device of the second one breaks when a person signs in.
    const real = VirtualDevice.prototype.signIn
    let signIns = 0
    vi.spyOn(VirtualDevice.prototype, 'signIn').mockImplementation(function (this: VirtualDevice, upn: string) {
      if (++signIns === 2) throw new RangeError('nobody thought of this')
      return real.call(this, upn)
    })
    const args = [
      'asus-ethernet-happy-path',
      HAPPY_PATH,
      'wrong-password',
      '--no-check-settings',
      '--transport',
      'direct',
      '--out',
      join(folder, 'out'),
    ]
    const { code, stdout, stderr } = await call('run', ...args, '--reporter', 'list,junit')
    expect(code).toBe(70)
    expect(stdout).toContain('✓ asus-ethernet-happy-path')
    expect(stdout).toContain(`! ${HAPPY_PATH}\n    ERR_BUG: a bug in oobe-sim: nobody thought of this`)
    expect(stdout).toContain('✓ wrong-password')
    expect(stdout).toContain('2 passed, 1 failed')
    const junit = readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')
    expect(junit).toContain('tests="3" failures="0" errors="1"')
    expect(stderr).toMatch(/^This is a bug in oobe-sim; please report it, with these lines and the journal\.\n/)
    for (const line of [
      `  scenario:    ${HAPPY_PATH}`,
      '  seed:        1',
      /^ {2}device time: \d+:\d\d$/m,
      /^ {2}states: {6}oobe\.\w+.*$/m,
      /^ {2}page: {8}\w+$/m,
      `  journal:     ${join(folder, 'out', HAPPY_PATH, 'journal.ndjson')}`,
      `  version:     oobe-sim ${VERSION}, Node ${process.version}`,
      /^RangeError: nobody thought of this\n {4}at /m,
    ]) {
      expect(stderr).toMatch(line)
    }
    expect(journalOf(join(folder, 'out'), HAPPY_PATH).length).toBeGreaterThan(100)
  })
})

describe('a service that leads to a production host', { timeout: 60_000 }, () => {
  test('fails its own scenario, with its reason; the others are played and the report is written', async () => {
    const contract = JSON.stringify({
      DeviceRegistrationService: {
        RegistrationEndpoint: 'https://enterpriseregistration.windows.net/x',
        ServiceVersion: '1.0',
      },
      AuthenticationService: {
        OAuth2: { AuthCodeEndpoint: `${MOCK_ENDPOINTS.login}/a`, TokenEndpoint: `${MOCK_ENDPOINTS.login}/t` },
      },
      DeviceJoinService: {
        JoinEndpoint: 'https://enterpriseregistration.windows.net/EnrollmentServer/device/',
        JoinResourceId: 'urn:ms-drs:enterpriseregistration.windows.net',
        ServiceVersion: '2.0',
      },
    })
    const fault = `events:\n  - when: { request: "GET *enrollmentserver/contract*" }\n    answer: { status: 200, headers: { content-type: application/json }, body: '${contract}' }\nexpect:`
    const guard = file('guard.yaml', changedScenario(HAPPY_PATH, 'expect:', fault))
    const ended = await call('run', guard, 'wrong-password', '--out', join(folder, 'out'), '--reporter', 'list,junit')
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('! guard\n    ERR_TARGET_PRODUCTION: ')
    expect(ended.stdout).toContain('✓ wrong-password')
    expect(readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')).toContain('tests="2" failures="1" errors="0"')
  })
})

test('the stack of a bug names functions: the bundle keeps them', () => {
  const dist = join(import.meta.dirname, '../../dist')
  const code = readdirSync(dist)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(dist, name), 'utf8'))
    .join('\n')
  for (const name of ['recordTransitions', 'carryOut', 'judged', 'holdSession']) expect(code).toContain(name)
  expect(code).toMatch(/function recordTransitions\(/)
})
