import {
  type Win32Input,
  type Win32Step,
  win32InstallationMachine,
} from '../../machines/management/win32-installation.ts'
import { type AgentScope, APP_STATE, type ManagementAgent, REBOOT } from '../device/management-agent.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import type { AgentApp } from '../protocols/agent-apps/agent-apps.ts'
import { isForbidden } from './allowed-on-se.ts'
import { runOf, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { FORBIDDEN, failureText, NOT_HERE } from './failure-text.ts'
import { PACKAGE, packageDownload, requestOf, resultOf } from './package-download.ts'

const APP = parcel<{ agent: ManagementAgent; scope: AgentScope; app: AgentApp }>()

/** An app of the management extension, as its statechart takes it. */
export const win32Input = (agent: ManagementAgent, scope: AgentScope, app: AgentApp): Win32Input => ({
  app: APP.pack({ agent, scope, app }),
  isApplicable: app.isApplicable,
  ...requestOf({ kind: 'win32', fileHash: app.fileHash, unreadable: signedOf(CODE.badFormat) }, [app.url]),
})

/** Detect, install, detect: about as long as its package says (reference: oobe-autopilot-esp.md, 4.5 [M]). */
export const win32Installation = win32InstallationMachine.provide({
  actors: {
    packageDownload,
    installApp: working<void, Win32Step>(async ({ device, timeline }, input, signal) => {
      const { agent, scope, app } = APP.open(input.app)
      const content = input.file === null ? undefined : PACKAGE.open(input.file).content
      const failure = await (async () => {
        if (!content) return NOT_HERE
        if (isForbidden(device, app)) return FORBIDDEN
        await timeline.sleep(content.installSeconds * 1_000, signal)
        const result = resultOf(content)
        return result === 0 ? undefined : failureText(content.exitCode, result)
      })()
      const isInstalled = failure === undefined
      const { name } = app
      if (isInstalled) device.log('win32AppInstalled', { name })
      else device.log('win32AppFailed', { name, result: failure })
      agent.finish(app, isInstalled)
      const exitCode = isInstalled ? content?.exitCode : 0
      const reboot = exitCode === 1641 ? REBOOT.hard : exitCode === 3010 ? REBOOT.soft : undefined
      if (reboot) agent.set(scope, app, 'RebootRequired', reboot)
      agent.set(scope, app, 'InstallationState', isInstalled ? APP_STATE.completed : APP_STATE.error)
    }),
  },
  actions: {
    reportSkip: ({ context, system }) => {
      const { device } = runOf({ system })
      const { agent, scope, app } = APP.open(context.app)
      device.log('win32AppSkipped', { name: app.name })
      // Nothing more comes of it: a server that leaves it there makes the page wait for ever.
      if (!device.behaviour.skippedAppBlocks) agent.set(scope, app, 'InstallationState', APP_STATE.completed)
      agent.finish(app, true)
    },
    reportStart: ({ context }) => {
      const { agent, scope, app } = APP.open(context.app)
      agent.set(scope, app, 'InstallationState', APP_STATE.inProgress)
    },
  },
})
