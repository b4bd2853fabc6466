import type { ParkingEvent } from '../../machines/enrollment-status/enrollment-status-setup.ts'
import type { ProgressEvent } from '../../machines/enrollment-status/setup-category.ts'
import { DevicePreparation } from '../device/esp/device-preparation.ts'
import type { ComputedProgress } from '../device/esp/progress.ts'
import { progressOf } from '../device/esp/progress-of.ts'
import type { EspCategoryId, EspPhase, EspPolicy } from '../domain/esp.ts'
import { type Bindings, watchOf, workOf } from './bindings.ts'

/** The page opens after the first session; how long it waits for one is nowhere stated: an assumption. */
const FIRST_SESSION_MS = 60 * 60_000
const LOOK_MS = 1_000

/** What the Enrollment Status Page reads and writes. All of it is in the CSP tree. */
export function statusActors(bindings: Bindings) {
  const { device, timeline, memory } = bindings
  const { csp } = device
  const { waitsForSidecar, identifyingTimesOut } = device.behaviour
  const providerId = () => device.management?.providerId ?? ''
  const sync = (scope: 'Device' | 'User') =>
    `./${scope}/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId())}/FirstSyncStatus`

  return {
    readPolicy: workOf<EspPolicy, EspPhase>(async (phase, signal) => {
      const base = sync('Device')
      // The page opens as soon as the server has said so, which may be in the middle of a session.
      const until = timeline.now + FIRST_SESSION_MS
      while (memory.sessionsHeld === 0 && !isShown(phase) && timeline.now < until) await timeline.sleep(LOOK_MS, signal)
      const block = csp.readInt(`${base}/BlockInStatusPage`)
      device.log('shell', 62404, 'CXID MDMProgressAfterAADRefactored')
      return {
        skipped: !isShown(phase),
        timeoutMs: (csp.readInt(`${base}/TimeOutUntilSyncFailure`) || 60) * 60_000,
        canReset: (block & 1) !== 0,
        canRetry: (block & 2) !== 0,
        mayLeave: block === 0,
        canContinue: block === 0 || (block & 4) !== 0,
        canCollectLogs: csp.readBool(`${base}/AllowCollectLogsButton`),
        customErrorText: csp.read(`${base}/CustomErrorText`) ?? '',
      }
    }),

    watchProgress: watchOf<ProgressEvent, EspCategoryId>(({ input, sendBack }) => {
      let shown = ''
      const overdue = new Set<string>()
      const limits = new Map<string, { cancel(): void }>()
      const { settledRestarts } = device
      const start = () => progressOf(csp, input, providerId(), { overdue, waitsForSidecar, settledRestarts })
      const watched = watch(start, (computed) => {
        if (computed instanceof DevicePreparation) limitProviders(computed, limits, overdue, () => watched.look())
        const progress = computed.now()
        const text = JSON.stringify(progress)
        if (text === shown) return
        shown = text
        sendBack({ type: 'progress.changed', progress })
      })
      watched.look()
      return () => {
        watched.stop()
        for (const limit of limits.values()) limit.cancel()
      }
    }),

    watchParking: watchOf<ParkingEvent, EspPhase>(({ input, sendBack }) => {
      let wasParked = false
      const category = input === 'device' ? 'deviceSetup' : 'accountSetup'
      const start = () => progressOf(csp, category, providerId(), { waitsForSidecar })
      const watched = watch(start, (computed) => {
        const isParked = !identifyingTimesOut && computed.now().isParked === true
        if (isParked === wasParked) return
        wasParked = isParked
        sendBack({ type: 'parking.changed', isParked })
      })
      watched.look()
      return watched.stop
    }),

    retryFailed: workOf<void, EspCategoryId>(() => {
      for (const { uri, job } of device.installations.retryFailed()) {
        csp.set(`${uri}/LastError`, 'int', '0')
        csp.set(`${uri}/Status`, 'int', job.kind === 'msi' ? '10' : '0')
      }
      if (device.agent?.retryFailed()) device.installations.announce()
    }),

    reportOutcome: workOf<void, { phase: EspPhase; succeeded: boolean }>(({ phase, succeeded }) => {
      const base = sync(phase === 'device' ? 'Device' : 'User')
      csp.set(`${base}/WasDeviceSuccessfullyProvisioned`, 'int', succeeded ? '1' : '0')
      csp.set(`${base}/IsSyncDone`, 'bool', 'true')
      device.log('shell', 62407, 'CommercialOOBE_ESPProgress_Page_Exiting')
    }),
  }

  /** Looks at each change of the tree, and when it is asked to. */
  function watch(start: () => ComputedProgress, look: (computed: ComputedProgress) => void) {
    let computed = start()
    const stop = csp.onChange((changed) => {
      if (changed === 'everything') computed = start()
      else computed.see(changed)
      look(computed)
    })
    return { look: () => look(computed), stop }
  }

  /** Each provider has its own time, from when it is known (reference: oobe-autopilot-esp.md, 4.3 [D]). */
  function limitProviders(
    preparation: DevicePreparation,
    limits: Map<string, { cancel(): void }>,
    overdue: Set<string>,
    look: () => void,
  ): void {
    for (const { name, timeoutMs } of preparation.takeAwaited()) {
      if (limits.has(name)) continue
      const limit = timeline.schedule(timeoutMs, () => {
        overdue.add(name)
        look()
      })
      limits.set(name, limit)
    }
  }

  /** The default is to skip: the server has to set the node to false. */
  function isShown(phase: EspPhase): boolean {
    const node = phase === 'device' ? 'SkipDeviceStatusPage' : 'SkipUserStatusPage'
    return csp.read(`${sync('Device')}/${node}`) === 'false'
  }
}
