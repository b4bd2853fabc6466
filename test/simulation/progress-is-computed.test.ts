import { expect, test } from 'vitest'
import type { Transport } from '../../src/ports/http.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** Takes one command out of the server's messages, as if it had never been sent. */
const without =
  (uri: string) =>
  (transport: Transport): Transport =>
  async (request, peer, signal) => {
    const response = await transport(request, peer, signal)
    if (!request.url.includes('/devicemanagement/')) return response
    const text = new TextDecoder().decode(response.body)
    const command = new RegExp(
      `<(Add|Replace|Exec)><CmdID>[^<]*</CmdID><Item><Target><LocURI>${uri}</LocURI>.*?</\\1>`,
      'g',
    )
    return { ...response, body: new TextEncoder().encode(text.replace(command, '')) }
  }

const play = async (wrap?: (transport: Transport) => Transport) => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const { tenant } = scenario!
  const policies = [
    ...tenant.policies,
    { policy: 'KioskBrowser/DefaultURL', scope: 'device' as const, value: 'about:blank' },
  ]
  return runScenario(
    { ...scenario!, tenant: { ...tenant, policies } },
    { seed: 1, transport: 'direct', ...(wrap ? { wrap } : {}) },
  )
}

const lastOfDeviceSetup = ({ journal }: Awaited<ReturnType<typeof play>>): string | undefined =>
  journal
    .flatMap((entry) => (entry.kind === 'transition' && entry.machine === 'deviceSetup' ? [entry.to] : []))
    .findLast((to) => to !== undefined)

const FIRST_SYNC = './Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus'

test.each([
  [
    'a policy that is expected',
    // One of those that Intune lists (oobe-autopilot-esp.md, 4.5 [D]).
    './Device/Vendor/MSFT/Policy/Config/KioskBrowser/DefaultURL',
    'securityPolicies',
  ],
  [
    'a Wi-Fi profile that is expected',
    './Device/Vendor/MSFT/WiFi/Profile/Contoso-Students/WlanXml',
    'networkConnections',
  ],
  ['the end of provisioning', `${FIRST_SYNC}/ServerHasFinishedProvisioning`, 'apps'],
])('without %s the page stops progressing, and the time limit ends it', async (_, uri, state) => {
  const run = await play(without(uri))
  expect(run.outcome).toMatchObject({ kind: 'failed', page: 'enrollmentStatusFailure', code: '0x800705b4' })
  expect(lastOfDeviceSetup(run)).toBe(state)
})

test('without the list of policies the release alone ends device setup', async () => {
  expect(lastOfDeviceSetup(await play(without(`${FIRST_SYNC}/ExpectedPolicies`)))).toBe('succeeded')
})

test('with all commands it does not stop', async () => {
  expect((await play(without('./Device/Nothing'))).outcome).toMatchObject({ kind: 'desktop' })
})

test('without the order for the agent, device preparation runs into its time limit', async () => {
  const agent = './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7B8F2B6F4A[^<]*/DownloadInstall'
  const { outcome, durationMs } = await play(without(agent))
  expect(outcome).toMatchObject({ kind: 'failed', code: '0x800705b4' })
  expect(durationMs).toBeLessThan(20 * 60_000)
})

test('the page shows live counts from the tree', async () => {
  const { journal } = await play()
  const counts = journal.flatMap((entry) => {
    if (entry.kind !== 'screen' || !('screen' in entry)) return []
    const setup = entry.screen.progress?.categories?.find(({ id }) => id === 'deviceSetup')
    return setup?.steps.filter(({ id }) => id === 'apps').map(({ status }) => status) ?? []
  })
  expect([...new Set(counts)]).toEqual([
    'Identifying',
    '0 of 3 installed',
    '1 of 3 installed',
    '2 of 3 installed',
    '3 of 3 installed',
  ])
})
