import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfigurationFile } from '../../src/protocols/autopilot/configuration-file.ts'
import { call, expectRefused, file, folder } from './call.ts'

const SHIPPED = join(import.meta.dirname, '../../scenarios/modes/AutopilotConfigurationFile.json')

const told = async (...args: string[]) => JSON.parse((await call('profile', 'explain', ...args, '--json')).stdout)

describe('oobe profile explain', () => {
  const HIDDEN = ['licence terms', 'privacy settings']
  test.each<[number, string, string, number[], string[], string[]]>([
    [28, 'user-driven', 'local administrator', [4, 8, 16], ['keyboard'], HIDDEN],
    [264, 'user-driven', 'local administrator', [8, 256], [...HIDDEN, 'keyboard'], []],
    [286, 'user-driven', 'standard user', [2, 4, 8, 16, 256], ['keyboard'], HIDDEN],
    [1310, 'user-driven', 'standard user', [2, 4, 8, 16, 256, 1024], [], [...HIDDEN, 'keyboard']],
    [382, 'self-deploying', 'standard user', [2, 4, 8, 16, 32, 64, 256], ['keyboard'], HIDDEN],
    [1406, 'self-deploying', 'standard user', [2, 4, 8, 16, 32, 64, 256, 1024], [], [...HIDDEN, 'keyboard']],
  ])('%i: its bits, mode, account and pages', async (value, mode, account, bits, shown, hidden) => {
    const profile = await told(String(value))
    expect(profile).toMatchObject({ oobeConfig: value, mode, account, shown, known: expect.any(String), file: null })
    expect(profile.bits.map((bit: { value: number }) => bit.value)).toEqual(bits)
    expect(profile.hidden.map(({ page }: { page: string }) => page)).toEqual([...hidden, 'OEM registration'])
  })

  test('each bit has its name and how sure it is', async () => {
    const { bits } = await told('4382')
    expect(bits).toContainEqual(expect.objectContaining({ name: 'OobeUserNotLocalAdmin', certainty: 'documented' }))
    expect(bits).toContainEqual(expect.objectContaining({ name: 'Skip Windows upgrade UX', certainty: 'observed' }))
    expect(bits.at(-1)).toMatchObject({ value: 4_096, name: 'unknown', certainty: 'unknown' })
  })

  test('it is printed for people as well', async () => {
    const { code, stdout } = await call('profile', 'explain', '0x51e')
    expect(code).toBe(0)
    expect(stdout).toContain('CloudAssignedOobeConfig 1310: user-driven, standard user')
    expect(stdout).toMatch(/ +16 {2}SkipEula +no licence terms page +documented\n/)
    expect(stdout).toContain('mode     user-driven: neither of the bits 32 and 64\n')
    expect(stdout).toContain('keyboard (on a cable, and where the profile has a language)')
  })

  test('no bit, all bits, and one bit of two that come together', async () => {
    expect(await told('0')).toMatchObject({ bits: [], mode: 'user-driven', account: 'local administrator' })
    expect((await told('0xffffffff')).bits).toHaveLength(32)
    expect(await told('32')).toMatchObject({ mode: 'unknown', why: expect.stringContaining('was never seen') })
  })

  test('of a file it says whether Windows takes it', async () => {
    expect(await told(SHIPPED)).toMatchObject({ oobeConfig: 286, file: { name: SHIPPED, isUsed: true, unread: [] } })
    const { stdout } = await call('profile', 'explain', SHIPPED)
    expect(stdout).toContain('As AutopilotConfigurationFile.json Windows takes it: a profile of contoso.example')
  })

  test('a file that Windows does not take is explained all the same', async () => {
    const text = readFileSync(SHIPPED, 'utf8')
    const utf16 = file('utf-16.json', Buffer.from(`\ufeff${text}`, 'utf16le'))
    expect(await told(utf16)).toMatchObject({
      oobeConfig: 286,
      file: { isUsed: false, why: 'the file is UTF-16 (little-endian), not ANSI' },
    })
    const cached = file('AutopilotDDSZTDFile.json', text.replace(': 286', ': 1406'))
    expect(await told(cached)).toMatchObject({
      mode: 'self-deploying',
      file: { isUsed: false, why: expect.stringContaining('user-driven mode alone') },
    })
  })

  const WHAT = '  a whole number of 32 bits, such as 1310 or 0x51e'
  test.each(['-5', '4294967296', '1.5', '1e3', '0x', '12abc', '99999999999999999999'])(
    '%s is no value',
    async (value) => {
      expectRefused(
        await call('profile', 'explain', value),
        `ERR_BAD_ARGUMENTS: "${value}" is no value of CloudAssignedOobeConfig`,
        WHAT,
      )
    },
  )

  test('what is no profile is refused with one error', async () => {
    const refusal = async (text: string | Uint8Array) =>
      (await call('profile', 'explain', file('p.json', text))).stderr.replace(`${folder}/`, '')
    expect(await refusal('')).toBe('error ERR_PROFILE_MALFORMED: p.json: the document is not JSON\n')
    expect(await refusal('[1310]')).toBe('error ERR_PROFILE_MALFORMED: p.json: the document is not an object\n')
    expect(await refusal('{"a":1}')).toContain('CloudAssignedOobeConfig is missing')
    expect(await refusal('{"CloudAssignedOobeConfig":"28"}')).toContain('is no whole number of 32 bits')
    expect(await refusal('{"CloudAssignedOobeConfig":1e999}')).toContain('is no whole number of 32 bits')
    expect(await refusal(Buffer.alloc(1024 * 1024 + 1, 0x20))).toContain('ERR_FILE_TOO_LARGE')
    expectRefused(
      await call('profile', 'explain', 'gone.json'),
      'ERR_NOT_FOUND: there is no file "gone.json", and it is no number',
      '  a value of CloudAssignedOobeConfig, such as 1310, or a file with a profile',
    )
    expect((await call('profile', 'explain', folder)).stderr).toContain('ERR_NOT_READABLE')
    expect((await call('profile', 'explain')).code).toBe(2)
    expect((await call('profile', 'explain', '28', '264')).code).toBe(2)
  })
})

