import { formatDuration } from '../../domain/duration.ts'
import type { EventKey } from '../../domain/events.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import { safeText } from '../../domain/safe-text.ts'
import type { Screen } from '../../domain/screen.ts'
import type { Cause, CauseOptions, FactBehind } from './cause.ts'
import { decidingExchange, described, failedSession, isBad, openExchange } from './exchange.ts'
import { factBehind } from './facts.ts'
import { type Incident, incidentOf, pageOf, troublesOf } from './incident.ts'
import { injectedBefore } from './injected.ts'
import { preparationTrouble } from './preparation-page.ts'
import { sharedTextFact } from './reset-and-domain.ts'
import { sessionCausesOf, sessionCauseText } from './sessions.ts'
import { type SetupTrouble, setupTrouble } from './setup-page.ts'
import { type AskedExchange, accountIn, type Story, storyOf, upTo } from './story.ts'
import { unpreparedText } from './unprepared.ts'

/**
 * Why a run failed: first what broke, then what followed. Of a run that ended well, what failed on its way; undefined where
 * nothing did. Of a run that is under way, what its page reports now.
 */
export function causeOf(entries: readonly JournalEntry[], options: CauseOptions = {}): Cause | undefined {
  const story = storyOf(entries)
  const incident = story && incidentOf(story)
  return story && incident && causeAt(story, incident, options)
}

function causeAt(whole: Story, incident: Incident, { explain, run }: CauseOptions): Cause {
  const story = upTo(whole, incident.index)
  const { at, end } = incident
  const setup = setupOf(story, incident)
  const exchange = exchangeOf(story, incident, setup)
  const injected = injectedBefore(story, exchange)
  const fact = factBehind(story, incident, exchange, setup)
  const code = codeIn(incident)
  const told = setup?.app?.exitCode === undefined ? (setup?.explains ?? code) : String(setup.app.exitCode)
  const page = pageOf(incident)
  const explained = told === undefined ? undefined : explain?.(told, page)
  // That the page failed is what the cause is looked for.
  const logged = story.logs.findLast(({ level, event }) => level !== 'information' && !isOfPage(event))
  const sentence =
    sentenceOf(story, incident, setup, exchange) +
    registration(incident, fact) +
    sharedText(story, incident) +
    unprepared(story, incident)
  const because = injected?.isDirect ? `; an event did this: ${injected.text}` : ''
  return {
    sentence: safeText(`${sentence}${because}`, SENTENCE_MAX),
    end,
    at,
    ...(code === undefined ? {} : { code }),
    ...(page ? { page: { id: page, text: textOf(incident) } } : {}),
    ...(setup?.step ? { step: setup.step } : {}),
    ...(setup?.app ? { app: setup.app } : {}),
    ...(setup?.provider === undefined ? {} : { provider: setup.provider }),
    ...(exchange ? { exchange: described(exchange) } : {}),
    ...(setup?.csp ? { csp: setup.csp } : {}),
    ...(logged ? { logged: { channel: logged.channel, id: logged.id, text: logged.text, at: logged.at } } : {}),
    ...(injected ? { injected } : {}),
    ...(fact ? { fact } : {}),
    ...(explained ? { explained } : {}),
    before: beforeIn(whole, incident),
    followed: followedIn(incident, setup),
    next: nextOf(
      run ?? whole.spec.scenario,
      whole,
      told,
      exchange,
      fact !== undefined || incident.kind === 'unanswered',
    ),
  }
}

const isOfPage = (event: EventKey | undefined): boolean =>
  event === 'statusPageFailed' || event === 'statusPageTimedOut'

const SENTENCE_MAX = 600

type Unanswered = Extract<Incident, { kind: 'unanswered' }>['outcome']

/** What was on the Enrollment Status Page, where the trouble is there. */
function setupOf(story: Story, incident: Incident): SetupTrouble | undefined {
  // The technician's page shows categories when that page has failed.
  if (
    incident.kind === 'page' &&
    (incident.shown.screen.page === 'enrollmentStatusFailure' || incident.shown.screen.page === 'technicianStatus') &&
    incident.shown.screen.progress
  ) {
    return setupTrouble(story, incident.shown, true)
  }
  if (incident.kind === 'page' && incident.shown.screen.page === 'devicePreparationFailure')
    return preparationTrouble(story)
  if (incident.kind !== 'stuck' || incident.shown?.screen.page !== 'enrollmentStatus') return undefined
  return setupTrouble(story, incident.shown, false)
}

