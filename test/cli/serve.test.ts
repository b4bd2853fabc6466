import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { hashOf } from '../mock-service/directory/tenant-of.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { oobe } from './program.ts'
import { serve, tokenOf } from './serve-scene.ts'

const DEVICES = '/v1.0/deviceManagement/windowsAutopilotDeviceIdentities'
const instantTenant = () =>
  file(
    'scenarios/tenants/instant.yaml',
    readFileSync('scenarios/tenants/contoso-school.yaml', 'utf8').replace(
      /^devices:\n( .*\n)+/m,
      'devices: []\ndelays: { import: 0s, groups: 0s, profiles: 0s, sync: 0s }\n',
    ),
  )

describe('oobe serve', () => {
  test('is a school to another process: a device sets itself up over HTTPS, with its client certificate', async () => {
    const server = await serve()
    expect((await server.ask('GET', '/healthz')).json).toEqual({ status: 'ok' })
    const args = ['--service', server.origin, '--trust', server.ca, '--out', folder]
    const run = await oobe(['run', 'surface-wifi-happy-path', 'self-deploying-ethernet', ...args], folder)
    expect(run.stdout).toMatch(/2 passed, 0 failed/)
    const headers = await tokenOf(server)
    const { value } = (await server.ask('GET', '/v1.0/deviceManagement/managedDevices', '', headers)).json
    expect(value.map(({ serialNumber }: { serialNumber: string }) => serialNumber)).toEqual([
      'SIM-SLSE-000001',
      'SIM-BR11-000001',
    ])
    server.child.kill('SIGTERM')
    const { code, stdout } = await server.ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/POST \/devicemanagement\/sync 200 [\d.]+ ms\n/)
    expect(stdout).toMatch(/stopped\n$/)
  })

  test('--json: every line is an object', async () => {
    const server = await serve('--json', '--seed', '1')
    await server.ask('GET', '/v1.0/me?secret=x')
    server.child.kill('SIGTERM')
    const lines = (await server.ended).stdout.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { tenant: 'contoso-school', origin: server.origin, requestsKnown: 0, ca: readFileSync(server.ca, 'utf8') },
      { method: 'GET', path: '/v1.0/me', status: 401, tookMs: expect.any(Number) },
      { stopped: true },
    ])
  })

  test('that was killed continues where it was, a broken last line apart', async () => {
    instantTenant()
    const data = join(folder, 'state')
    const first = await serve('--tenant', 'instant', '--data', data)
    const headers = await tokenOf(first)
    const body = JSON.stringify({ hardwareIdentifier: hashOf('surface-laptop-se'), groupTag: 'Library' })
    const path = '/v1.0/deviceManagement/importedWindowsAutopilotDeviceIdentities'
    expect((await first.ask('POST', path, body, headers)).status).toBe(201)
    const before = (await first.ask('GET', DEVICES, '', headers)).json.value
    expect(before).toEqual([expect.objectContaining({ groupTag: 'Library', serialNumber: 'SIM-SLSE-000001' })])
    first.child.kill('SIGKILL')
    await first.ended
    for (const name of ['tenant.json', 'requests.ndjson']) expect(statSync(join(data, name)).mode & 0o077).toBe(0)
    appendFileSync(join(data, 'requests.ndjson'), '{"at":17')

    const port = new URL(first.origin).port
    const second = await serve('--data', data, '--port', port)
    expect(second.origin).toBe(first.origin)
    // Its tokens are still good, and its devices the same.
    expect((await second.ask('GET', DEVICES, '', headers)).json.value).toEqual(before)
    // The token was no change, the import was one.
    await second.ask('POST', `${DEVICES}/${before[0].id}/updateDeviceProperties`, '{"groupTag":"Kitchen"}', headers)
    second.child.kill('SIGTERM')
    expect((await second.ended).stdout).toMatch(/It continues where it was\. Requests known from \S+: 1\n/)
    const third = await serve('--data', data, '--port', port)
    expect((await third.ask('GET', DEVICES, '', headers)).json.value[0].groupTag).toBe('Kitchen')
  })

  test('is not started over the data of another school, or at another port', async () => {
    const data = join(folder, 'state')
    const first = await serve('--data', data)
    first.child.kill('SIGTERM')
    await first.ended
    instantTenant()
    const wrongTenant = await oobe(['serve', '--data', data, '--tenant', 'instant'], folder)
    expect([wrongTenant.code, wrongTenant.stderr]).toEqual([
      2,
      expect.stringContaining(`${data} holds the tenant "contoso-school", not "instant"`),
    ])
    const wrongPort = await oobe(['serve', '--data', data, '--port', '0'], folder)
    expect([wrongPort.code, wrongPort.stderr]).toEqual([2, expect.stringContaining('was served at https://localhost:')])
  })

  test('refuses what it cannot do', async () => {
    expectRefused(
      await call('serve', '--port', 'https'),
      'ERR_BAD_ARGUMENTS: "https" is no port',
      '  a number from 0 to 65535; 0 takes a free one',
    )
    expect((await call('serve', '--trusted-proxy', '127.0.0.1')).stderr).toMatch(/--trusted-proxy goes with --http/)
    expect((await call('serve', 'here')).stderr).toMatch(/serve takes no operand: here/)
    expect((await call('serve', '--tenant', 'nowhere')).stderr).toMatch(/ERR_NOT_FOUND/)
    const server = await serve()
    const taken = await oobe(['serve', '--port', new URL(server.origin).port], folder)
    expect([taken.code, taken.stderr]).toEqual([
      3,
      expect.stringMatching(/ERR_CANNOT_LISTEN: \S+: another program listens there/),
    ])
    file('state/tenant.json', '{"definition":')
    const broken = await oobe(['serve', '--data', join(folder, 'state')], folder)
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringMatching(/ERR_DATA_FOLDER: \S+tenant\.json:1: /)])
  })
})

