import type { InstallationOutcome } from '../../machines/management/msi-installation.ts'
import {
  type OfficeInput,
  type OfficeStep,
  officeInstallationMachine,
} from '../../machines/management/office-installation.ts'
import type { Installation } from '../device/installation-queue.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { AppFact, JournalWriter } from '../domain/journal.ts'
import { OFFICE_STATUS } from '../domain/office.ts'
import { CODE, codeOfSigned, signedOf } from '../domain/windows-codes.ts'
import { type Bindings, runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { failureText, NOT_HERE } from './failure-text.ts'
import { PACKAGE, packageDownload, requestOf } from './package-download.ts'
import { runInstaller } from './run-installer.ts'

export type OfficeOrder = Installation<Extract<Installation['job'], { kind: 'office' }>>

const ORDER = parcel<OfficeOrder>()

const idOf = ({ uri }: OfficeOrder): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

/** Without a source its files come from the Office CDN, which no server of ours plays: it cannot be reached. */
const urlsOf = ({ job }: OfficeOrder): string[] => (job.sourcePath === undefined ? [] : [job.sourcePath])

/** Writes what happens to it into the journal. */
const noting =
  (journal: JournalWriter, order: OfficeOrder, known: Pick<AppFact, 'name' | 'version'> = {}) =>
  (step: Pick<AppFact, 'state'> & Partial<AppFact>) =>
    journal.write({
      kind: 'app',
      type: 'office',
      id: idOf(order),
      scope: order.uri.startsWith('./User/') ? 'user' : 'device',
      attempt: order.attempts,
      ...known,
      ...step,
    })

/** @param status 0, or what the Office Deployment Tool ended with */
function end({ csp }: VirtualDevice, { uri }: OfficeOrder, status: number): void {
  csp.set(`${uri}/Status`, 'int', String(status))
  const final = status === 0 ? OFFICE_STATUS.succeeded : OFFICE_STATUS.failed
  csp.set(`${uri}/FinalStatus`, 'int', final)
}

/** An order, as its statechart takes it. */
export function officeInput({ journal }: Bindings, order: OfficeOrder): OfficeInput {
  const request = requestOf(
    {
      kind: 'office',
      unreadable: signedOf(CODE.unspecifiedError),
      onStep: (step, url) => noting(journal, order)({ state: step, url }),
    },
    urlsOf(order),
  )
  return { ...request, order: ORDER.pack(order) }
}

export const officeInstallation = officeInstallationMachine.provide({
  actors: {
    packageDownload,
    installOffice: working<InstallationOutcome, OfficeStep>(async (run, input, signal) => {
      const order = ORDER.open(input.order)
      const { content: app } = PACKAGE.open(input.file)
      const noteApp = noting(run.journal, order, { name: app.name, version: app.version })
      noteApp({ state: 'installing' })
      const { hresult, exitCode } = await runInstaller(run, app, signal)
      if (hresult !== 0) {
        noteApp({ state: 'failed', exitCode, code: codeOfSigned(hresult), text: failureText(exitCode, hresult) })
        end(run.device, order, exitCode || OFFICE_STATUS.incomplete)
        return { kind: 'failed', hresult }
      }
      noteApp({ state: 'installed', exitCode })
      end(run.device, order, 0)
      return { kind: 'installed' }
    }),
  },
  actions: {
    reportStart: ({ context, system }) => {
      const order = ORDER.open(context.order)
      order.attempts++
      runOf({ system }).device.csp.set(`${order.uri}/Status`, 'int', OFFICE_STATUS.inProgress)
    },
    reportDownloadFailure: ({ context: { order: carried, hresult }, system }) => {
      const order = ORDER.open(carried)
      const { device, journal } = runOf({ system })
      noting(journal, order)({ state: 'failed', code: codeOfSigned(hresult), text: NOT_HERE })
      end(device, order, OFFICE_STATUS.notDownloaded)
    },
  },
})
