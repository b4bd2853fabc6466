import {
  type Win32Input,
  type Win32Step,
  type Win32Try,
  win32InstallationMachine,
} from '../../machines/management/win32-installation.ts'
import { isExtensionExpired } from '../device/after-reseal.ts'
import { type AgentScope, APP_STATE, type ManagementAgent, REBOOT } from '../device/management-agent.ts'
import type { AppFact, JournalWriter } from '../domain/journal.ts'
import { RETRIES, returnKindOf } from '../domain/return-codes.ts'
import { CODE, codeOfSigned, signedOf } from '../domain/windows-codes.ts'
import type { AgentApp } from '../protocols/agent-apps/agent-apps.ts'
import { isForbidden } from './allowed-on-se.ts'
import { runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { FORBIDDEN, failureText, NOT_COMPUTED, NOT_HERE } from './failure-text.ts'
import { PACKAGE, packageDownload, requestOf } from './package-download.ts'
import { runInstaller } from './run-installer.ts'

const APP = parcel<{ agent: ManagementAgent; scope: AgentScope; app: AgentApp }>()

/** What came of an app whose installer was not run. */
const UNKNOWN = signedOf(CODE.unspecifiedError)

/** What is logged of each kind when it is done, and when it failed. */
const EVENTS_OF = {
  app: ['win32AppInstalled', 'win32AppFailed'],
  script: ['scriptRan', 'scriptFailed'],
} as const

/** Writes what happens to it into the journal. */
const noting =
  (journal: JournalWriter, { scope, app }: { scope: AgentScope; app: AgentApp }, attempt: number) =>
  (step: Pick<AppFact, 'state'> & Partial<AppFact>) =>
    journal.write({
      kind: 'app',
      type: app.kind === 'script' ? 'script' : 'win32',
      id: app.id,
      scope,
      attempt,
      name: app.name,
      version: app.version,
      ...step,
    })

/** An app of the management extension, as its statechart takes it. */
export const win32Input = (agent: ManagementAgent, scope: AgentScope, app: AgentApp): Win32Input => ({
  app: APP.pack({ agent, scope, app }),
  isApplicable: app.isApplicable,
  retryMs: RETRIES.waitMs,
  ...requestOf({ kind: 'win32', fileHash: app.fileHash, unreadable: signedOf(CODE.badFormat) }, [app.url]),
})

/** Detect, install, detect: about as long as its package says (reference: oobe-autopilot-esp.md, 4.5 [M]). */
export const win32Installation = win32InstallationMachine.provide({
  actors: {
    packageDownload,
    installApp: working<Win32Try, Win32Step>(async (run, input, signal) => {
      const { device } = run
      const { agent, scope, app } = APP.open(input.app)
      const file = input.file === null ? undefined : PACKAGE.open(input.file)
      const isExpired = isExtensionExpired(device)
      const content = isExpired || isForbidden(device, app) ? undefined : file?.content
      const noteApp = noting(run.journal, { scope, app }, input.tries)
      if (content) noteApp({ state: 'installing' })
      const result = content && (await runInstaller(run, content, signal))
      const kind = result && returnKindOf(result.exitCode)
      const { name } = app
      if (result && kind === 'retry' && app.kind !== 'script' && input.tries < RETRIES.tries) {
        const { exitCode, hresult } = result
        noteApp({ state: 'failed', exitCode, code: codeOfSigned(hresult), text: failureText(exitCode, hresult) })
        device.log('win32AppRetried', { name, exitCode })
        return { kind: 'retry' }
      }
      const isInstalled = result?.hresult === 0
      const [done, failed] = EVENTS_OF[app.kind ?? 'app']
      if (result && isInstalled) {
        noteApp({ state: 'installed', exitCode: result.exitCode })
        device.log(done, { name })
      } else {
        const unrun = isExpired ? NOT_COMPUTED : file ? FORBIDDEN : NOT_HERE
        const reason = result ? failureText(result.exitCode, result.hresult) : unrun
        noteApp({
          state: 'failed',
          code: codeOfSigned(result?.hresult ?? UNKNOWN),
          text: reason,
          ...(result ? { exitCode: result.exitCode } : {}),
        })
        device.log(failed, { name, result: reason })
      }
      agent.finish(app, isInstalled ? undefined : (result?.hresult ?? UNKNOWN))
      if (isInstalled && (kind === 'hardReboot' || kind === 'softReboot')) {
        agent.set(scope, app, 'RebootRequired', kind === 'hardReboot' ? REBOOT.hard : REBOOT.soft)
      }
      agent.set(scope, app, 'InstallationState', isInstalled ? APP_STATE.completed : APP_STATE.error)
      return { kind: 'over' }
    }),
  },
  actions: {
    reportSkip: ({ context, system }) => {
      const { device, journal } = runOf({ system })
      const { agent, scope, app } = APP.open(context.app)
      noting(journal, { scope, app }, context.tries)({ state: 'skipped', text: 'its requirements are not met' })
      device.log('win32AppSkipped', { name: app.name })
      // Nothing more comes of it: a server that leaves it there makes the page wait for ever.
      if (!device.behaviour.skippedAppBlocks) agent.set(scope, app, 'InstallationState', APP_STATE.completed)
      agent.skip(app)
    },
    reportStart: ({ context, system }) => {
      const { agent, scope, app } = APP.open(context.app)
      noting(runOf({ system }).journal, { scope, app }, context.tries)({ state: 'downloading', url: app.url })
      agent.set(scope, app, 'InstallationState', APP_STATE.inProgress)
    },
  },
})
