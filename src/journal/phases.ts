import type { JournalEntry } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import type { CategoryProgress, Screen } from '../domain/screen.ts'

/** A part of a deployment, as the device showed it. */
export interface DeploymentPhase {
  name: string
  /** Virtual milliseconds at which the device first came to it. */
  startedAt: number
  /** When the device left it for the last time; undefined where the run ended in it. */
  endedAt?: number
  /** Virtual milliseconds that it was on the screen, all its tries together. */
  tookMs: number
  /** As it was last seen. */
  state: 'succeeded' | 'failed' | 'inProgress'
  /** How often it failed: Try again may have repaired it. */
  failures: number
  /** Of its last failure. At a time limit the step is the one that was open. */
  failed?: { step?: { label: string; status: string }; code: string }
}

/** Pages that are a phase, or a part of one. The phases of the Enrollment Status Page are its categories. */
const PHASES: Partial<Record<PageId, string>> = {
  signIn: 'Sign-in',
  tpmAttestation: 'TPM attestation',
  deviceJoin: 'Microsoft Entra join',
  enrollment: 'Enrolment in management',
  devicePreparation: 'Required setup',
  devicePreparationFailure: 'Required setup',
  qualityUpdates: 'Quality updates',
  hello: 'Windows Hello',
}

interface Seen {
  name: string
  failed?: NonNullable<DeploymentPhase['failed']>
}

/** Phases of a deployment in the order in which the device came to them: from its sign-in to Windows Hello. A reset begins anew. */
export function phasesOf(entries: readonly JournalEntry[]): DeploymentPhase[] {
  const phases = new Map<string, DeploymentPhase>()
  let open: { seen: Seen; since: number } | undefined
  const close = (at: number) => {
    if (!open) return
    const phase = phases.get(open.seen.name)!
    phase.tookMs += at - open.since
    phase.endedAt = at
    if (!open.seen.failed) phase.state = 'succeeded'
    open = undefined
  }
  for (const entry of entries) {
    if (entry.kind === 'power' && entry.event === 'reset') {
      phases.clear()
      open = undefined
    } else if (entry.kind === 'power' && entry.event === 'cut' && open) {
      const phase = phases.get(open.seen.name)!
      close(entry.at)
      phase.state = 'inProgress'
    }
    if (entry.kind !== 'screen' || !('screen' in entry)) continue
    const seen = seenOn(entry.screen)
    if (open && open.seen.name !== seen?.name) close(entry.at)
    for (const { label, state } of entry.screen.progress?.categories ?? []) settle(phases.get(label), state)
    if (!seen) continue
    const phase: DeploymentPhase = phases.get(seen.name) ?? {
      name: seen.name,
      startedAt: entry.at,
      tookMs: 0,
      state: 'inProgress',
      failures: 0,
    }
    phases.set(seen.name, phase)
    if (seen.failed && !open?.seen.failed) phase.failures++
    if (seen.failed) phase.failed = seen.failed
    phase.state = seen.failed ? 'failed' : 'inProgress'
    delete phase.endedAt
    open = { seen, since: open?.since ?? entry.at }
  }
  if (open) phases.get(open.seen.name)!.tookMs += (entries.at(-1)?.at ?? open.since) - open.since
  return [...phases.values()]
}

/** A category says of its state more than that its page was left: the device may have restarted in the middle of it. */
function settle(phase: DeploymentPhase | undefined, state: CategoryProgress['state']): void {
  if (!phase) return
  if (state === 'succeeded' || state === 'failed') phase.state = state
  else if (state === 'inProgress' || state === 'notStarted') phase.state = 'inProgress'
}

function seenOn({ page, failure, body, progress }: Screen): Seen | undefined {
  const category = progress?.categories?.find(({ state }) => state === 'failed' || state === 'inProgress')
  if (category) {
    if (category.state !== 'failed') return { name: category.label }
    const step =
      category.steps.find(({ state }) => state === 'failed') ??
      category.steps.find(({ state }) => state === 'inProgress')
    return {
      name: category.label,
      failed: {
        code: failure?.code ?? '',
        ...(step ? { step: { label: step.label, status: step.status } } : {}),
      },
    }
  }
  const name = PHASES[page]
  if (name === undefined) return undefined
  const isFailed = failure !== undefined || body.some(({ tone }) => tone === 'error')
  return { name, ...(isFailed ? { failed: { code: failure?.code ?? '' } } : {}) }
}