function exchangeOf(story: Story, incident: Incident, setup: SetupTrouble | undefined): AskedExchange | undefined {
  if (setup) return setup.download ?? (setup.isOver ? undefined : failedSession(story))
  if (incident.kind === 'page') return decidingExchange(story, incident.at)
  if (incident.kind === 'unmanaged') {
    const [first] = sessionCausesOf(story.entries)
    return story.exchanges.find(({ request }) => request.id === first?.exchange)
  }
  if (incident.kind === 'noProfile') {
    return story.exchanges.findLast(({ request }) => request.operation === 'Autopilot lookup')
  }
  if (incident.kind !== 'stuck') return undefined
  return openExchange(story)
}

const codeIn = (incident: Incident): string | undefined => {
  if (incident.kind === 'noProfile') return /^(\d{3}|0x[\da-fA-F]{8}|ERR_[A-Z_]+) /.exec(incident.note)?.[1]
  return incident.kind === 'page' ? incident.code : undefined
}

const textOf = (incident: Incident): string => {
  if (incident.kind === 'page') return pageSentence(incident.shown.screen) ?? incident.text
  return incident.kind === 'stuck' ? incident.outcome.waitingFor : ''
}

/** What the page itself says of its trouble; what a server said is a detail beside it. */
function pageSentence({ body }: Screen): string | undefined {
  const said = ['error', 'normal'].map((wanted) => body.filter(({ tone = 'normal' }) => tone === wanted))
  return said.find(({ length }) => length > 0)?.[0]?.text
}

/** What a page does, after "the". */
const DOINGS: Partial<Record<PageId, string>> = {
  network: 'connection to the network',
  connectivity: 'check for internet',
  criticalUpdates: 'installation of the first updates',
  autopilotProfile: 'look-up of the Autopilot profile',
  signIn: 'sign-in',
  tpmAttestation: 'attestation of the TPM',
  deviceJoin: 'join to Microsoft Entra',
  enrollment: 'enrolment in device management',
  qualityUpdates: 'installation of quality updates',
  welcome: 'sign-in at the welcome',
  nextSignIn: 'sign-in at the desktop',
}

const OF_A_PERSON: readonly PageId[] = ['signIn', 'enrollment', 'deviceJoin', 'nextSignIn']

function sentenceOf(
  story: Story,
  incident: Incident,
  setup: SetupTrouble | undefined,
  exchange: AskedExchange | undefined,
): string {
  const failedSessionText = sessionTrouble(story)
  switch (incident.kind) {
    case 'page': {
      if (setup) return setup.isOver ? setup.sentence : setup.sentence + failedSessionText
      const { page, step } = incident.shown.screen
      const account = OF_A_PERSON.includes(page) ? accountIn(story) : undefined
      const doing = DOINGS[page] ?? `page ${page}${step ? `/${step}` : ''}`
      const code = incident.code && !incident.text.includes(incident.code) ? ` (${incident.code})` : ''
      const where =
        page === 'signIn' && exchange?.request.operation === 'Web sign-in' ? " at the school's own page" : ''
      return `the ${doing}${account ? ` of ${account}` : ''}${where} failed: ${incident.text.replace(/\.$/, '')}${code}${operationText(exchange, incident.text)}`
    }
    case 'unanswered':
      return unansweredText(story, incident.outcome)
    case 'stuck': {
      const { outcome } = incident
      const reason = outcome.reason ? `; ${outcome.reason}` : ''
      if (setup) return `${setup.sentence}${failedSessionText}${reason}`
      const open = exchange ? `; request ${exchange.request.id} (${exchange.request.operation}) has no answer` : ''
      const offline = isOffline(story) ? '; the device is offline' : ''
      return `the run waits at "${outcome.waitingFor}" (${outcome.state}) since ${formatDuration(outcome.since)}${offline}${open}${reason}`
    }
    case 'unmanaged': {
      const [first] = sessionCausesOf(story.entries)
      return `the device was never managed: ${first ? sessionCauseText(first) : 'no session was held'}`
    }
    case 'kioskLost':
      return 'the automatic sign-in of the kiosk was lost with a restart: known issue of Windows'
    case 'noProfile':
      return `the device got no Autopilot profile: ${incident.note}`
  }
}

