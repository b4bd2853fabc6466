import { accountSetupMachine } from '../../machines/enrollment-status/account-setup.ts'
import { type AwaitedEvent, devicePreparationMachine } from '../../machines/enrollment-status/device-preparation.ts'
import { deviceSetupMachine } from '../../machines/enrollment-status/device-setup.ts'
import { enrollmentStatusMachine } from '../../machines/enrollment-status/enrollment-status.ts'
import type {
  OpenedPage,
  ParkingEvent,
  PolicyChangedEvent,
  PolicyKnownEvent,
} from '../../machines/enrollment-status/enrollment-status-setup.ts'
import type { OverdueEvent } from '../../machines/enrollment-status/provider-limit.ts'
import type { ProgressEvent } from '../../machines/enrollment-status/setup-category.ts'
import { DevicePreparation } from '../device/esp/device-preparation.ts'
import type { ComputedProgress } from '../device/esp/progress.ts'
import { progressOf } from '../device/esp/progress-of.ts'
import { putBackFailed } from '../device/put-back.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { EspCategoryId, EspPhase, EspPolicy } from '../domain/esp.ts'
import { HYBRID_MORE_MS } from '../domain/hybrid-join.ts'
import { runOf, watching, working } from './bindings.ts'

const providerOf = ({ management }: VirtualDevice): string => management?.providerId ?? ''

const syncOf = (device: VirtualDevice, scope: 'Device' | 'User'): string =>
  `./${scope}/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerOf(device))}/FirstSyncStatus`

/** The default is to skip: the server has to set the node to false. */
function isShown(device: VirtualDevice, phase: EspPhase): boolean {
  const node = phase === 'device' ? 'SkipDeviceStatusPage' : 'SkipUserStatusPage'
  return device.csp.read(`${syncOf(device, 'Device')}/${node}`) === 'false'
}

/** What the page's nodes say. The account has its own nodes, which come before the device's. */
function policyOf(device: VirtualDevice, phase: EspPhase): EspPolicy {
  const { csp } = device
  const base = syncOf(device, 'Device')
  const place = (node: string): string => {
    const own = `${syncOf(device, 'User')}/${node}`
    return phase === 'user' && csp.readPut(own) !== undefined ? own : `${base}/${node}`
  }
  const block = csp.readInt(`${base}/BlockInStatusPage`)
  return {
    skipped: !isShown(device, phase),
    timeoutMs:
      (csp.readInt(place('TimeOutUntilSyncFailure')) || 60) * 60_000 + (device.disk.domain ? HYBRID_MORE_MS : 0),
    canReset: (block & 1) !== 0,
    canRetry: (block & 2) !== 0,
    mayLeave: block === 0,
    canContinue: block === 0 || (block & 4) !== 0,
    canCollectLogs: csp.readBool(place('AllowCollectLogsButton')),
    customErrorText: csp.read(place('CustomErrorText')) ?? '',
  }
}

/** Looks at each change of the tree that the progress depends on, and when it is asked to. */
function watch(
  { csp }: VirtualDevice,
  start: () => ComputedProgress,
  look: (computed: ComputedProgress) => void,
): { look(): void; stop(): void } {
  let computed = start()
  const stop = csp.onChange((changed) => {
    if (changed === 'everything') computed = start()
    else if (!computed.see(changed)) return
    look(computed)
  })
  return { look: () => look(computed), stop }
}

const watchProgress = watching<ProgressEvent | AwaitedEvent, EspCategoryId, OverdueEvent>(
  ({ device }, { input, sendBack, receive }) => {
    let shown = ''
    const overdue = new Set<string>()
    const limited = new Set<string>()
    const { needsRestart, behaviour } = device
    const { waitsForSidecar } = behaviour
    const failureOf = (uri: string) => device.agent?.failureAt(uri)
    const start = () =>
      progressOf(device.csp, input, providerOf(device), { overdue, waitsForSidecar, needsRestart, failureOf })
    const watched = watch(device, start, (computed) => {
      if (computed instanceof DevicePreparation) {
        // Each provider has its own time, from when it is known (reference: oobe-autopilot-esp.md, 4.3 [D]).
        for (const { name, timeoutMs } of computed.takeAwaited()) {
          if (limited.has(name)) continue
          limited.add(name)
          sendBack({ type: 'provider.awaited', provider: name, timeoutMs })
        }
      }
      const progress = computed.now()
      const text = JSON.stringify(progress)
      if (text === shown) return
      shown = text
      sendBack({ type: 'progress.changed', progress })
    })
    receive(({ provider }) => {
      overdue.add(provider)
      watched.look()
    })
    watched.look()
    return watched.stop
  },
)

/** Virtual milliseconds until the limit of a policy. */
const leftOf = ({ statusPage }: VirtualDevice, { timeoutMs }: EspPolicy, now: number): number =>
  Math.max(0, timeoutMs - statusPage.usedMs(now))

/**
 * A person pressed Try again: what failed is installed anew. Where nothing is left of the limit, it begins anew, since the page
 * has asked the person to try again (reference: oobe-autopilot-esp.md, 4.1 [C]).
 *
 * @param now virtual milliseconds
 */
