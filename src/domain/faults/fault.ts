import type { EventWords } from '../event-words.ts'
import type { PageId } from '../pages.ts'
import type { Answers } from '../person.ts'
import type { TenantActions } from '../tenant-action.ts'

/** Kinds of faults: where the cause of one is. */
export const FAULT_FAMILIES = {
  network: 'the network between the device and its services',
  tls: 'who answers in place of a server, with another certificate',
  http: 'what a server, a gateway or a filter answers in place of the service',
  protocol: 'an answer that is against the rules of its protocol',
  identity: 'accounts, sign-in and join in Microsoft Entra',
  tpm: 'the TPM of a device that deploys itself',
  tenant: 'what administrators have set up in the tenant',
  device: 'the device itself: its power, its Windows, its hardware',
  app: 'apps and their installation',
  time: 'clocks and time limits',
} as const

/** Services that can be cut off or inspected, as a sentence has them. */
export const SERVICES = {
  'autopilot-service': 'the Autopilot service',
  'sign-in': 'the sign-in service',
  join: 'the registration service',
  enrolment: 'the enrolment server',
  attestation: 'the attestation service',
  updates: 'Windows Update',
} as const

export type FaultService = keyof typeof SERVICES

export type FaultFamily = keyof typeof FAULT_FAMILIES

/** The ways through the first boot in which faults are proven: src/explore/bases.ts has a scenario for each. */
export type FaultBase = 'wifi' | 'ethernet' | 'selfDeploying' | 'termsOfUse' | 'hybrid'

/** Where a fault can bite. */
export type FaultPlaces =
  /** Each request for one of these operations, in the words of the journal; `on` these pages alone, and the `first` alone, where it says so. */
  | { requests: readonly string[]; on?: readonly PageId[]; first?: true }
  /** Each state that the device enters: `all`, or those whose address (`network.choosing`) begins so. */
  | { states: readonly string[] | 'all' }
  /** From the beginning, in a run that comes to this page. */
  | { fromStart: PageId }

/** What a fault does, in the words of a scenario's event: one effect. */
export type FaultEffect = { [Kind in keyof EventWords]: Pick<EventWords, Kind> }[keyof EventWords] & {
  /** A duration, after which it is over: `2m`. */
  for?: string
  /** How many occurrences it spoils, one after the other; left out: one. */
  times?: number
}

/** Facts that are different from the beginning, as `with:` of a scenario would change them. */
export interface FaultFacts {
  device?: Readonly<Record<string, unknown>>
  tenant?: Readonly<Record<string, unknown>>
  /** The tenant's only app, with these facts changed. */
  app?: Readonly<Record<string, unknown>>
  network?: Readonly<Record<string, unknown>>
  /** Answers of the person, by page. */
  person?: Answers
  /** Milliseconds by which the clock of the device is wrong. */
  clockSkewMs?: number
}

/** Buttons that a person presses on a page of trouble, by their ids. */
export type FaultPress =
  | 'tryAgain'
  | 'startOver'
  | 'skip'
  | 'reset'
  | 'continueAnyway'
  | 'changeNetwork'
  | 'accept'
  | 'collectLogs'

/** How it comes to a good end, and who sees to it. */
export type FaultRecovery =
  /** The device tries again, or continues without. */
  | { by: 'device' }
  /** The person presses one of these, the first that is offered, or gives the answer of the page once more where there is none. */
  | {
      by: 'person'
      press?: FaultPress | readonly FaultPress[]
      does?: 'plugsIn' | 'switchesOn' | 'waits' | 'signsInAgain'
    }
  /** An administrator does this while the page of the fault waits; then the person presses. */
  | { by: 'administrator'; does: Partial<TenantActions>; press?: FaultPress | readonly FaultPress[] }
  /** Nothing that is done during the run helps. */
  | { by: 'none' }

/** How a run with the fault ends. */
export type FaultEnd =
  /** As without the fault. */
  | 'asBefore'
  /** On the page of the fault, with its code. */
  | 'failed'
  /** Without an end: the page waits for what does not come. */
  | 'stuck'
  /** Set up, and not as the school's: without its Autopilot profile. */
  | 'withoutAutopilot'
  /** Set up, and not managed. */
  | 'unmanaged'
  /** A page asks for what the person does not have. */
  | 'unanswered'

export interface FaultSigns {
  /** The page at which it shows; left out: whichever is there. */
  page?: PageId
  /** What tells it apart: a Windows code, an AADSTS number, the id of an event. Left out: it has none. */
  code?: string
  /** Where the code is: on the page when left out, else in the event log of Windows or in the results of requests and commands. */
  in?: 'log'
  /** A part of a sentence of the page, where several faults have its code or none has one. */
  says?: string
}

/** One thing that goes wrong, by name. */
export interface Fault extends FaultSigns {
  /** Words with dashes. */
  name: string
  family: FaultFamily
  /** What goes wrong, in one plain sentence. */
  about: string
  /** What the person or the administrator does, and how it ends, in one plain sentence. */
  help: string
  base: FaultBase
  /** The link that the device has to use; left out: any. */
  needs?: 'wifi' | 'ethernet'
  bites: FaultPlaces
  does?: FaultEffect
  facts?: FaultFacts
  recovery: FaultRecovery
  ends: FaultEnd
  /** Where page, code and recovery are from, with its tag: a section of oobe-autopilot-esp.md, or of another note by name. */
  source: string
}

/** Two faults with the same one are one fault: no page, code, recovery or end tells them apart. */
export function signatureOf({ page, code, says, recovery, ends }: Fault): string {
  const { by } = recovery
  const does = 'does' in recovery ? JSON.stringify(recovery.does) : ''
  const press = 'press' in recovery ? String(recovery.press) : ''
  return [page ?? 'any page', code ?? 'no code', says ?? '', by, does, press, ends].join(' | ')
}
