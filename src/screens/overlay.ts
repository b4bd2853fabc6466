import type { ContextFrom } from 'xstate'
import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { overlayMachine } from '../../machines/overlay/overlay.ts'
import { contextOf, type View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { button, type Draft, detail, line, primary } from './parts.ts'
import { type StatusContext, statusProgress } from './status-progress.ts'

type OverlayContext = ContextFrom<typeof overlayMachine>

export const commandPromptScreen = (_context: unknown, _state: unknown, { overlay: said }: Texts): Draft => ({
  title: said.commandPrompt,
  body: [detail(said.commands)],
  controls: [
    button('restart', 'shutdown /r /t 0', 'user.restart'),
    button('resetRetries', 'reg add … UserOOBE … 1 & shutdown /r /t 0', 'user.resetRetries'),
    button('shutDown', 'shutdown /s /t 0', 'user.shutDown'),
    primary('close', 'exit', 'user.close'),
  ],
  why: [{ fact: 'Shift+F10', effect: said.commandPromptWhy }],
})

export function settingsScreen(
  { resetTrouble }: OverlayContext,
  state: unknown,
  { overlay: said, reset }: Texts,
): Draft {
  const why = [{ fact: 'Windows 11 SE', effect: said.noShell }]
  const close = primary('close', said.close, 'user.close')
  if (state === 'notReset' && resetTrouble) {
    const { code } = resetTrouble
    return {
      step: 'notReset',
      title: reset.settingsTrouble,
      body: [line(reset.noRecoveryInSettings), line(code, 'code')],
      controls: [close],
      failure: { code, text: reset.noRecoveryInSettings },
      why,
    }
  }
  return {
    title: said.settings,
    body: [line(said.noShell), detail(said.accessibility)],
    controls: [button('reset', said.resetPc, 'user.reset'), close],
    why,
  }
}

/** Facts of the device and of what lies below it, as they are now. */
export function diagnosticsScreen(
  { facts, logsCollected }: OverlayContext,
  _state: unknown,
  texts: Texts,
  view: View,
): Draft {
  const { overlay: said } = texts
  const told = [...facts, ...setupFacts(contextOf<OobeContext>(view, 'oobe'), texts)]
  const status = contextOf<StatusContext>(view, 'enrollmentStatus')
  return {
    title: said.diagnostics,
    body: [
      ...told.map(({ label, value }) => line(`${label}: ${value}`)),
      ...(logsCollected ? [detail(texts.enrollmentStatusFailure.logsCollected)] : []),
    ],
    controls: [button('exportLogs', said.exportLogs, 'user.collectLogs'), primary('close', said.close, 'user.close')],
    // The content is richer where the school lets logs be collected.
    ...(status?.policy.canCollectLogs ? { progress: statusProgress(status, view, texts) } : {}),
    why: [{ fact: 'Ctrl+Shift+D', effect: said.diagnosticsWhy }],
  }
}

function setupFacts(oobe: OobeContext | undefined, { overlay: said }: Texts) {
  if (!oobe) return []
  const { profile, answer, disk } = oobe
  const without = answer && 'code' in answer ? answer.code : said.notAskedYet
  return [
    { label: said.deviceName, value: disk.deviceName },
    { label: said.profile, value: profile?.deploymentProfileName ?? without },
    { label: said.tenant, value: profile?.tenantDomain ?? said.none },
    { label: said.joined, value: disk.isJoined ? said.yes : said.no },
    { label: said.enrolled, value: disk.isEnrolled ? said.yes : said.no },
  ]
}

export function provisioningOptionsScreen(_context: unknown, state: unknown, { overlay: said, common }: Texts): Draft {
  const why = [{ fact: 'Windows key five times', effect: said.provisioningWhy }]
  if (state === 'provisioningOptions') {
    return {
      title: said.provisioning,
      body: [],
      controls: [
        {
          id: 'option',
          kind: 'choice',
          label: said.provisioning,
          options: [
            { id: 'preProvision', label: said.preProvision },
            { id: 'package', label: said.installPackage },
          ],
          selected: 'preProvision',
        },
        button('cancel', common.cancel, 'user.cancel'),
        primary('next', common.next, 'user.next'),
      ],
      why,
    }
  }
  return {
    step: 'package',
    title: said.installPackage,
    body: [line(said.notSimulated)],
    controls: [primary('close', said.close, 'user.close')],
    why,
  }
}

export const auditModeScreen = (_context: unknown, _state: unknown, { overlay: said }: Texts): Draft => ({
  title: said.auditMode,
  body: [line(said.notSimulated), detail(said.auditModeAbout)],
  controls: [primary('restart', said.leaveAuditMode, 'user.restart')],
  why: [{ fact: 'Ctrl+Shift+F3', effect: said.auditMode }],
})
