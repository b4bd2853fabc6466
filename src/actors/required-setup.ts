import { requiredSetupMachine } from '../../machines/pages/required-setup.ts'
import type { PreparationReport, WorkloadsEvent } from '../../machines/pages/required-setup-setup.ts'
import { cancelled, preparationProgress, preparationSettings, progressText } from '../device/preparation.ts'
import { putBackFailed } from '../device/put-back.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import {
  PAGE_STATUS,
  PREPARATION_NODES,
  PREPARATION_STAGES,
  type PreparationProgress,
  type PreparationSettings,
} from '../domain/device-preparation.ts'
import { signedOf } from '../domain/windows-codes.ts'
import { runOf, watching, working } from './bindings.ts'

const NODES = PREPARATION_NODES

/** Where the deployment is, told to the server and to the page. */
function tell({ csp }: VirtualDevice, progress: PreparationProgress): void {
  csp.set(NODES.progress, 'chr', progressText(progress))
  if (progress.agent.state === 'here') csp.set(NODES.agentInstalled, 'bool', 'true')
  if (progress.workloads.some(({ state }) => state === 'rebootRequired')) csp.set(NODES.rebootRequired, 'bool', 'true')
}

export const requiredSetup = requiredSetupMachine.provide({
  actors: {
    readSettings: working<PreparationSettings>(({ device }) => {
      const settings = preparationSettings(device.csp)
      device.csp.set(NODES.pageStatus, 'int', PAGE_STATUS.inProgress)
      device.log('preparationStarted', {
        policy: settings.policy === '' ? 'without a name' : settings.policy,
        minutes: settings.limitMs / 60_000,
      })
      return settings
    }),

    watchWorkloads: watching<WorkloadsEvent>(({ device }, { sendBack }) => {
      let known = ''
      const look = () => {
        const progress = preparationProgress(device)
        const text = JSON.stringify(progress)
        if (text === known) return
        known = text
        tell(device, progress)
        sendBack({ type: 'workloads.changed', progress })
      }
      look()
      const stops = [device.csp.onChange(look), device.installations.onOrder(look), device.installations.onFinish(look)]
      return () => {
        for (const stop of stops) stop()
      }
    }),

    enforceAccountType: working<void, { isStandardUser: boolean }>(({ device }, { isStandardUser }) => {
      const { upn } = device.disk.account ?? {}
      if (!isStandardUser || upn === undefined) return
      device.administrators = device.administrators.filter((one) => one !== upn)
      device.log('accountTypeEnforced', { upn })
    }),

    // What the server sends next follows from the report that the extension is there.
    watchSync: watching<{ type: 'sync.over' }>(({ device }, { sendBack }) => {
      const stop = device.onManagementEvent((event) => {
        if (event === 'session.held' && device.installations.reports.length === 0) sendBack({ type: 'sync.over' })
      })
      device.syncNow()
      return stop
    }),

    reportOutcome: working<void, PreparationReport>(({ device }, { progress, failure }) => {
      const { csp } = device
      tell(device, failure ? cancelled(progress) : progress)
      if (!failure) {
        csp.set(NODES.pageStatus, 'int', PAGE_STATUS.exitedOnSuccess)
        device.log('preparationSucceeded', { workloads: progress.workloads.length })
        return
      }
      const { stage, code, name } = failure
      csp.set(NODES.errorPhase, 'int', String(PREPARATION_STAGES.indexOf(stage) + 1))
      csp.set(NODES.errorCode, 'int', String(signedOf(code)))
      csp.set(NODES.errorDetails, 'chr', name)
      csp.set(NODES.pageStatus, 'int', PAGE_STATUS.exitedOnFailure)
      device.log('preparationFailed', { stage, code, workload: name === '' ? '' : `, "${name}"` })
    }),

    retryFailed: working<PreparationProgress>(({ device }) => {
      const { csp, installations, agent } = device
      putBackFailed(csp, installations)
      agent?.retryFailed()
      return preparationProgress(device)
    }),
  },
  actions: {
    holdTo: ({ system }, part) => {
      const { device, timeline } = runOf({ system })
      if (part === 'over') device.closePage(timeline.now)
      device.hold(part === 'over' ? undefined : part)
    },
  },
})