describe('--service', () => {
  const run = (...args: string[]) => call('run', 'surface-wifi-happy-path', '--out', folder, ...args)

  test.each<[string[], number, RegExp]>([
    [['--service', 'https://login.microsoftonline.com'], 2, /ERR_TARGET_PRODUCTION/],
    [['--service', 'https://localhost:1'], 3, /ERR_SERVICE_UNREACHABLE: .*0x80072efd.*Is it running/],
    [['--service', 'https://'], 2, /ERR_TARGET: the target begins like a URL, and is none/],
    [['--service', 'nowhere.yaml'], 2, /ERR_NOT_READABLE: nowhere\.yaml cannot be read/],
    [['--trust', 'ca.pem'], 2, /--trust goes with --service/],
    [['--service', 'https://localhost:1', '--trust', 'scenarios'], 2, /ERR_NOT_READABLE/],
  ])('%j is refused', async (args, code, message) => {
    const ended = await run(...args)
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)])
  })

  test('a server whose authority is not trusted is not reported as a school without internet', async () => {
    const server = await serve()
    const ended = await run('--service', server.origin)
    expect([ended.code, ended.stderr]).toEqual([3, expect.stringMatching(/0x80072f0d.*--trust FILE names it/)])
    expect(existsSync(join(folder, 'surface-wifi-happy-path'))).toBe(false)
  })

  test('a service that takes connections and never answers is waited for, and not for ever', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const { code, stderr } = await run('--service', `https://127.0.0.1:${port}`)
    expect([code, stderr]).toEqual([3, expect.stringMatching(/ERR_SERVICE_SILENT: .*does not answer/)])
  })

  test('takes a profile, and tells a wrong one by line and column', async () => {
    const profile = file('mdm.yaml', 'title: Staging\nservices: { discvery: https://localhost:1/x }\n')
    expect((await run('--service', profile)).stderr).toMatch(
      /mdm\.yaml:2:13: .*unknown key "discvery"\. Did you mean "discovery"\?/,
    )
    const empty = file('empty.yaml', 'title: Nothing\n')
    expect((await run('--service', empty)).stderr).toMatch(/ERR_TARGET: \S+empty\.yaml names no service/)
    const server = await serve()
    file('good.yaml', `title: Staging\norigin: ${server.origin}\ntrust: [ca.pem]\n`)
    expect((await run('--service', join(folder, 'good.yaml'))).stdout).toMatch(/1 passed, 0 failed/)
  })

  describe('with an MDM server alone', () => {
    const SCENARIO = `title: An MDM of its own
device: surface-laptop-se
tenant: contoso-school
network: { wifi: [{ ssid: Contoso-Students, key: learn-anywhere }] }
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  network: { wifi: Contoso-Students, key: learn-anywhere }
  signIn: { email: alice@contoso.example, password: correct-horse }
expect: { outcome: desktop, managed: true }
`
    async function enrol(enrollment: string) {
      const server = await serve('--tenant', 'contoso-school')
      const key = derivedKeys.rsa2048('tenant:contoso-school', 'token-signing')
      file('key.pem', key.export({ type: 'pkcs8', format: 'pem' }) as string)
      file(
        'stranger.pem',
        derivedKeys.rsa2048('stranger', 'token-signing').export({ type: 'pkcs8', format: 'pem' }) as string,
      )
      const profile = file(
        'mdm.yaml',
        `title: An MDM\nservices: { discovery: ${server.origin}/EnrollmentServer/Discovery.svc }\ntrust: [ca.pem]\nenrollment: ${enrollment.replaceAll('ORIGIN', server.origin)}\n`,
      )
      const ended = await call('run', file('mdm-alone.yaml', SCENARIO), '--out', folder, '--service', profile)
      const headers = await tokenOf(server)
      const { value } = (await server.ask('GET', '/v1.0/deviceManagement/managedDevices', '', headers)).json
      return { ...ended, enrolled: value.length as number }
    }
    const claims =
      '{ iss: "ORIGIN/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/v2.0", tid: 6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c, aud: "ORIGIN/", scp: mdm_delegation, upn: "", oid: x, idtyp: device }'

    test('enrols there with a token that the profile mints, and does the rest with the mock', async () => {
      const { stdout, enrolled } = await enrol(
        `{ token: { minted: { key: key.pem, keyId: oobe-sim-1, claims: ${claims} } } }`,
      )
      expect(stdout).toMatch(/✓ mdm-alone +desktop \(standard user, managed, Autopilot\)/)
      expect(enrolled).toBe(1)
    })

    test('is refused with a token that another key signed, and with none that it knows', async () => {
      const stranger = await enrol(`{ token: { minted: { key: stranger.pem, keyId: oobe-sim-1, claims: ${claims} } } }`)
      expect([stranger.code, stranger.enrolled]).toEqual([1, 0])
      expect(stranger.stdout).toMatch(/failed on page enrollment with 0x8018/)
    })

    test('says what is wrong with the secret', async () => {
      const profile = (enrollment: string) =>
        file(
          'mdm.yaml',
          `title: T\nservices: { discovery: https://localhost:1/Discovery.svc }\nenrollment: ${enrollment}\n`,
        )
      const refusal = async (enrollment: string) => (await run('--service', profile(enrollment))).stderr
      expect(await refusal('{ token: { env: NO_SUCH_TOKEN } }')).toMatch(/needs NO_SUCH_TOKEN from the environment/)
      expect(await refusal('{ token: {} }')).toMatch(/enrollment.token says none: one of text, file, env/)
      file('junk.pem', 'junk')
      expect(await refusal('{ token: { minted: { key: junk.pem, claims: {} } } }')).toMatch(
        /junk\.pem holds no private key in PEM/,
      )
    })
  })
})
