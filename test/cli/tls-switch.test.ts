import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { doctor, school, trusting } from '../doctor/doctor-scene.ts'
import { call, expectRefused, folder } from './call.ts'

const NOTE =
  /^note: NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates of \S+ are checked\. --trust FILE names .*$/gm

describe('NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  beforeEach(() => void vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'))
  afterEach(() => void vi.unstubAllEnvs())

  test('makes no server fine for doctor, and doctor says so once', async () => {
    const { code, stdout, stderr } = await doctor(await school())
    expect(code).toBe(1)
    expect(stdout).not.toMatch(/over TLS that the device trusts/)
    expect(stdout).toMatch(/problem {2}\S+ .*\(0x80072f0d\)/)
    expect(stderr.match(NOTE)).toHaveLength(1)
  })

  test.each([
    ['run', ['run', 'surface-wifi-happy-path']],
    ['boot', ['boot', '--plain']],
  ])('does not make %s start with a server that is not trusted', async (_, command) => {
    const { code, stderr } = await call(...command, '--service', await school(), '--out', folder)
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^error ERR_SERVICE_UNREACHABLE: .*0x80072f0d/m)])
    expect(stderr.match(NOTE)).toHaveLength(1)
  })

  test('a server that is trusted works, with the same note', async () => {
    const { code, stdout, stderr } = await doctor(await school(), ...trusting())
    expect([code, stdout]).toEqual([0, expect.stringMatching(/over TLS that the device trusts/)])
    expect(stderr).toMatch(NOTE)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('says nothing without a service, and 1 says nothing at all', async () => {
    expectRefused(await call('doctor'), 'ERR_BAD_ARGUMENTS: which service? --service names it')
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1')
    expect((await doctor(await school(), ...trusting())).stderr).toBe('')
  })
})
