import { describe, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { type Held, mayOrder, mayRun } from '../../src/device/held.ts'
import { InstallationQueue } from '../../src/device/installation-queue.ts'
import { APP_STATE, ManagementAgent, REBOOT } from '../../src/device/management-agent.ts'
import {
  cancelled,
  isPageEnabled,
  type PreparedDevice,
  preparationProgress,
  preparationSettings,
  progressText,
} from '../../src/device/preparation.ts'
import { PREPARATION_NODES } from '../../src/domain/device-preparation.ts'
import { encodeExecutionContext } from '../../src/protocols/device-preparation/execution-context.ts'

const MSI = './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7BA%7D'
const AGENT = './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7BAGENT%7D'
const ITEM = { revision: 1, version: '1', isApplicable: true, url: 'https://x/', fileHash: '' }
const SCRIPT = { ...ITEM, id: 'zone', name: 'Zone', kind: 'script' as const }
const APP = { ...ITEM, id: 'sketch', name: 'Sketch' }
const LATER = { ...ITEM, id: 'library', name: 'Library', isLater: true }
const { context, pageEnabled, pageSettings, agentInstalled } = PREPARATION_NODES

const workload = (id: string, kind: 'msi' | 'script' | 'win32', uri = '') => ({
  id,
  name: id,
  kind,
  uri,
  isSkipped: false,
})

function deviceWith(workloads: ReturnType<typeof workload>[] | undefined): PreparedDevice & { agent: ManagementAgent } {
  const csp = new CspTree({ write: () => {} })
  const text = workloads && encodeExecutionContext({ policyName: 'P', accountType: 'standard', workloads })
  csp.set(context, 'chr', text ?? 'what another server says')
  return {
    csp,
    installations: new InstallationQueue(),
    agent: new ManagementAgent('Sidecar', 'https://mdm.example/apps', csp),
  }
}

const without = (device: PreparedDevice): PreparedDevice => ({ ...device, agent: undefined })

describe('what may be installed', () => {
  const rows: [Held, boolean[]][] = [
    ['agent', [true, false, false]],
    ['sync', [true, false, false]],
    ['apps', [true, false, false]],
    ['scripts', [true, true, false]],
    ['furtherApps', [true, true, true]],
    ['failed', [false, false, false]],
    [undefined, [true, true, true]],
  ]
  test.each(rows)('in the part %s: orders, scripts, apps', (held, may) => {
    expect([mayOrder(held), mayRun(held, SCRIPT), mayRun(held, APP)]).toEqual(may)
  })

  test('the extension begins what has its turn, in the order of its list', () => {
    const { agent } = deviceWith([])
    agent.checkedIn(agent.nextCheckIn(0)!, [SCRIPT, APP, LATER])
    const next = (held: Held, pageClosedAt?: number) => agent.nextApp({ held, now: 30_000, pageClosedAt })?.app.id
    expect([next('apps'), next('scripts'), agent.waitMs({ held: 'apps', now: 0 })]).toEqual([
      undefined,
      'zone',
      undefined,
    ])
    agent.finish(SCRIPT)
    expect([next('scripts'), next('furtherApps')]).toEqual([undefined, 'sketch'])
    agent.finish(APP)
    // Twenty seconds after the page was closed.
    expect([next('furtherApps'), next(undefined), next(undefined, 15_000), next(undefined, 10_000)]).toEqual([
      undefined,
      undefined,
      undefined,
      'library',
    ])
    expect(agent.waitMs({ now: 12_000, pageClosedAt: 10_000 })).toBe(18_000)
  })
})

describe('the states of workloads', () => {
  test('of an app that a server orders', () => {
    const device = deviceWith([workload('a', 'msi', MSI)])
    const states = ['10', '50', '60', '70'].map((value) => {
      device.csp.set(`${MSI}/Status`, 'int', value)
      return preparationProgress(device).workloads[0]!.state
    })
    expect(states).toEqual(['inProgress', 'inProgress', 'failed', 'completed'])
  })

  test('with the code of a failure', () => {
    const device = deviceWith([workload('a', 'msi', MSI)])
    device.csp.set(`${MSI}/Status`, 'int', '60')
    const codeOf = () => preparationProgress(device).workloads[0]!.code
    expect(codeOf()).toBe('0x80004005')
    device.csp.set(`${MSI}/LastError`, 'int', String(0x80070643 | 0))
    expect(codeOf()).toBe('0x80070643')
  })

  test('of the items of the extension', () => {
    const device = deviceWith([workload('zone', 'script'), workload('sketch', 'win32'), workload('library', 'win32')])
    const { agent } = device
    const states = () => preparationProgress(device).workloads.map(({ state }) => state)
    expect(states()).toEqual(['notStarted', 'notStarted', 'notStarted'])
    agent.checkedIn(agent.nextCheckIn(0)!, [SCRIPT, APP, LATER])
    agent.set('device', SCRIPT, 'InstallationState', APP_STATE.completed)
    agent.set('device', APP, 'InstallationState', APP_STATE.completed)
    agent.set('device', APP, 'RebootRequired', REBOOT.soft)
    agent.skip(LATER)
    expect(states()).toEqual(['completed', 'rebootRequired', 'skipped'])
    agent.set('device', SCRIPT, 'InstallationState', APP_STATE.error)
    agent.finish(SCRIPT, 0x80070001 | 0)
    expect(preparationProgress(device).workloads[0]).toMatchObject({ state: 'failed', code: '0x80070001' })
  })

  test('are cancelled when the deployment ends before them', () => {
    const progress = {
      agent: { state: 'here' as const },
      workloads: (['completed', 'failed', 'inProgress', 'notStarted', 'skipped'] as const).map((state) => ({
        id: state,
        name: state,
        kind: 'win32' as const,
        state,
      })),
    }
    const { workloads } = JSON.parse(progressText(cancelled(progress))) as { workloads: { state: number }[] }
    expect(workloads.map(({ state }) => state)).toEqual([1, 4, 7, 7, 2])
  })
})

describe('the management extension', () => {
  test('is waited for, and fails with the code of its own order', () => {
    const device = without(deviceWith([workload('a', 'msi', MSI)]))
    const agentOf = () => preparationProgress(device).agent
    expect(agentOf()).toEqual({ state: 'waiting' })
    const job = { kind: 'msi' } as never
    device.installations.order(MSI, job)
    device.installations.finish(device.installations.next()!, 1)
    expect(agentOf()).toEqual({ state: 'waiting' })
    device.installations.order(AGENT, job)
    device.installations.finish(device.installations.next()!, 1)
    device.csp.set(`${AGENT}/LastError`, 'int', String(0x80070652 | 0))
    expect(agentOf()).toEqual({ state: 'failed', code: '0x80070652' })
  })

  test('may be another than ours: the server says that it is there', () => {
    const device = without(deviceWith(undefined))
    device.csp.set(agentInstalled, 'bool', 'true')
    expect(preparationProgress(device)).toEqual({ agent: { state: 'here' }, workloads: [] })
  })
})

describe('the settings of the page', () => {
  test('are those of the server', () => {
    const { csp } = deviceWith([])
    expect(isPageEnabled(csp)).toBe(false)
    expect(csp.replace(pageEnabled, 'bool', 'true').status).toBe(200)
    const settings = { PageTimeoutSeconds: 900, ErrorMessage: 'Ask', AllowSkipOnFailure: true, AllowDiagnostics: true }
    expect(csp.replace(pageSettings, 'chr', JSON.stringify(settings)).status).toBe(200)
    expect([isPageEnabled(csp), preparationSettings(csp)]).toEqual([
      true,
      {
        limitMs: 900_000,
        agentLimitMs: 1_800_000,
        errorText: 'Ask',
        canSkip: true,
        canCollectLogs: true,
        isStandardUser: true,
        policy: 'P',
      },
    ])
  })

  test('have defaults where a server says nothing, and are refused where they cannot be read', () => {
    const { csp } = deviceWith(undefined)
    expect(csp.replace(pageSettings, 'chr', 'sixty minutes').status).toBe(500)
    expect(preparationSettings(csp)).toMatchObject({
      limitMs: 3_600_000,
      canSkip: false,
      isStandardUser: false,
      policy: '',
    })
    expect(csp.replace(PREPARATION_NODES.pageStatus, 'int', '3').status).toBe(405)
  })
})
