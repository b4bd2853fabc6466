import type { Carried } from '../../machines/carried.ts'
import {
  type Win32Input,
  type Win32Removal,
  type Win32Step,
  type Win32Try,
  win32InstallationMachine,
} from '../../machines/management/win32-installation.ts'
import { isExtensionExpired } from '../device/after-reseal.ts'
import { type AgentScope, APP_STATE, type ManagementAgent, REBOOT } from '../device/management-agent.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { AppFact, JournalWriter } from '../domain/journal.ts'
import { RETRIES, returnKindOf } from '../domain/return-codes.ts'
import { CODE, codeOfSigned, signedOf } from '../domain/windows-codes.ts'
import type { AgentApp, ReplacedApp } from '../protocols/agent-apps/agent-apps.ts'
import { isForbidden } from './allowed-on-se.ts'
import { type Bindings, runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { FORBIDDEN, failureText, NOT_COMPUTED, NOT_HERE } from './failure-text.ts'
import { PACKAGE, packageDownload, requestOf } from './package-download.ts'
import { remediate, runInstaller } from './run-installer.ts'

const APP = parcel<{ agent: ManagementAgent; scope: AgentScope; app: AgentApp }>()
const OLD = parcel<ReplacedApp>()

/** What came of an app whose installer was not run. */
const UNKNOWN = signedOf(CODE.unspecifiedError)

/** What is logged of each kind when it is done, and when it failed. */
const EVENTS_OF = {
  win32: ['win32AppInstalled', 'win32AppFailed'],
  store: ['storeAppInstalled', 'storeAppFailed'],
  script: ['scriptRan', 'scriptFailed'],
  remediation: ['remediationRan', 'remediationFailed'],
} as const

const kindOf = ({ kind }: AgentApp): 'win32' | NonNullable<AgentApp['kind']> => kind ?? 'win32'

const isScript = ({ kind }: AgentApp): boolean => kind === 'script' || kind === 'remediation'

/** Writes what happens to it into the journal. */
const noting =
  (journal: JournalWriter, { scope, app }: { scope: AgentScope; app: AgentApp }, attempt: number) =>
  (step: Pick<AppFact, 'state'> & Partial<AppFact>) =>
    journal.write({
      kind: 'app',
      type: kindOf(app),
      id: app.id,
      scope,
      attempt,
      name: app.name,
      version: app.version,
      ...step,
    })

/** An app of the management extension, as its statechart takes it. */
export function win32Input(
  device: VirtualDevice,
  agent: ManagementAgent,
  scope: AgentScope,
  app: AgentApp,
): Win32Input {
  const unreadable = signedOf(CODE.badFormat)
  const kind = app.kind === 'store' ? 'store' : 'win32'
  return {
    app: APP.pack({ agent, scope, app }),
    isApplicable: app.isApplicable,
    isPresent: !isScript(app) && agent.isPresent(app),
    lacksDependency: missing(agent, app).length > 0,
    // Windows 11 SE runs no app that it does not allow: it has no say in what is uninstalled.
    replaces: isForbidden(device, app)
      ? []
      : (app.replaces ?? []).filter((old) => agent.isPresent(old)).map((old) => OLD.pack(old)),
    retryMs: RETRIES.waitMs,
    ...requestOf({ kind, fileHash: app.fileHash, unreadable }, [app.url]),
  }
}

/** Names of what an app depends on, and that is not there. */
const missing = (agent: ManagementAgent, { dependsOn = [] }: AgentApp): string[] =>
  dependsOn.filter((one) => !agent.isPresent(one)).map(({ name }) => `"${name}"`)

/** Uninstalls an older app. Its uninstaller takes as long as it likes: at once, an assumption. */
function uninstall({ device, journal }: Bindings, carried: Carried, carriedOld: Carried): Win32Removal {
  const { agent, scope, app } = APP.open(carried)
  const old = OLD.open(carriedOld)
  const result = old.exitCode === 0 ? 'uninstalled' : `exit code ${old.exitCode}`
  device.log('win32AppReplaced', { name: app.name, old: old.name, result })
  if (old.exitCode === 0) {
    agent.removed(old.id)
    journal.write({
      kind: 'app',
      type: 'win32',
      id: old.id,
      scope,
      state: 'uninstalled',
      attempt: 1,
      name: old.name,
      exitCode: old.exitCode,
      text: `${app.name} replaces it`,
    })
    return { kind: 'removed' }
  }
  giveUp(
    { device, journal },
    { agent, scope, app },
    `"${old.name}", which it replaces, is there still: its uninstaller ended with exit code ${old.exitCode}`,
  )
  return { kind: 'kept' }
}

/** It is in error, and its installer did not run. The page has no code for it. */
function giveUp(
  { device, journal }: Pick<Bindings, 'device' | 'journal'>,
  { agent, scope, app }: { agent: ManagementAgent; scope: AgentScope; app: AgentApp },
  text: string,
): void {
  noting(journal, { scope, app }, 1)({ state: 'failed', code: codeOfSigned(UNKNOWN), text })
  device.log(EVENTS_OF[kindOf(app)][1], { name: app.name, result: text })
  agent.finish(app, UNKNOWN)
  agent.set(scope, app, 'InstallationState', APP_STATE.error)
}

/** Detect, install, detect: about as long as its package says (reference: oobe-autopilot-esp.md, 4.5 [M]). */
export const win32Installation = win32InstallationMachine.provide({
  actors: {
    packageDownload,
    uninstallApp: working<Win32Removal, { app: Carried; old: Carried }>((run, { app, old }) =>
      uninstall(run, app, old),
    ),
    installApp: working<Win32Try, Win32Step>(async (run, input, signal) => {
      const { device } = run
      const { agent, scope, app } = APP.open(input.app)
      const file = input.file === null ? undefined : PACKAGE.open(input.file)
      const isExpired = isExtensionExpired(device)
      // Scripts that Intune deploys run on Windows 11 SE (7.1 [D]).
      const isBarred = isExpired || (!isScript(app) && isForbidden(device, app))
      const content = isBarred ? undefined : file?.content
      const noteApp = noting(run.journal, { scope, app }, input.tries)
      if (content) noteApp({ state: 'installing' })
      const result = content && (await (app.kind === 'remediation' ? remediate : runInstaller)(run, content, signal))
      const kind = result && returnKindOf(result.exitCode)
      const { name } = app
      if (result && kind === 'retry' && !isScript(app) && input.tries < RETRIES.tries) {
        const { exitCode, hresult } = result
        noteApp({ state: 'failed', exitCode, code: codeOfSigned(hresult), text: failureText(exitCode, hresult) })
        device.log('win32AppRetried', { name, exitCode })
        return { kind: 'retry' }
      }
      const isInstalled = result?.hresult === 0
      const [done, failed] = EVENTS_OF[kindOf(app)]
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
    reportPresent: ({ context, system }) => {
      const { device, journal } = runOf({ system })
      const { agent, scope, app } = APP.open(context.app)
      noting(journal, { scope, app }, context.tries)({ state: 'installed', text: 'its detection rule found it' })
      device.log('win32AppFound', { name: app.name })
      agent.finish(app)
      agent.set(scope, app, 'InstallationState', APP_STATE.completed)
    },
    reportLack: ({ context, system }) => {
      const { agent, scope, app } = APP.open(context.app)
      const names = missing(agent, app).join(' and ')
      giveUp(runOf({ system }), { agent, scope, app }, `it depends on ${names}, which is not there`)
    },
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
