import type { ContextFrom } from 'xstate'
import type { enrollmentStatusMachine } from '../../machines/enrollment-status/enrollment-status.ts'
import type { CategoryContext } from '../../machines/enrollment-status/setup-category.ts'
import type { deviceJoinMachine, JoinsAs } from '../../machines/pages/device-join.ts'
import type { enrollmentMachine } from '../../machines/pages/enrollment.ts'
import type { tpmAttestationMachine } from '../../machines/pages/tpm-attestation.ts'
import { ESP_TEXT, type EspCategoryId, type EspPolicy, shareOf } from '../domain/esp.ts'
import { safeText } from '../domain/safe-text.ts'
import type { CategoryProgress, CategoryState, Progress, ScreenFailure, StepProgress, Why } from '../domain/screen.ts'
import { contextOf, type View } from '../domain/view.ts'
import { button, complaint, type Draft, detail, line, primary, type StateOf, working } from './parts.ts'

/** Recollection; no source found (reference: oobe-autopilot-esp.md, 4.1 [U]). */
const HEADING = 'Setting up for work or school'

const LABELS: Record<EspCategoryId, string> = {
  devicePreparation: 'Device preparation',
  deviceSetup: 'Device setup',
  accountSetup: 'Account setup',
}
const ORDER: EspCategoryId[] = ['devicePreparation', 'deviceSetup', 'accountSetup']

const PREPARATION = [
  { id: 'securingHardware', label: 'Securing your hardware' },
  { id: 'joiningNetwork', label: "Joining your organization's network" },
  { id: 'registering', label: 'Registering your device for mobile management' },
  { id: 'preparing', label: 'Preparing your device for mobile management' },
]

/** On a page that is still at work its label is not published: the one of the failure page stands for it [U]. */
const CONTINUE_ANYWAY = button('continueAnyway', 'Continue anyway', 'user.continueAnyway')
const LEAVE_WHY: Why = { fact: 'BlockInStatusPage 0', effect: 'people may leave the page' }

const blockOf = ({ mayLeave, canReset, canRetry, canContinue }: EspPolicy): number =>
  mayLeave ? 0 : Number(canReset) + 2 * Number(canRetry) + 4 * Number(canContinue)

type StatusContext = ContextFrom<typeof enrollmentStatusMachine>

/** The page with all its categories; the one that runs comes from its own statechart. */
export function enrollmentStatusScreen(context: StatusContext, view: View): Draft {
  const categories = categoriesOf(context, view)
  return {
    title: HEADING,
    body: [detail('Please keep your device on and connected. This can take a while.')],
    controls: context.policy.mayLeave ? [CONTINUE_ANYWAY] : [],
    progress: progressOf(categories, reachedIn(context, view)),
    why: [...policyWhy(context), ...(context.policy.mayLeave ? [LEAVE_WHY] : [])],
  }
}

export function enrollmentStatusFailureScreen(context: StatusContext, view: View): Draft {
  const { policy, isTimeout, code, logsCollected } = context
  // Precedence: the organization's text, the timeout's, the built-in one (section 10, invariants).
  const text = policy.customErrorText
    ? safeText(policy.customErrorText)
    : isTimeout
      ? ESP_TEXT.timeout.text
      : ESP_TEXT.customErrorDefault.text
  return {
    title: ESP_TEXT.failure.text,
    body: [complaint(text), ...(logsCollected ? [detail('Logs were collected.')] : [])],
    controls: [
      ...(policy.canCollectLogs ? [button('collectLogs', 'Collect logs', 'user.collectLogs')] : []),
      ...(policy.canReset ? [button('reset', 'Reset device', 'user.reset')] : []),
      ...(policy.canContinue ? [CONTINUE_ANYWAY] : []),
      ...(policy.canRetry ? [primary('tryAgain', 'Try again', 'user.tryAgain')] : []),
    ],
    progress: progressOf(categoriesOf(context, view), reachedIn(context, view)),
    failure: { code, text },
    why: [
      ...policyWhy(context),
      {
        fact: `BlockInStatusPage ${blockOf(policy)}`,
        effect: 'which buttons are offered',
      },
    ],
  }
}

const policyWhy = ({ policy, phase }: StatusContext): Why[] => [
  {
    fact: `FirstSyncStatus/${phase === 'device' ? 'SkipDeviceStatusPage' : 'SkipUserStatusPage'} ${policy.skipped}`,
    effect: 'Enrollment Status Page shown',
  },
]

function categoriesOf({ phase, finished, failedIn }: StatusContext, view: View): CategoryProgress[] {
  return ORDER.map((id) => {
    const running = contextOf<CategoryContext>(view, id)?.progress ?? finished[id]
    if (running) return running
    if (phase === 'user' && id !== 'accountSetup') return over(id)
    // A timeout ends a category that has said nothing final.
    if (id === failedIn && view.some(({ states }) => states.includes('failed'))) return untold(id, 'failed', 'Failed')
    return untold(id, 'notStarted', 'Waiting for previous step to finish')
  })
}

const untold = (id: EspCategoryId, state: CategoryState, status: string): CategoryProgress => ({
  id,
  label: LABELS[id],
  state,
  status,
  steps: [],
})

const over = (id: EspCategoryId): CategoryProgress => untold(id, 'succeeded', 'Complete')

const reachedIn =
  ({ reached }: StatusContext, view: View) =>
  (id: EspCategoryId): number =>
    Math.max(reached[id] ?? 0, contextOf<CategoryContext>(view, id)?.reached ?? 0)