export function retryFailed(device: VirtualDevice, phase: EspPhase, now: number): void {
  const { csp, installations, agent, behaviour, statusPage } = device
  putBackFailed(csp, installations)
  if (agent?.retryFailed()) installations.announce()
  if (leftOf(device, policyOf(device, phase), now) === 0) statusPage.endPhase()
  statusPage.open(phase, behaviour.limitOutlastsRestarts)
}

export const enrollmentStatus = enrollmentStatusMachine.provide({
  actors: {
    watchForPolicy: watching<PolicyKnownEvent, EspPhase>(({ device }, { input: phase, sendBack }) => {
      const look = (isNew = true) => {
        if (device.sessionsSinceStart > 0 || isShown(device, phase)) sendBack({ type: 'policy.known', isNew })
      }
      const stops = [
        device.csp.onChange(() => look()),
        device.onManagementEvent((event) => {
          if (event === 'session.held') look()
        }),
      ]
      look(false)
      return () => {
        for (const stop of stops) stop()
      }
    }),

    readPolicy: working<OpenedPage, EspPhase>(({ device, timeline }, phase) => {
      const policy = policyOf(device, phase)
      if (policy.skipped && phase === 'user') device.closePage(timeline.now)
      if (!policy.skipped) device.log('pageStarted', { cxid: STATUS_PAGE })
      device.statusPage.open(phase, device.behaviour.limitOutlastsRestarts)
      return { policy, leftMs: leftOf(device, policy, timeline.now) }
    }),

    countTime: watching(({ device: { statusPage }, timeline }) => {
      statusPage.begin(timeline.now)
      return () => statusPage.pause(timeline.now)
    }),

    watchPolicy: watching<PolicyChangedEvent, { phase: EspPhase; policy: EspPolicy }>(
      ({ device, timeline }, { input: { phase, policy }, sendBack }) => {
        let known = JSON.stringify(policy)
        const look = () => {
          const now = policyOf(device, phase)
          const text = JSON.stringify(now)
          if (text === known) return
          known = text
          // That another limit counts from the same moment, and not from its own coming, is an assumption.
          sendBack({ type: 'policy.changed', policy: now, leftMs: leftOf(device, now, timeline.now) })
        }
        look()
        return device.csp.onChange((changed) => {
          if (changed === 'everything' || changed.some((key) => key.includes('/FirstSyncStatus/'))) look()
        })
      },
    ),

    watchParking: watching<ParkingEvent, EspPhase>(({ device }, { input, sendBack }) => {
      const { waitsForSidecar, identifyingTimesOut } = device.behaviour
      let wasParked = false
      const category = input === 'device' ? 'deviceSetup' : 'accountSetup'
      const start = () => progressOf(device.csp, category, providerOf(device), { waitsForSidecar })
      const watched = watch(device, start, (computed) => {
        const isParked = !identifyingTimesOut && computed.now().isParked === true
        if (isParked === wasParked) return
        wasParked = isParked
        sendBack({ type: 'parking.changed', isParked })
      })
      watched.look()
      return watched.stop
    }),

    retryFailed: working<number, EspCategoryId>(({ device, timeline }, category) => {
      const phase = category === 'accountSetup' ? 'user' : 'device'
      retryFailed(device, phase, timeline.now)
      return leftOf(device, policyOf(device, phase), timeline.now)
    }),

    reportOutcome: working<void, { phase: EspPhase; succeeded: boolean }>(
      ({ device, timeline }, { phase, succeeded }) => {
        const base = syncOf(device, phase === 'device' ? 'Device' : 'User')
        device.csp.set(`${base}/WasDeviceSuccessfullyProvisioned`, 'int', succeeded ? '1' : '0')
        device.csp.set(`${base}/IsSyncDone`, 'bool', 'true')
        closeStatusPage(device)
        device.statusPage.endPhase()
        if (phase === 'user') device.closePage(timeline.now)
      },
    ),

    devicePreparation: devicePreparationMachine.provide({ actors: { watchProgress } }),
    deviceSetup: deviceSetupMachine.provide({ actors: { watchProgress } }),
    accountSetup: accountSetupMachine.provide({ actors: { watchProgress } }),
  },
  actions: {
    reportFailure: ({ context: { code, isTimeout, failedIn }, system }) => {
      const value = JSON.stringify({ message: `BootstrapStatus: ${failedIn} failed`, errorCode: code })
      runOf({ system }).device.log(isTimeout ? 'statusPageTimedOut' : 'statusPageFailed', { value })
    },
    reportClosing: ({ system }) => {
      const { device } = runOf({ system })
      closeStatusPage(device)
      device.statusPage.endPhase()
    },
  },
})

/** The CXID of the page (reference: oobe-autopilot-esp.md, 8.2 [F]). */
const STATUS_PAGE = 'MDMProgressAfterAADRefactored'

function closeStatusPage({ log }: VirtualDevice): void {
  log('statusPageExiting', { value: '{}' })
  log('pageStopped', { result: 'success' })
}
