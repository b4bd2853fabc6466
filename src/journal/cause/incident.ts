import { LOOKUP_CODES, lookupEvent } from '../../domain/autopilot.ts'
import { type EventKey, isProfileCame } from '../../domain/events.ts'
import type { Outcome } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import type { CauseEnd } from './cause.ts'
import type { ShownScreen, Story } from './story.ts'

/** Where a run failed, or what failed on its way. */
export type Incident = { at: number; index: number; end: CauseEnd } & (
  | { kind: 'page'; shown: ShownScreen; code?: string; text: string }
  | { kind: 'unanswered'; outcome: Extract<Outcome, { kind: 'unanswered' }> }
  | { kind: 'stuck'; outcome: Extract<Outcome, { kind: 'stuck' }>; shown?: ShownScreen }
  /** The run ended at the sign-in screen, and the account of a kiosk should have signed in. */
  | { kind: 'kioskLost' }
  /** The run ended well, and no session with the management server was ever held. */
  | { kind: 'unmanaged' }
  /** The device got no profile of the school: the run ended well without it, or with a page that a profile would have hidden. */
  | { kind: 'noProfile'; note: string; outcome?: Extract<Outcome, { kind: 'unanswered' }> }
)

/** What a page says that reports a trouble; undefined for any other page. */
function troubleOn({ screen }: ShownScreen): { code?: string; text: string } | undefined {
  const { failure, body } = screen
  if (failure) return { ...(failure.code === '' ? {} : { code: failure.code }), text: failure.english ?? failure.text }
  const said = body.filter(({ tone }) => tone === 'error').map(({ text, english }) => english ?? text)
  return said.length > 0 ? { text: said.join(' ') } : undefined
}

const pageIncident = (shown: ShownScreen, end: CauseEnd): Incident | undefined => {
  const trouble = troubleOn(shown)
  return trouble && { kind: 'page', at: shown.at, index: shown.index, end, shown, ...trouble }
}

/** How a person left a failed page without its repair: by Continue anyway, or by a reset. */
function leftBy({ screens, stimuli }: Story, shown: ShownScreen): 'passedOver' | 'reset' | undefined {
  const next = screens.find(({ index, screen }) => index > shown.index && screen.page !== shown.screen.page)
  const pressed = stimuli.findLast(
    ({ index, stimulus }) =>
      index > shown.index && index < (next?.index ?? Number.POSITIVE_INFINITY) && stimulus.kind === 'press',
  )?.stimulus
  if (pressed?.kind !== 'press') return undefined
  return pressed.control === 'continueAnyway' ? 'passedOver' : pressed.control === 'reset' ? 'reset' : undefined
}

/** Pages that reported a trouble, the first first: a page that says the same again counts once. */
export function troublesOf(story: Story): (Incident & { kind: 'page' })[] {
  const found: (Incident & { kind: 'page' })[] = []
  let before: ShownScreen | undefined
  for (const shown of story.screens) {
    const incident = pageIncident(shown, leftBy(story, shown) ?? 'recovered')
    const isSame =
      before?.screen.page === shown.screen.page &&
      JSON.stringify(troubleOn(before)) === JSON.stringify(troubleOn(shown))
    if (incident?.kind === 'page' && !isSame) found.push(incident)
    before = shown
  }
  return found
}

/** What a run failed by; else the last that failed on its way. */
export function incidentOf(story: Story): Incident | undefined {
  const { outcome, screens, entries } = story
  const last = screens.at(-1)
  const index = entries.length - 1
  const at = entries.at(-1)?.at ?? 0
  switch (outcome?.kind) {
    case undefined:
      return last && pageIncident(last, 'present')
    case 'failed': {
      const shown = screens.findLast((one) => one.screen.page === outcome.page && one.screen.failure)
      if (!shown) return undefined
      return {
        kind: 'page',
        at: shown.at,
        index: shown.index,
        end: 'ended',
        shown,
        code: outcome.code,
        text: outcome.text,
      }
    }
    case 'unanswered':
      return (
        (last && pageIncident(last, 'ended')) ??
        withoutProfile(story, { at, index, end: 'ended' }, outcome) ?? {
          kind: 'unanswered',
          at,
          index,
          end: 'ended',
          outcome,
        }
      )
    case 'stuck':
      return { kind: 'stuck', at, index, end: 'ended', outcome, ...(last ? { shown: last } : {}) }
    case 'desktop':
    case 'signInScreen':
    case 'kiosk': {
      if (outcome.kind === 'signInScreen' && outcome.isKioskLost) return { kind: 'kioskLost', at, index, end: 'ended' }
      if (isNeverManaged(story)) return { kind: 'unmanaged', at, index, end: 'ended' }
      if (!outcome.autopilot && outcome.note?.startsWith('no Autopilot profile'))
        return { kind: 'noProfile', at, index, end: 'ended', note: outcome.note.replace('no Autopilot profile: ', '') }
      const troubles = troublesOf(story)
      return troubles.findLast(({ end }) => end === 'passedOver') ?? troubles.at(-1)
    }
    default:
      return (last && pageIncident(last, 'ended')) ?? troublesOf(story).at(-1)
  }
}

/** How the look-up ends in the Autopilot event log, where no profile came (reference: oobe-autopilot-esp.md, 8.1). */
const NO_PROFILE: readonly EventKey[] = ['profileDownloadGivenUp', ...LOOKUP_CODES.map((code) => lookupEvent(code))]

function withoutProfile(
  { logs }: Story,
  place: Pick<Incident, 'at' | 'index' | 'end'>,
  outcome: Extract<Outcome, { kind: 'unanswered' }>,
): Incident | undefined {
  const last = logs.findLast((one) => isProfileCame(one) || (one.event !== undefined && NO_PROFILE.includes(one.event)))
  if (!last || isProfileCame(last)) return undefined
  const note = last.text.includes(' ') ? last.text : `${last.id} ${last.text}`
  return { ...place, kind: 'noProfile', note, outcome }
}

/** A device whose sessions with the management server all failed. */
function isNeverManaged({ outcome, entries }: Story): boolean {
  if (!outcome || !('managed' in outcome) || outcome.managed) return false
  const results = entries.flatMap((entry) => (entry.kind === 'session' && entry.result ? [entry.result] : []))
  return results.length > 0 && !results.includes('held')
}

export const pageOf = (incident: Incident): PageId | undefined =>
  incident.kind === 'page' || incident.kind === 'stuck' ? incident.shown?.screen.page : undefined
