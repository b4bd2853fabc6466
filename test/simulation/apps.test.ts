import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import type { Transport } from '../../src/ports/http.ts'
import { decodeSyncML } from '../../src/protocols/syncml/decode.ts'
import type { Change } from './played.ts'
import { firstSeen, played, restartsOf, screensOf } from './played.ts'

const DEVICE = './Device/Vendor/MSFT'
const BROWSER = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501'
const PRINTING = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503'
const READING = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f504'
const tracked = (id: string, scope = 'Device') =>
  `./${scope}/Vendor/MSFT/EnrollmentStatusTracking/Setup/Apps/Tracking/Sidecar/Win32App_${id}_1`
const state = (id: string, scope?: string) => `${tracked(id, scope)}/InstallationState`
const reboot = (id: string) => `${tracked(id)}/RebootRequired`
const appsStep = (journal: Parameters<typeof screensOf>[0]) => [
  ...new Set(
    screensOf(journal)
      .flatMap(({ progress }) => progress?.categories?.find(({ id }) => id === 'deviceSetup')?.steps ?? [])
      .flatMap(({ id, status }) => (id === 'apps' ? [status] : [])),
  ),
]

describe('apps of the management extension', () => {
  test('go from 1 over 2 to 3, the device one after the other and then the person [point 55]', async () => {
    const watch = [state(BROWSER), state(READING, 'User')]
    const { outcome, values, journal } = await played('win32-apps', { watch })
    expect(outcome).toMatchObject({ kind: 'desktop' })
    expect(values[state(BROWSER)]).toEqual(['1', '2', '3'])
    expect(values[state(READING, 'User')]).toEqual(['1', '2', '3'])
    expect(appsStep(journal)).toEqual(['Identifying', '0 of 2 installed', '1 of 2 installed', '2 of 2 installed'])
  })

  test('that fail are in state 4, and those behind them are not begun [point 55]', async () => {
    const watch = [state(BROWSER), state(PRINTING)]
    const { outcome, values } = await played('win32-app-fails', { watch })
    expect(outcome).toMatchObject({ kind: 'failed', code: '0x80004005' })
    expect(values).toEqual({ [state(BROWSER)]: ['1', '2', '4'], [state(PRINTING)]: ['1'] })
  })

  test.each([
    ['delays no page', false, ['1', '3'], { kind: 'desktop' }],
    ['holds the page up on a device with the bug', true, ['1'], { kind: 'failed', code: '0x800705b4' }],
  ])('an app that is skipped %s [point 55]', async (_, skippedAppBlocks, states, end) => {
    const uri = state(READING, 'User')
    const { outcome, values } = await played('app-skipped', {
      behaviour: { skippedAppBlocks },
      page: { timeoutMinutes: 20 },
      watch: [uri],
    })
    expect(outcome).toMatchObject(end)
    expect(values[uri]).toEqual(states)
  })

  test.each([
    ['3010: soft, at the end of device setup', 'app-wants-restart', '2', ['1', '2', '3']],
    ['1641: hard, at once', 'app-restarts-at-once', '3', ['1']],
  ])('an app may need a restart, %s [points 55, 57]', async (_, id, flag, statesOfTheNext) => {
    const watch = [reboot(BROWSER), state(PRINTING)]
    const { outcome, journal, values } = await played(id, { watch })
    expect(outcome).toMatchObject({ kind: 'desktop' })
    // After the start nothing asks for it any more.
    expect(values[reboot(BROWSER)]).toEqual(['1', flag, '1'])
    expect(values[state(PRINTING)]).toEqual(['1', '2', '3'])
    const [{ at } = { at: 0 }] = restartsOf(journal).filter(({ reason }) => reason?.startsWith('device setup'))
    const begun = journal.some(
      (entry) => entry.kind === 'log' && entry.at < at && entry.text === 'Win32 app PaperCut installed',
    )
    expect(begun).toBe(statesOfTheNext.includes('3'))
  })
})

/** Runs one app of this kind, with what the server of its content does to it. */
async function install(
  kind: 'msi' | 'msix',
  change: object,
  spoil?: (body: Uint8Array) => Uint8Array,
  fromServer: (text: string) => string = (text) => text,
) {
  const requests: HttpRequest[] = []
  const wrap: NonNullable<Change['wrap']> =
    (transport: Transport): Transport =>
    async (request, peer, signal) => {
      requests.push(request)
      const response = await transport(request, peer, signal)
      const isPackage = request.url.includes(PRINTING)
      if (request.url.includes('/devicemanagement/')) {
        const text = fromServer(new TextDecoder().decode(response.body))
        return { ...response, body: new TextEncoder().encode(text) }
      }
      return spoil && isPackage ? { ...response, body: spoil(response.body) } : response
    }
  const family = `${DEVICE}/EnterpriseModernAppManagement/AppInstallation/PaperCut_`
  const product = `${DEVICE}/EnterpriseDesktopAppManagement/MSI/%7B${PRINTING.toUpperCase()}%7D`
  const result = await played('msi-takes-too-long', {
    apps: [{ kind, installSeconds: 50, timeoutMinutes: 0, retryCount: 2, ...change }],
    // The device continues after a failure, and has time to report it.
    page: { allowContinue: true },
    person: { enrollmentStatusFailure: 'continueAnyway' },
    wrap,
    watch: [`${product}/Status`, `${product}/LastError`],
  })
  const alerts = requests
    .filter(({ url }) => url.includes('/devicemanagement/'))
    .flatMap(({ body }) => decodeSyncML(body).commands)
    .flatMap((command) => (command.kind === 'Alert' && command.data === '1226' ? [command] : []))
    .flatMap(({ items }) => items ?? [])
    .filter(({ source }) => source?.startsWith(product) || source?.startsWith(family))
  const downloads = requests.filter(({ url }) => url.includes(PRINTING)).length
  const failed = screensOf(result.journal).find(({ page }) => page === 'enrollmentStatusFailure')
  expect(result.outcome).toMatchObject({ kind: 'desktop' })
  return { ...result, code: failed?.failure?.code, alerts, downloads, statuses: result.values[`${product}/Status`] }
}

