import { describe, expect, test } from 'vitest'
import { MET_IN } from '../../src/cli/explain/scenarios.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { call, expectRefused } from './call.ts'

const explained = async (...args: string[]) =>
  JSON.parse((await call('explain', ...args, '--json')).stdout) as {
    family: string
    code: string
    causes: { certainty?: string }[]
    scenarios: string[]
  }[]

describe('oobe explain', () => {
  test('says what a code means, where it appears, what to do, and which scenarios show it', async () => {
    const { code, stdout } = await call('explain', '0x80180014')
    expect(code).toBe(0)
    expect(stdout).toContain('0x80180014: Windows code\n  an enrolment: The server blocks this platform')
    expect(stdout).toContain('\n    oobe-autopilot-esp.md, 4.9 [D], documented\n')
    expect(stdout).toContain('\n  on the pages: enrollment\n  what to do: ')
    expect(stdout).toMatch(/\n {2}scenarios: .*self-deploying-blocked-after-reset, windows-enrolment-blocked\n/s)
  })

  test.each(['80180014', '0X80180014', '2149056532', '-2145910764', '0x80180014.'])(
    '%s is the same code',
    async (word) => {
      expect(await explained(word)).toEqual(await explained('0x80180014'))
    },
  )

  test.each([
    ['ZtdDeviceAlreadyAssigned', ['registration ZtdDeviceAlreadyAssigned']],
    ['806', ['registration ZtdDeviceAlreadyAssigned']],
    ['807', ['lookup 807', 'event event 807']],
    ['72', ['event event 72']],
    ['event 404', ['event event 404', 'event event 404']],
    ['event 201', ['event event 201', 'event event 201']],
    ['404', ['event event 404', 'event event 404', 'profile CloudAssignedOobeConfig 404']],
    ['1310', ['profile CloudAssignedOobeConfig 1310']],
    ['OobeConfig=28', ['profile CloudAssignedOobeConfig 28']],
    ['AADSTS50126:', ['signIn AADSTS50126']],
    ['1460', ['windows 0x800705b4']],
    ['1641', ['system 0x80070669', 'profile CloudAssignedOobeConfig 1641']],
    ['HTTP 404', ['windows 0x80190194']],
    ['0x801901a1', ['http 0x801901a1']],
    ['0x87d101f4', ['syncml 0x87d101f4']],
    ['0x80071234', ['system 0x80071234']],
    ['0x8028018b', ['tpm TPM_RC_HANDLE']],
    ['tpm_rc_lockout', ['tpm TPM_RC_LOCKOUT']],
    ['CAA70007', ['windows caa70007']],
    ['app InstallationState 4', ['page app InstallationState 4']],
  ])('%s has its meanings, the likeliest first', async (word, meanings) => {
    expect((await explained(...word.split(' '))).map(({ family, code }) => `${family} ${code}`)).toEqual(meanings)
  })

  test('a profile value names each bit', async () => {
    const { stdout } = await call('explain', '1310')
    for (const bit of ['2 userNotLocalAdmin: standard user', '16 skipEula: no licence terms page', '1024 skipKeyboard'])
      expect(stdout).toContain(`\n  ${bit}`)
  })

  test('without a code it lists the families', async () => {
    const { stdout } = await call('explain')
    expect(stdout).toMatch(/^FAMILY +CODES +WHAT IT IS\n/)
    expect(stdout).toMatch(/\nwindows +\d{2,3} +Windows codes/)
    expect(JSON.parse((await call('explain', '--json')).stdout)).toContainEqual(
      expect.objectContaining({ id: 'lookup', codes: 4 }),
    )
  })

  test('an unknown code has one error, with near ones', async () => {
    expectRefused(
      await call('explain', '0x80180099'),
      'ERR_NOT_FOUND: no table has the code "0x80180099"',
      '  Near it are: 0x80180009, 0x80180019, 0x80180029',
    )
    expectRefused(
      await call('explain', 'frobnicate'),
      'ERR_NOT_FOUND: no table has the code "frobnicate"',
      '  "oobe explain" lists the families of codes',
    )
    for (const word of ['0', '99999999999', '0x', '-', 'event', 'x'.repeat(5000)])
      expect((await call('explain', '--', word)).code).toBe(2)
  })
})

const ending = namesOf('scenario').flatMap((name) => {
  const code = loadScenarios(name)[0]!.expect?.code
  return code === undefined ? [] : [[name, code] as const]
})

test.each(ending)('%s ends with %s, and its explanation names the scenario', async (name, code) => {
  expect((await explained(code)).flatMap(({ scenarios }) => scenarios)).toContain(name)
})

test.each(Object.entries(MET_IN).flatMap(([code, names]) => names.map((name) => [code, name] as const)))(
  '%s is met in %s',
  async (code, name) => {
    const { journal } = await runScenario(loadScenarios(name)[0]!, { seed: 1, transport: 'direct' })
    const said = journal.filter(
      (entry) =>
        entry.kind === 'screen' || entry.kind === 'log' || entry.kind === 'response' || entry.kind === 'transition',
    )
    expect(JSON.stringify(said)).toContain(code.replace('AADSTS', ''))
  },
)
