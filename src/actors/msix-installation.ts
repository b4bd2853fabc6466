import {
  type MsixInput,
  type MsixResult,
  type MsixStep,
  msixInstallationMachine,
} from '../../machines/management/msix-installation.ts'
import type { Installation } from '../device/installation-queue.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { AppFact, JournalWriter } from '../domain/journal.ts'
import { CODE, codeOfSigned, signedOf } from '../domain/windows-codes.ts'
import { isForbidden } from './allowed-on-se.ts'
import { type Bindings, runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { failureText } from './failure-text.ts'
import { PACKAGE, packageDownload, requestOf } from './package-download.ts'
import { runInstaller } from './run-installer.ts'

/** Values of `AppInstallation/{PFN}/Status` (reference: mdm-protocols.md, 3.5 [L]). */
const STATUS = { installing: 1, failed: 2, installed: 3 }

const UNREADABLE = signedOf(CODE.msixPackageUnreadable)
const FAILED = signedOf(CODE.msixInstallationFailed)

export type MsixOrder = Installation<Extract<Installation['job'], { kind: 'msix' }>>

const ORDER = parcel<MsixOrder>()

const packagesOf = ({ job }: MsixOrder): string[] => [...job.dependencies, job.packageUri]

const familyNameOf = ({ uri }: MsixOrder): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

/** An order, as its statechart takes it. */
export const msixInput = (order: MsixOrder): MsixInput => ({
  order: ORDER.pack(order),
  packages: packagesOf(order).map((url) => requestOf({ kind: 'msix', unreadable: UNREADABLE }, [url])),
})

const setter =
  ({ csp }: VirtualDevice, { uri }: MsixOrder) =>
  (name: string, value: number) =>
    csp.set(`${uri}/${name}`, 'int', String(value))

function end(device: VirtualDevice, order: MsixOrder, status: number, hresult: number, text: string): void {
  const set = setter(device, order)
  set('LastError', hresult)
  device.csp.set(`${order.uri}/LastErrorDescription`, 'chr', text)
  set('Status', status)
}

/** Writes what happens to it into the journal. */
const noting =
  (journal: JournalWriter, order: MsixOrder, known: Pick<AppFact, 'name' | 'version'> = {}) =>
  (step: Pick<AppFact, 'state'> & Partial<AppFact>) =>
    journal.write({
      kind: 'app',
      type: 'msix',
      id: familyNameOf(order),
      scope: order.uri.startsWith('./User/') ? 'user' : 'device',
      attempt: order.attempts,
      ...known,
      ...step,
    })

function fail(
  { device, journal }: Bindings,
  order: MsixOrder,
  { hresult, text }: { hresult: number; text: string },
  result: Partial<AppFact> = {},
): void {
  const code = codeOfSigned(hresult)
  noting(journal, order)({ state: 'failed', code, text, ...result })
  device.log('msixInstallationFailed', { familyName: familyNameOf(order), code, text })
  end(device, order, STATUS.failed, hresult, text)
}

export const msixInstallation = msixInstallationMachine.provide({
  actors: {
    packageDownload,
    installPackage: working<MsixResult, MsixStep>(async (run, { order: carried, file, at }, signal) => {
      const { device } = run
      const order = ORDER.open(carried)
      const { content: app } = PACKAGE.open(file)
      const { length } = packagesOf(order)
      const familyName = familyNameOf(order)
      const known = { name: app.name, version: app.version }
      const noteApp = noting(run.journal, order, known)
      const failing = (hresult: number, text: string, result: Pick<AppFact, 'exitCode' | 'text'> = {}): MsixResult => {
        fail(run, order, { hresult, text }, { ...known, ...result })
        return { kind: 'failed', hresult }
      }
      const isMain = at === length - 1
      if (isMain && app.identity !== familyName) return failing(FAILED, `the package is ${app.identity}`)
      if (isMain && isForbidden(device, app)) {
        return failing(signedOf(CODE.appNotAllowedOnSe), 'not allowed by the policy of Windows 11 SE')
      }
      setter(device, order)('ProgressStatus', Math.round((100 * (at + 0.5)) / length))
      if (isMain) noteApp({ state: 'installing' })
      const { hresult, exitCode } = await runInstaller(run, app, signal)
      if (hresult !== 0) {
        const text = failureText(exitCode, hresult)
        return failing(FAILED, `the installation of ${app.identity} failed: ${text}`, { exitCode, text })
      }
      if (isMain) {
        const { uri } = order
        const base = `${uri.slice(0, uri.indexOf('/AppInstallation/'))}/AppManagement/nonStore/${encodeURIComponent(familyName)}`
        const full = `${base}/${encodeURIComponent(fullNameOf(familyName, app.version))}`
        for (const [name, value] of Object.entries({
          Name: app.name,
          Publisher: app.publisher,
          Version: app.version,
        })) {
          device.csp.set(`${full}/${name}`, 'chr', value)
        }
        noteApp({ state: 'installed', exitCode })
      }
      return { kind: 'installed' }
    }),
  },
  actions: {
    reportStart: ({ context, system }) => {
      const order = ORDER.open(context.order)
      order.attempts++
      const { device, journal } = runOf({ system })
      noting(journal, order)({ state: 'downloading', url: order.job.packageUri })
      const set = setter(device, order)
      set('Status', STATUS.installing)
      set('ProgressStatus', 0)
    },
    reportDownloadFailure: ({ context: { order: carried, at, hresult }, system }) => {
      const order = ORDER.open(carried)
      fail(runOf({ system }), order, { hresult, text: `${packagesOf(order)[at]} cannot be opened` })
    },
    reportSuccess: ({ context, system }) => {
      const { device } = runOf({ system })
      const order = ORDER.open(context.order)
      setter(device, order)('ProgressStatus', 100)
      end(device, order, STATUS.installed, 0, '')
    },
  },
})

/** `Name_Version_Architecture_ResourceId_PublisherId`; everything here is neutral. */
function fullNameOf(familyName: string, version: string): string {
  const at = familyName.lastIndexOf('_')
  return `${familyName.slice(0, at)}_${version}_neutral__${familyName.slice(at + 1)}`
}