/** Each category is an equal part of the bar, and no part of it goes back (an assumption: Windows shows no such bar). */
function progressOf(categories: CategoryProgress[], reached: (id: EspCategoryId) => number = () => 0): Progress {
  const parts = categories.map((category) => Math.max(shareOf(category), reached(category.id as EspCategoryId)))
  return { fraction: parts.reduce((sum, part) => sum + part, 0) / parts.length, categories }
}

type PreparationStep = 'securingHardware' | 'joiningNetwork' | 'registering'

/** Attestation, join and enrolment: steps of Device preparation when the device joins as itself, a quiet page otherwise. */
function preparationScreen(
  step: PreparationStep,
  as: JoinsAs,
  failed: ScreenFailure | null,
  controls: Draft['controls'],
): Draft {
  const at = PREPARATION.findIndex(({ id }) => id === step)
  if (as === 'user') {
    if (!failed) return working('Please wait while we set up your device…', detail(PREPARATION[at]!.label))
    return {
      step: 'failed',
      title: 'Something went wrong',
      body: [line(safeText(failed.text)), line(failed.code, 'code')],
      controls,
      failure: failed,
    }
  }
  const steps = PREPARATION.map(({ id, label }, index): StepProgress => {
    if (index < at) return { id, label, state: 'succeeded', status: 'Complete' }
    if (index > at) {
      const status = failed ? '(Previous step failed)' : 'Waiting for previous step to finish'
      return { id, label, state: 'notStarted', status }
    }
    return failed
      ? { id, label, state: 'failed', status: `Failed: ${failed.code}` }
      : { id, label, state: 'inProgress', status: 'Working on it...' }
  })
  const state: CategoryState = failed ? 'failed' : 'inProgress'
  const preparation: CategoryProgress = {
    id: 'devicePreparation',
    label: LABELS.devicePreparation,
    state,
    status: failed ? 'Failed' : 'Working on it...',
    steps,
  }
  const waiting = ORDER.slice(1).map((id) =>
    untold(id, 'notStarted', failed ? '(Previous step failed)' : 'Waiting for previous step to finish'),
  )
  return {
    ...(failed ? { step: 'failed' } : {}),
    title: failed ? ESP_TEXT.failure.text : HEADING,
    body: failed ? [complaint(safeText(failed.text))] : [],
    controls,
    progress: progressOf([preparation, ...waiting]),
    ...(failed ? { failure: failed } : {}),
    why: [{ fact: 'CloudAssignedOobeConfig bits 32 and 64 (self-deploying)', effect: 'the device proves its TPM' }],
  }
}

const TRY_AGAIN = primary('tryAgain', 'Try again', 'user.tryAgain')

export const tpmAttestationScreen = (
  context: ContextFrom<typeof tpmAttestationMachine>,
  state: StateOf<typeof tpmAttestationMachine>,
): Draft =>
  preparationScreen(
    'securingHardware',
    'device',
    state === 'failed' ? context.trouble : null,
    state === 'failed' ? [button('reset', 'Reset device', 'user.reset'), TRY_AGAIN] : [],
  )

export function deviceJoinScreen(
  context: ContextFrom<typeof deviceJoinMachine>,
  state: StateOf<typeof deviceJoinMachine>,
): Draft {
  const { terms, trouble, joinsAs, isAgreed } = context
  if (state === 'readingTerms') return termsScreen(terms)
  if (state === 'acceptingTerms') return { ...working('Just a moment…'), step: state }
  const buttons = state === 'failed' ? [button('startOver', 'Start over', 'user.startOver'), TRY_AGAIN] : []
  if (state === 'failed' && !isAgreed) {
    return {
      step: 'termsFailed',
      title: 'Something went wrong',
      body: [
        line("We could not reach your organization's MDM terms of use."),
        line(trouble?.text ?? '', 'detail'),
        line(trouble?.code ?? '', 'code'),
      ],
      controls: buttons,
      failure: { code: trouble?.code ?? '', text: trouble?.text ?? '' },
    }
  }
  return preparationScreen('joiningNetwork', joinsAs, state === 'failed' ? trouble : null, buttons)
}

/** Lines of the terms that fit on a page. */
const TERMS_LINES_MAX = 10

/** The page is the service's own in a web host; its title and its buttons here are ours [U]. */
const termsScreen = (terms: readonly string[]): Draft => ({
  step: 'terms',
  title: 'Terms of use',
  body: [
    ...terms.slice(0, TERMS_LINES_MAX).map((text) => line(text)),
    ...(terms.length > TERMS_LINES_MAX ? [detail(`${terms.length - TERMS_LINES_MAX} more lines`)] : []),
  ],
  controls: [button('cancel', 'Cancel', 'user.cancel'), primary('accept', 'Accept', 'user.accept')],
  why: [{ fact: 'the claim mdm_terms_of_use_url of the sign-in', effect: 'terms of use before the join' }],
})

export const enrollmentScreen = (
  context: ContextFrom<typeof enrollmentMachine>,
  state: StateOf<typeof enrollmentMachine>,
): Draft =>
  preparationScreen(
    'registering',
    context.enrollsAs,
    state === 'failed' ? context.trouble : null,
    state === 'failed' ? [button('startOver', 'Start over', 'user.startOver'), TRY_AGAIN] : [],
  )
