import type { ContextFrom } from 'xstate'
import type { OobeContext } from '../../machines/oobe/oobe-context.ts'
import type { provisioningReviewMachine } from '../../machines/pages/provisioning-review.ts'
import type { technicianStatusMachine } from '../../machines/pages/technician-status.ts'
import type { AutopilotProfile, Branding } from '../domain/autopilot.ts'
import { formatDuration } from '../domain/duration.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Line } from '../domain/screen.ts'
import { contextOf, type View } from '../domain/view.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Texts } from '../texts/en.ts'
import { button, complaint, type Draft, detail, line, primary, type StateOf, working } from './parts.ts'
import { worded } from './status-progress.ts'

const WHY = [{ fact: 'Pre-provision with Windows Autopilot', effect: 'a technician prepares the device' }]

/** What the technician checks, before and after (2.4 [D]). What the QR code holds besides the id is not published. */
function detailsOf(profile: AutopilotProfile | null | undefined, branding: Branding | null, texts: Texts): Line[] {
  const { preProvisioning: said } = texts
  if (!profile) return []
  return [
    line(said.organization({ name: safeText(branding?.name ?? profile.tenantDomain) })),
    line(said.profile({ name: safeText(profile.deploymentProfileName) })),
    line(said.assignedUser({ user: safeText(profile.tenantUpn) || said.noUser })),
    line(said.qrCode({ id: safeText(profile.ztdRegistrationId) }), 'code'),
  ]
}

export function provisioningReviewScreen(
  { profile, branding, reason }: ContextFrom<typeof provisioningReviewMachine>,
  state: StateOf<typeof provisioningReviewMachine>,
  texts: Texts,
): Draft {
  const { preProvisioning: said, common } = texts
  if (state === 'loadingBranding' || state === 'beginning') return { ...working(common.justAMoment), step: state }
  const [cancel, refresh] = [
    button('cancel', common.cancel, 'user.cancel'),
    button('refresh', said.refresh, 'user.refresh'),
  ]
  if (state === 'withoutProfile') {
    return {
      step: 'withoutProfile',
      title: said.review,
      body: [complaint(said.noProfile), detail(reason)],
      controls: [cancel, refresh],
      why: WHY,
    }
  }
  return {
    title: said.review,
    body: detailsOf(profile, branding, texts),
    controls: [cancel, refresh, primary('provision', said.provision, 'user.provision')],
    why: WHY,
  }
}

/** That success is green and failure red is not published. */
export function technicianStatusScreen(
  { failure, branding, elapsedMs, logsCollected }: ContextFrom<typeof technicianStatusMachine>,
  state: StateOf<typeof technicianStatusMachine>,
  texts: Texts,
  view: View,
): Draft {
  const { preProvisioning: said, enrollmentStatusFailure, common, overlay } = texts
  const profile = contextOf<OobeContext>(view, 'oobe')?.disk.profile
  const facts = [
    ...detailsOf(profile, branding, texts),
    line(said.elapsed({ time: formatDuration(elapsedMs) })),
    ...(logsCollected ? [detail(enrollmentStatusFailure.logsCollected)] : []),
  ]
  if (!failure) {
    if (state === 'sealing') return { ...working(common.justAMoment), step: state }
    return {
      step: 'green',
      title: said.succeeded,
      body: [line(said.ready, 'success'), ...facts],
      controls: [primary('reseal', said.reseal, 'user.reseal')],
      why: WHY,
    }
  }
  const { trouble, categories = [] } = failure
  const text =
    trouble.text || (trouble.code === CODE.timedOut ? enrollmentStatusFailure.timeout : enrollmentStatusFailure.builtIn)
  return {
    step: 'red',
    title: said.failed,
    body: [complaint(safeText(text)), line(trouble.code, 'code'), ...facts],
    controls: [
      button('exportLogs', overlay.exportLogs, 'user.collectLogs'),
      button('reset', common.reset, 'user.reset'),
      primary('retry', said.retry, 'user.retry'),
    ],
    ...(categories.length > 0
      ? { progress: { categories: categories.map((category) => worded(category, texts)) } }
      : {}),
    failure: { code: trouble.code, text },
    why: WHY,
  }
}
