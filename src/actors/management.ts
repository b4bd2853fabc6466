import { installationMachine, type Job, type Lane } from '../../machines/management/installation.ts'
import { managementMachine } from '../../machines/management/management.ts'
import { mayOrder } from '../device/held.ts'
import type { Installation } from '../device/installation-queue.ts'
import type { ManagementEvent } from '../device/virtual-device.ts'
import { type Bindings, runOf, watching, working } from './bindings.ts'
import { certificates } from './certificates.ts'
import { checkIn, DUE } from './check-in.ts'
import { isMsi, msiInput, msiInstallation } from './msi-installation.ts'
import { type MsixOrder, msixInput, msixInstallation } from './msix-installation.ts'
import { type OfficeOrder, officeInput, officeInstallation } from './office-installation.ts'
import { session } from './session.ts'
import { win32Input, win32Installation } from './win32-installation.ts'

/**
 * In one lane there is one installer at a time: orders of the server come before the extension's apps, and its list before any
 * of them.
 */
function nextJob(run: Bindings, lane: Lane): Job {
  const { device, timeline } = run
  const { installations, held } = device
  const agent = lane === 'channel' ? undefined : device.agent
  const turn = { held, now: timeline.now, pageClosedAt: device.statusPage.closedAt }
  const due = agent?.nextCheckIn(timeline.now)
  if (agent && due) return { kind: 'checkIn', checkIn: DUE.pack({ agent, due }) }
  const order = lane === 'extension' || !mayOrder(held) ? undefined : installations.next()
  if (order) return orderJob(run, order)
  const next = agent?.nextApp(turn)
  if (agent && next) return { kind: 'win32', ...win32Input(device, agent, next.scope, next.app) }
  const waitMs = agent?.waitMs(turn)
  return waitMs === undefined ? { kind: 'none' } : { kind: 'later', waitMs }
}

function orderJob(run: Bindings, order: Installation): Job {
  if (isMsi(order)) return { kind: 'msi', ...msiInput(run, order) }
  return order.job.kind === 'office'
    ? { kind: 'office', ...officeInput(run, order as OfficeOrder) }
    : { kind: 'msix', ...msixInput(order as MsixOrder) }
}

const installation = installationMachine.provide({
  actors: {
    watchOrders: watching<{ type: 'jobs.queued' }>(({ device }, { sendBack }) =>
      device.installations.onOrder(() => sendBack({ type: 'jobs.queued' })),
    ),
    nextJob: working<Job, Lane>(nextJob),
    checkIn,
    msiInstallation,
    msixInstallation,
    officeInstallation,
    win32Installation,
  },
  actions: {
    finishOrder: ({ context: { job }, system }, outcome) => {
      if (job.kind !== 'msi' && job.kind !== 'msix' && job.kind !== 'office')
        throw new Error(`an order was finished, and the job is ${job.kind}`)
      const hresult = outcome.kind === 'installed' ? 0 : outcome.hresult
      runOf({ system }).device.installations.finish(job.order as Installation, hresult)
    },
  },
})

export const management = managementMachine.provide({
  actors: {
    session,
    isOnline: working<boolean>(({ device }) => device.network.isOnline),
    installation,
    certificates,
    watchDevice: watching<{ type: Exclude<ManagementEvent, 'session.held'> | 'certificates.ordered' }>(
      ({ device }, { sendBack }) => {
        const ordered = (): void => sendBack({ type: 'certificates.ordered' })
        if (device.certificates.next(device.csp)) ordered()
        const endings = [
          device.certificates.onOrder(ordered),
          device.onManagementEvent((type) => {
            if (type !== 'session.held') sendBack({ type })
          }),
        ]
        return () => {
          for (const end of endings) end()
        }
      },
    ),
  },
})