/** The package with one bit changed. */
const flipped = (body: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(body)
  copy[copy.length >> 1]! ^= 1
  return copy
}

const INSTALLED = ['10', '20', '40', '50', '70']

describe('an MSI job', () => {
  test('goes through its numbers to 70, and reports 0 [point 56]', async () => {
    const { code, statuses, alerts, downloads } = await install('msi', {})
    expect(code).toBeUndefined()
    expect({ statuses, downloads }).toEqual({ statuses: INSTALLED, downloads: 1 })
    expect(alerts).toMatchObject([
      {
        meta: { type: 'Reversed-Domain-Name:com.microsoft.mdm.win32csp_install', format: 'int', mark: 'informational' },
        data: '0',
      },
    ])
  })

  test('takes the next address where the first has nothing [point 56]', async () => {
    const first = 'https://enrollment.manage.microsoft.test/content/gone.msi'
    const { code, journal, downloads, statuses } = await install('msi', {}, undefined, (text) =>
      text.replaceAll('&lt;ContentURLList&gt;', `&lt;ContentURLList&gt;&lt;ContentURL&gt;${first}&lt;/ContentURL&gt;`),
    )
    expect({ code, downloads, statuses }).toEqual({ code: undefined, downloads: 1, statuses: INSTALLED })
    const begun = journal.flatMap((entry) =>
      entry.kind === 'app' && entry.state === 'downloading' ? [entry.url!.split('/').at(-1)] : [],
    )
    expect(begun.slice(-2)).toEqual(['gone.msi', `${PRINTING}.msi`])
  })

  test('whose file has one bit changed is downloaded as often as it may be, and refused by its hash [point 56]', async () => {
    const { code, statuses, alerts, downloads } = await install('msi', {}, flipped)
    expect(code).toBe('0x80091007')
    expect({ statuses, downloads }).toEqual({ statuses: ['10', '20', '25', '20', '25', '20', '30'], downloads: 3 })
    expect(alerts.map(({ data }) => data)).toEqual([String(0x80091007 | 0)])
  })

  test('whose installer fails is tried again, and reports its code [point 56]', async () => {
    const { code, statuses, alerts } = await install('msi', { exitCode: 1603, retryCount: 1 })
    expect(code).toBe('0x80070643')
    expect(statuses).toEqual(['10', '20', '40', '50', '55', '20', '40', '50', '60'])
    expect(alerts.map(({ data }) => data)).toEqual([String(0x80070643 | 0)])
  })

  test('that takes longer than TimeOut is given up after its tries [point 56]', async () => {
    const { journal, code, statuses } = await install('msi', {
      installSeconds: 400,
      timeoutMinutes: 2,
      retryCount: 1,
    })
    expect(code).toBe('0x800705b4')
    expect(statuses?.slice(-2)).toEqual(['50', '60'])
    const begun = journal.filter(
      (entry) => entry.kind === 'app' && entry.state === 'installing' && entry.name === 'PaperCut',
    )
    expect(begun.map(({ at }) => at - begun[0]!.at)[1]).toBeGreaterThanOrEqual(2 * 60_000 + 60_000)
    expect(firstSeen(journal, 'enrollmentStatusFailure')).toBe(begun[1]!.at + 2 * 60_000)
  })
})

describe('an MSIX package', () => {
  const TYPE = 'Reversed-Domain-Name:com.microsoft.mdm.EnterpriseHostedAppInstall.result'

  test.each<[string, object, ((body: Uint8Array) => Uint8Array) | undefined, string | undefined, number]>([
    ['is installed', {}, undefined, undefined, 0],
    ['fails', { exitCode: 1603 }, undefined, '0x80073cf9', 0x80073cf9 | 0],
    ['cannot be opened', {}, (body) => body.subarray(0, 9), '0x80073cf0', 0x80073cf0 | 0],
  ])('that %s says so in its alert [point 56]', async (_, change, spoil, expected, hresult) => {
    const { code, alerts } = await install('msix', change, spoil)
    expect(code).toBe(expected)
    expect(alerts).toMatchObject([{ meta: { type: TYPE, format: 'int' }, data: String(hresult) }])
  })
})
