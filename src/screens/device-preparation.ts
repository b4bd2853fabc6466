import type { JoinsAs } from '../../machines/pages/device-join.ts'
import type { CategoryProgress, CategoryState, ScreenFailure, StepProgress } from '../domain/screen.ts'
import type { View } from '../domain/view.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Texts } from '../texts/en.ts'
import { errorLines, errorSentence } from './error-lines.ts'
import { complaint, type Draft, detail, working } from './parts.ts'
import { categoriesOf, isTechnicians, untold } from './status-progress.ts'

const STEPS = ['securingHardware', 'joiningNetwork', 'registering', 'preparing'] as const

type PreparationStep = Exclude<(typeof STEPS)[number], 'preparing'>

/** Attestation, join and enrolment: steps of Device preparation when the device joins as itself, a quiet page otherwise. */
export function preparationScreen(
  step: PreparationStep,
  as: JoinsAs,
  failed: ScreenFailure | null,
  controls: Draft['controls'],
  texts: Texts,
  view: View,
): Draft {
  const { enrollmentStatus: said, enrollmentStatusFailure, common } = texts
  if (as === 'user') {
    if (!failed) return working(said.quiet, detail(said[step]))
    return {
      step: 'failed',
      title: common.somethingWentWrong,
      body: errorLines(failed, texts),
      controls,
      failure: shown(failed),
    }
  }
  const at = STEPS.indexOf(step)
  const notYet = failed ? said.previousFailed : said.waiting
  const steps = STEPS.map((id, index): StepProgress => {
    const label = said[id]
    if (index < at) return { id, label, state: 'succeeded', status: said.complete }
    if (index > at) return { id, label, state: 'notStarted', status: notYet }
    return failed
      ? { id, label, state: 'failed', status: said.failedWith({ code: failed.code }) }
      : { id, label, state: 'inProgress', status: said.working }
  })
  const state: CategoryState = failed ? 'failed' : 'inProgress'
  const preparation: CategoryProgress = {
    id: 'devicePreparation',
    label: said.devicePreparation,
    state,
    status: failed ? said.failed : said.working,
    steps,
  }
  const waiting = categoriesOf(view)
    .slice(1)
    .map((id) => untold(id, 'notStarted', notYet, texts))
  return {
    ...(failed ? { step: 'failed' } : {}),
    title: failed ? enrollmentStatusFailure.title : said.title,
    body: failed ? [complaint(failureText(step, failed, texts))] : [],
    controls,
    progress: { categories: [preparation, ...waiting] },
    ...(failed ? { failure: shown(failed) } : {}),
    why: [
      {
        fact: isTechnicians(view) ? 'pre-provisioning' : 'CloudAssignedOobeConfig bits 32 and 64 (self-deploying)',
        effect: 'the device proves its TPM',
      },
    ],
  }
}

const failureText = (step: PreparationStep, failed: ScreenFailure, texts: Texts): string =>
  step === 'securingHardware' && failed.code === CODE.timedOut
    ? texts.errorPage.attestationTimedOut
    : errorSentence(failed, texts)

/** A trouble has more, such as an address, which no page shows. */
const shown = ({ code, text }: ScreenFailure): ScreenFailure => ({ code, text })
