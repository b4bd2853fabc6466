import { isSelfDeploying } from '../domain/autopilot.ts'
import { PAGE_STATUS, PREPARATION_NODES } from '../domain/device-preparation.ts'
import type { PageId } from '../domain/pages.ts'
import { CODE, codeOfSigned } from '../domain/windows-codes.ts'
import { codeIn, type EventFact } from './facts.ts'
import { eventsOf, firstSync, type Incident } from './incident.ts'

/** How the first boot ended, as far as its device shows it. */
export type End =
  | { kind: 'failed'; page: PageId; code: string }
  /** `continued`: the person left a status page that had failed. */
  | { kind: 'over'; continued: boolean }
  /** Pre-provisioned, and switched off for its user. */
  | { kind: 'resealed' }
  /** Nothing on the device says it: the page it stayed at leaves no trace. */
  | { kind: 'notShown'; after: 'nothing' | 'theProfile' | 'theJoin' | 'theEnrolment' }

/** By what came last: a page that failed and was tried again is no end. */
export function endOf(incident: Incident): End {
  const page = lastOfStatusPage(incident)
  const preparation = preparationEnd(incident)
  if (preparation) return preparation
  if (page?.says === 'failed' && !(incident.isSetupOver === true && page.isLeft)) {
    return { kind: 'failed', page: page.isTechnicians ? 'technicianStatus' : pageOf(incident), code: page.code }
  }
  if (isOver(incident)) return { kind: 'over', continued: page?.says === 'failed' || page?.hasFailedBefore === true }
  return (
    refusalOf(incident) ??
    (page?.says === 'resealed' ? { kind: 'resealed' } : { kind: 'notShown', after: reached(incident) })
  )
}

export const isOver = ({ isSetupOver, pages }: Incident): boolean =>
  isSetupOver ?? pages.some(({ says }) => says === 'desktop')

/** What the profile says in its bits. */
export const configOf = ({ profile }: Incident): number => Number(profile?.CloudAssignedOobeConfig ?? 0)

export const deploysItself = (incident: Incident): boolean =>
  incident.profile !== undefined && isSelfDeploying({ oobeConfig: configOf(incident) })

/** A technician began it: with the Windows key, five times. */
export const isPreProvisioned = (incident: Incident): boolean =>
  eventsOf(incident, 'managementService', 509).length > 0 ||
  incident.pages.some(({ says }) => says === 'preProvisioned')

/** A policy of device preparation reached the device. */
export const isPrepared = ({ nodes }: Incident): boolean => nodes.get(PREPARATION_NODES.pageEnabled) === 'true'

/** Sessions were held, or nodes came that only one brings. */
export function isManaged(incident: Incident): boolean {
  if (!incident.isManaged) return false
  const ends = eventsOf(incident, 'management', 209)
  const held = ends.some(({ values }) => values.every((value) => codeIn(value) === undefined))
  return held || eventsOf(incident, 'management', 201).length === 0
}

function preparationEnd(incident: Incident): End | undefined {
  const { nodes } = incident
  if (!isPrepared(incident) || nodes.get(PREPARATION_NODES.pageStatus) !== PAGE_STATUS.exitedOnFailure) {
    const code = nodes.get(PREPARATION_NODES.errorCode)
    const isOpen = nodes.get(PREPARATION_NODES.pageStatus) === PAGE_STATUS.inProgress
    if (!isPrepared(incident) || !isOpen || code === undefined || isOver(incident)) return undefined
    return { kind: 'failed', page: 'devicePreparationFailure', code: hresult(code) }
  }
  if (isOver(incident)) return { kind: 'over', continued: true }
  return { kind: 'failed', page: 'devicePreparationFailure', code: hresult(nodes.get(PREPARATION_NODES.errorCode)) }
}

const hresult = (value: string | undefined): string =>
  value !== undefined && /^-?\d+$/.test(value) ? codeOfSigned(Number(value)) : CODE.timedOut

interface StatusPageEnd {
  says: 'failed' | 'exited' | 'resealed'
  code: string
  isTechnicians: boolean
  /** Something followed the failure. */
  isLeft: boolean
  hasFailedBefore: boolean
}

/** The last that the event log, a session or the registry says of the status page. */
function lastOfStatusPage(incident: Incident): StatusPageEnd | undefined {
  const said = [...shellEvents(incident), ...sessionPages(incident)].toSorted((a, b) => a.at - b.at)
  const last = said.at(-1)
  const failed = said.findLast((one) => one.says === 'failed')
  const failedCategory = failedCategoryOf(incident)
  if (!last || (last.says === 'exited' && failedCategory !== undefined && !isOver(incident))) {
    if (!failedCategory) return undefined
    const isTechnicians = isPreProvisioned(incident) && last === undefined
    return {
      says: 'failed',
      code: codeOfCategory(incident) ?? CODE.timedOut,
      isTechnicians,
      isLeft: false,
      hasFailedBefore: false,
    }
  }
  return {
    says: last.says,
    code: last.code ?? codeOfCategory(incident) ?? enrolmentCode(incident) ?? CODE.timedOut,
    isTechnicians: last.isTechnicians,
    isLeft: last !== failed,
    hasFailedBefore: failed !== undefined && failedCategory !== undefined,
  }
}

interface Said {
  says: 'failed' | 'exited' | 'resealed'
  at: number
  code: string | undefined
  isTechnicians: boolean
}