describe('oobe profile export', () => {
  test('is a file that Windows takes, with the id of the profile', async () => {
    const { code, stdout } = await call('profile', 'export', 'classroom')
    expect(code).toBe(0)
    expect(readConfigurationFile(Buffer.from(stdout))).toMatchObject({
      kind: 'profile',
      unread: [],
      profile: { tenantDomain: 'contoso.example', oobeConfig: 286, deviceName: 'CLS-%SERIAL%', forcedEnrollment: true },
    })
    expect((await call('profile', 'export', 'Classroom laptops')).stdout).toBe(stdout)
  })

  test('into a file, with a correlation id of its own', async () => {
    const correlator = '7C0E5B1D-2F64-4A8E-9B3C-5D6E7F8A9B0C'
    const out = join(folder, 'AutopilotConfigurationFile.json')
    const write = (...more: string[]) =>
      call('profile', 'export', 'classroom', '--correlator', correlator, '--out', out, ...more)
    expect((await write()).code).toBe(0)
    const written = JSON.parse(readFileSync(out, 'utf8'))
    expect(written.ZtdCorrelationId).toBe(correlator.toLowerCase())
    expect((await write()).stderr).toContain('ERR_FILE_EXISTS')
    expect((await write('--force')).code).toBe(0)
  })

  test('refuses what no file can be made of', async () => {
    expectRefused(
      await call('profile', 'export', 'library'),
      'ERR_PROFILE_MODE: "Library shared devices" is self-deploying: a file is for user-driven mode alone',
    )
    expectRefused(
      await call('profile', 'export', 'clasroom'),
      'ERR_NOT_FOUND: the tenant has no deployment profile "clasroom"',
      '  Did you mean "classroom"?',
    )
    expect((await call('profile', 'export', 'classroom', '--correlator', '{x}')).stderr).toContain('is no GUID')
    expect((await call('profile', 'export', 'classroom', '--force')).stderr).toContain('--force goes with --out')
    expect((await call('profile', 'export')).code).toBe(2)
  })
})
