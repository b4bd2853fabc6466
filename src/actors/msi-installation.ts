import type { Carried } from '../../machines/carried.ts'
import { type Enforcement, type MsiInput, msiInstallationMachine } from '../../machines/management/msi-installation.ts'
import type { Installation } from '../device/installation-queue.ts'
import { ManagementAgent } from '../device/management-agent.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import { isForbidden } from './allowed-on-se.ts'
import { runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { failureText } from './failure-text.ts'
import { PACKAGE, packageDownload, requestOf } from './package-download.ts'
import { runInstaller } from './run-installer.ts'

/** Values of `Status` (reference: mdm-protocols.md, 3.5). */
const STATUS = {
  downloading: 20,
  pendingRetry: 25,
  downloadFailed: 30,
  downloaded: 40,
  enforcing: 50,
  pendingEnforcement: 55,
  failed: 60,
  done: 70,
}

export type MsiOrder = Installation<Extract<Installation['job'], { kind: 'msi' }>>

export const isMsi = (order: Installation): order is MsiOrder => order.job.kind === 'msi'

const ORDER = parcel<MsiOrder>()

const setter =
  ({ csp }: VirtualDevice, { uri }: Installation) =>
  (name: string, value: number) =>
    csp.set(`${uri}/${name}`, 'int', String(value))

/** An order, as its statechart takes it. */
export function msiInput(device: VirtualDevice, order: MsiOrder): MsiInput {
  const { job } = order
  const { retryCount, retryInterval } = job.enforcement
  const set = setter(device, order)
  const request = requestOf(
    {
      kind: 'msi',
      fileHash: job.fileHash,
      unreadable: signedOf(CODE.msiPackageInvalid),
      onStep(step, url) {
        set(
          'Status',
          { downloading: STATUS.downloading, waiting: STATUS.pendingRetry, downloaded: STATUS.downloaded }[step],
        )
        if (step === 'downloading') device.log('msiDownloadStarted', { url })
        if (step === 'downloaded') device.log('msiDownloadFinished', { url })
      },
    },
    job.contentUrls,
  )
  return {
    ...request,
    order: ORDER.pack(order),
    attempts: order.attempts,
    retryCount,
    retryIntervalMs: retryInterval * 60_000,
  }
}

export const msiInstallation = msiInstallationMachine.provide({
  actors: {
    packageDownload,
    enforceMsi: working<Enforcement, { order: Carried; file: Carried }>(async (run, input, signal) => {
      const { device } = run
      const order = ORDER.open(input.order)
      const { content: app, url } = PACKAGE.open(input.file)
      const { uri, job } = order
      const { name } = app
      if (isForbidden(device, { name, version: job.version })) {
        device.log('msiInstallationForbidden', { name })
        return { kind: 'failed', hresult: signedOf(CODE.appNotAllowedOnSe), isFinal: true }
      }
      setter(device, order)('Status', STATUS.enforcing)
      device.log('msiInstallationStarted', { name })
      const { timeOut } = job.enforcement
      const limitSeconds = timeOut > 0 ? timeOut * 60 : Number.POSITIVE_INFINITY
      const { hresult, exitCode } = await runInstaller(run, app, signal, limitSeconds)
      if (hresult !== 0) {
        device.log('msiInstallationFailed', { name, result: failureText(exitCode, hresult) })
        return { kind: 'failed', hresult, isFinal: false }
      }
      const { csp } = device
      csp.set(`${uri}/Name`, 'chr', name)
      csp.set(`${uri}/Publisher`, 'chr', app.publisher)
      csp.set(`${uri}/Version`, 'chr', job.version)
      csp.set(`${uri}/InstallDate`, 'chr', new Date(device.clock()).toISOString())
      device.log('msiInstallationFinished', { name })
      if (app.agent) {
        device.agent = new ManagementAgent(app.agent.provider, new URL(app.agent.appsUrl, url).href, csp)
        device.installations.announce()
      }
      return { kind: 'done' }
    }),
  },
  actions: {
    keepTry: ({ context }) => {
      ORDER.open(context.order).attempts = context.attempts
    },
    reportPending: ({ context: { order, during }, system }) => {
      const pending = during === 'download' ? STATUS.pendingRetry : STATUS.pendingEnforcement
      setter(runOf({ system }).device, ORDER.open(order))('Status', pending)
    },
    reportSuccess: ({ context, system }) => {
      const set = setter(runOf({ system }).device, ORDER.open(context.order))
      set('LastError', 0)
      set('Status', STATUS.done)
    },
    reportFailure: ({ context: { order, during, hresult }, system }) => {
      const set = setter(runOf({ system }).device, ORDER.open(order))
      set('LastError', hresult)
      set('Status', during === 'download' ? STATUS.downloadFailed : STATUS.failed)
    },
  },
})