/** Names in these events are identifiers, and the same in each language (8.2 [F]). */
const NAMES: readonly [name: RegExp, says: Said['says'], isTechnicians: boolean][] = [
  [/ESPProgress_WhiteGlove_Success/, 'resealed', true],
  [/WhiteGlove_Failed/, 'failed', true],
  [/ESPProgress_(Failure|Timeout|Abort)/, 'failed', false],
  [/ESPProgress_Page_Exiting/, 'exited', false],
]

const shellEvents = (incident: Incident): Said[] =>
  eventsOf(incident, 'shell', 62407, 62411).flatMap(({ id, values, at = 0 }) => {
    const text = values.join('\n')
    const code = codeIn(text)
    if (id === 62411) return [{ says: 'failed' as const, at, code, isTechnicians: false }]
    const known = NAMES.find(([name]) => name.test(text))
    return known ? [{ says: known[1], at, code, isTechnicians: known[2] }] : []
  })

const PAGES = {
  statusPageFailed: 'failed',
  statusPageTimedOut: 'failed',
  statusPageExited: 'exited',
  desktop: undefined,
  preProvisioned: 'resealed',
} as const

const sessionPages = ({ pages }: Incident): Said[] =>
  pages.flatMap(({ says, code, at = 0 }) => {
    const said = PAGES[says]
    return said === undefined ? [] : [{ says: said, at, code, isTechnicians: said === 'resealed' }]
  })

/** Steps of Device preparation have pages of their own: the status page opens behind them (4.1 [S]). */
const STEP_PAGES: readonly [step: RegExp, page: PageId][] = [
  [/secur/i, 'tpmAttestation'],
  [/join/i, 'deviceJoin'],
  [/register/i, 'enrollment'],
]

function pageOf(incident: Incident): PageId {
  const failed = failedCategoryOf(incident)
  const step = failed?.id === 'devicePreparation' ? failed.steps.find(({ state }) => state === 'failed') : undefined
  return STEP_PAGES.find(([name]) => step !== undefined && name.test(step.name))?.[1] ?? 'enrollmentStatusFailure'
}

/** The category that failed; the last one, where there are several. */
export const failedCategoryOf = ({ categories }: Incident) =>
  [...categories.values()].findLast(({ state }) => state === 'failed')

const codeOfCategory = (incident: Incident): string | undefined => {
  const steps = failedCategoryOf(incident)?.steps ?? []
  return steps.flatMap(({ text }) => codeIn(text) ?? [])[0]
}

/** The event of the answer, and the one that ends the enrolment, have the code. */
function enrolmentCode(incident: Incident): string | undefined {
  const events = eventsOf(incident, 'management', 5, 7, 9, 11, 17, 76)
  return events.map(codeOfEvent).findLast((code) => code !== undefined)
}

/** A device credential of 0 is no code: only an error has the high bit. */
const codeOfEvent = ({ values }: EventFact): string | undefined => {
  for (const value of values) {
    const code = codeIn(value)
    if (code !== undefined) return code
  }
  return undefined
}

/** A page before the status page that said no, and was not passed later. */
function refusalOf(incident: Incident): End | undefined {
  const enrolled = eventsOf(incident, 'management', 72, 75).length > 0 || incident.isManaged
  const code = enrolmentCode(incident) ?? refusedOf(incident, 'enrolment')
  const isTechnicians = isPreProvisioned(incident)
  if (code !== undefined && !enrolled) {
    return { kind: 'failed', page: isTechnicians ? 'technicianStatus' : 'enrollment', code }
  }
  const joined = incident.hasJoined === true || enrolled || eventsOf(incident, 'registration', 105).length > 0
  const join = eventsOf(incident, 'registration', 201, 203, 204, 304, 305)
    .map(codeOfEvent)
    .findLast((one) => one !== undefined)
  const joinCode = join ?? refusedOf(incident, 'join')
  if (joinCode !== undefined && !joined) {
    return { kind: 'failed', page: isTechnicians ? 'technicianStatus' : 'deviceJoin', code: joinCode }
  }
  const tpm = joined ? undefined : tpmCode(incident)
  return tpm === undefined
    ? undefined
    : { kind: 'failed', page: isTechnicians ? 'technicianStatus' : 'tpmAttestation', code: tpm }
}

const refusedOf = ({ refused }: Incident, request: 'join' | 'enrolment'): string | undefined =>
  refused.findLast((one) => one.request === request)?.code

/** Windows tries three times, and then has another code (4.9 [D]). */
const TRIES = 3

function tpmCode(incident: Incident): string | undefined {
  const failed = eventsOf(incident, 'autopilot', 171).map(codeOfEvent)
  const confirmed = eventsOf(incident, 'autopilot', 169)
  if (failed.length > 0 && confirmed.length === 0) {
    return failed.length >= TRIES ? CODE.attestationRetriesExceeded : (failed.at(-1) ?? CODE.attestationFailed)
  }
  const away = eventsOf(incident, 'autopilot', 153, 156)
  const isAway = away.some(({ id, values }) => id === 156 || values.some((value) => /TpmNotAvailable/.test(value)))
  return isAway ? CODE.timedOut : undefined
}

function reached(incident: Incident): Extract<End, { kind: 'notShown' }>['after'] {
  if (incident.isManaged || firstSync(incident, 'TimeOutUntilSyncFailure') !== undefined) return 'theEnrolment'
  if (incident.hasJoined === true) return 'theJoin'
  return incident.profile || incident.hasNoProfile ? 'theProfile' : 'nothing'
}