/** Answers of the look-up are few: the registration is what tells two of them apart. */
const registration = (incident: Incident, fact: FactBehind | undefined): string =>
  incident.kind === 'noProfile'
    ? `${fact ? `; ${fact.text}` : ''}${incident.outcome ? `; then ${incident.outcome.text}` : ''}`
    : ''

/** Of a page that says the same for several reasons: which of them it is. */
const sharedText = ({ spec }: Story, incident: Incident): string => {
  const found = incident.kind === 'page' ? sharedTextFact(spec, pageOf(incident), incident.text) : undefined
  return found && !spec.service ? `; ${found.text}` : ''
}

/** A school that prepares devices has a reason why it did not prepare this one. */
const unprepared = (story: Story, incident: Incident): string =>
  incident.kind === 'noProfile' ? unpreparedText(story) : ''

/** In which exchange it went wrong, where the text of the trouble does not say so. */
const operationText = (exchange: AskedExchange | undefined, text: string): string =>
  exchange && isBad(exchange) && !text.includes(exchange.request.operation) ? `, in ${exchange.request.operation}` : ''

/** The last session with the management server, where it failed. */
function sessionTrouble({ entries }: Story): string {
  const last = entries.findLast((entry) => entry.kind === 'session' && entry.event === 'ended')
  if (last?.kind !== 'session' || typeof last.result !== 'object') return ''
  const { code, text } = last.result
  return `; the last management session failed: ${text} (${code})`
}

function isOffline({ entries }: Story): boolean {
  const last = entries.findLast((entry) => entry.kind === 'network')
  return last?.kind === 'network' && !last.isOnline
}

/** A page for which the person has no answer, and the last button that led there. */
function unansweredText({ stimuli, screens, entries }: Story, { page, text, controls }: Unanswered): string {
  const shown = screens.findLast(({ screen }) => screen.page !== page)
  const last = stimuli.findLast(({ stimulus }) => stimulus.kind === 'press')?.stimulus
  // On the way on, the page itself is what lacks its answer.
  const isBack = screens.some(({ index, screen }) => screen.page === page && index < (shown?.index ?? 0))
  const came =
    shown && isBack && last?.kind === 'press' && last.page === shown.screen.page
      ? `the person pressed "${last.control}" on the page ${last.page} ("${shown.screen.english ?? shown.screen.title}"), and then `
      : ''
  const reset = entries.findLast((entry) => entry.kind === 'power' && entry.event === 'reset')
  const isAfter = reset !== undefined && !stimuli.some(({ at, stimulus }) => at > reset.at && stimulus.kind === 'press')
  const anew = isAfter ? `the device was reset at ${formatDuration(reset.at)}, and then ` : ''
  return `${anew || came}${text}; it offers ${controls.join(', ')}`
}

/** What broke before and was not repaired: pages that a person left by Continue anyway. */
function beforeIn(story: Story, incident: Incident): string[] {
  return troublesOf(story)
    .filter(({ end, index }) => (end === 'passedOver' || end === 'reset') && index < incident.index)
    .map((earlier) => {
      const told = upTo(story, earlier.index)
      const setup = setupOf(told, earlier)
      const sentence = sentenceOf(told, earlier, setup, exchangeOf(told, earlier, setup))
      const left = earlier.end === 'reset' ? 'the person reset the device' : 'the person continued anyway'
      return safeText(`${sentence}, at ${formatDuration(earlier.at)}; ${left}`, SENTENCE_MAX)
    })
}

function followedIn(incident: Incident, setup: SetupTrouble | undefined): string[] {
  const followed = (setup?.followed ?? []).map((text) => safeText(text))
  if (incident.kind !== 'page') return followed
  const { failure } = incident.shown.screen
  const said = failure && pageSentence(incident.shown.screen)
  return said === undefined || (said === incident.text && !setup)
    ? followed
    : [...followed, `the page said: "${safeText(said)}"`]
}

function nextOf(
  name: string,
  { spec }: Story,
  code: string | undefined,
  exchange: AskedExchange | undefined,
  hasFact: boolean,
): string[] {
  const run = /^[\w./-]+$/.test(name) ? name : JSON.stringify(name)
  return [
    ...(code === undefined || code.startsWith('ERR_') || code.includes('=') ? [] : [`oobe explain ${code}`]),
    ...(exchange ? [`oobe show ${run} --wire --only "#${exchange.request.id}"`] : []),
    ...(hasFact || exchange ? [] : [`oobe tenant show ${spec.tenant.id}`]),
    `oobe diagnose ${run}`,
  ]
}
