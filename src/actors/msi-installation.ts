import type { Carried } from '../../machines/carried.ts'
import { type Enforcement, type MsiInput, msiInstallationMachine } from '../../machines/management/msi-installation.ts'
import type { Installation } from '../device/installation-queue.ts'
import { ManagementAgent } from '../device/management-agent.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { DEVICE_SID } from '../domain/enrollment-id.ts'
import type { AppFact, JournalWriter } from '../domain/journal.ts'
import { CODE, codeOfSigned, signedOf } from '../domain/windows-codes.ts'
import { isForbidden } from './allowed-on-se.ts'
import { type Bindings, runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { FORBIDDEN, failureText, NOT_HERE } from './failure-text.ts'
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

const productCodeOf = ({ uri }: MsiOrder): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

/** What its events begin with (8.3 [F]); that an order for a user has the same is an assumption. */
const productOf = (order: MsiOrder) => ({ productCode: productCodeOf(order), sid: DEVICE_SID })

/** Writes what happens to it into the journal. */
const noting =
  (journal: JournalWriter, order: MsiOrder, known: Pick<AppFact, 'name' | 'version'> = {}) =>
  (step: Pick<AppFact, 'state'> & Partial<AppFact>) =>
    journal.write({
      kind: 'app',
      type: 'msi',
      id: productCodeOf(order),
      scope: order.uri.startsWith('./User/') ? 'user' : 'device',
      attempt: order.attempts,
      ...known,
      ...step,
    })

function noteDownloadFailure({ device, journal }: Bindings, order: MsiOrder, hresult: number): void {
  const code = codeOfSigned(hresult)
  const job = device.guidFor(`bits ${order.uri}`)
  device.log('transferStopped', { job, url: order.job.contentUrls[0] ?? '', code })
  noting(journal, order)({ state: 'failed', code, text: NOT_HERE })
}

/** An order, as its statechart takes it. */
export function msiInput({ device, journal }: Bindings, order: MsiOrder): MsiInput {
  const noteApp = noting(journal, order)
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
        noteApp({ state: step, url })
        const job = device.guidFor(`bits ${order.uri}`)
        if (step === 'downloading') {
          device.log('transferStarted', { job, url })
          device.log('msiDownloadStarted', { ...productOf(order), job })
        }
        if (step === 'downloaded') {
          device.log('transferStopped', { job, url, code: '0x0' })
          device.log('msiDownloadFinished', { ...productOf(order), job })
        }
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
      const noteApp = noting(run.journal, order, { name, version: job.version })
      if (isForbidden(device, { name, version: job.version })) {
        noteApp({ state: 'failed', code: CODE.appNotAllowedOnSe, text: FORBIDDEN })
        device.log('msiInstallationFailed', { ...productOf(order), result: `${CODE.appNotAllowedOnSe}, ${FORBIDDEN}` })
        return { kind: 'failed', hresult: signedOf(CODE.appNotAllowedOnSe), isFinal: true }
      }
      setter(device, order)('Status', STATUS.enforcing)
      noteApp({ state: 'installing' })
      device.log('msiInstallationStarted', productOf(order))
      const { timeOut } = job.enforcement
      const limitSeconds = timeOut > 0 ? timeOut * 60 : Number.POSITIVE_INFINITY
      const { hresult, exitCode } = await runInstaller(run, app, signal, limitSeconds)
      if (hresult !== 0) {
        const text = failureText(exitCode, hresult)
        noteApp({ state: 'failed', exitCode, code: codeOfSigned(hresult), text })
        device.log('msiInstallationFailed', { ...productOf(order), result: text })
        return { kind: 'failed', hresult, isFinal: false }
      }
      const { csp } = device
      csp.set(`${uri}/Name`, 'chr', name)
      csp.set(`${uri}/Publisher`, 'chr', app.publisher)
      csp.set(`${uri}/Version`, 'chr', job.version)
      csp.set(`${uri}/InstallDate`, 'chr', new Date(device.clock()).toISOString())
      noteApp({ state: 'installed', exitCode })
      device.log('msiInstallationFinished', { ...productOf(order), result: '0x0' })
      if (app.agent) {
        device.agent = new ManagementAgent(app.agent.provider, new URL(app.agent.appsUrl, url).href, csp, () =>
          device.installations.tellFinished(),
        )
        device.installations.announce()
      }
      return { kind: 'done' }
    }),
  },
  actions: {
    keepTry: ({ context }) => {
      ORDER.open(context.order).attempts = context.attempts
    },
    reportPending: ({ context: { order, during, hresult }, system }) => {
      if (during === 'download') noteDownloadFailure(runOf({ system }), ORDER.open(order), hresult)
      const pending = during === 'download' ? STATUS.pendingRetry : STATUS.pendingEnforcement
      setter(runOf({ system }).device, ORDER.open(order))('Status', pending)
    },
    reportSuccess: ({ context, system }) => {
      const set = setter(runOf({ system }).device, ORDER.open(context.order))
      set('LastError', 0)
      set('Status', STATUS.done)
    },
    reportFailure: ({ context: { order, during, hresult }, system }) => {
      if (during === 'download') noteDownloadFailure(runOf({ system }), ORDER.open(order), hresult)
      const set = setter(runOf({ system }).device, ORDER.open(order))
      set('LastError', hresult)
      set('Status', during === 'download' ? STATUS.downloadFailed : STATUS.failed)
    },
  },
})
