import type { PageId } from '../../domain/pages.ts'

/** How far a trouble went. */
export type CauseEnd =
  /** The run ended there. */
  | 'ended'
  /** A person left the failed page and continued. */
  | 'passedOver'
  /** A person reset the device there. */
  | 'reset'
  /** It was repaired on the way. */
  | 'recovered'
  /** The page shows it now. */
  | 'present'

/** Why a first boot failed, or what failed on its way. All of it is read off the journal. */
export interface Cause {
  /** What broke, in one sentence. No two different causes have the same. */
  sentence: string
  end: CauseEnd
  /** Virtual milliseconds: when the page showed it, or the run ended. */
  at: number
  /** As the page or Windows has it. */
  code?: string
  /** The page, and what it said. */
  page?: { id: PageId; text: string }
  /** The step of the page that failed or was open, as the page named it. */
  step?: { category: string; label: string; status: string }
  app?: CausingApp
  /** Name of the policy provider that failed or was awaited. */
  provider?: string
  /** The exchange that decided. */
  exchange?: DecidingExchange
  /** The write to the management tree that decided. */
  csp?: { uri: string; value: string; at: number }
  /** The last warning or error of a Windows event log before it. */
  logged?: { channel: string; id: number; text: string; at: number }
  /** An event of the scenario that did it, or came before it. */
  injected?: InjectedEvent
  /** The fact of device, tenant, network or person that is behind it. */
  fact?: FactBehind
  /** What the code means, and what to do about it: where a table was given. */
  explained?: { why: string; help: string }
  /** What broke before it and was not repaired: the sentences, the first first. */
  before: string[]
  /** What followed from it. */
  followed: string[]
  /** Commands to try next. */
  next: string[]
}

export interface CausingApp {
  name: string
  kind: 'msi' | 'msix' | 'office' | 'win32' | 'store' | 'script'
  /** Of its installer. */
  exitCode?: number
}

export interface DecidingExchange {
  /** A number of `oobe show RUN --wire`. */
  id: number
  operation: string
  /** Left out when no answer came. */
  status?: number
  /** Windows code, when no answer came. */
  trouble?: string
}

export interface InjectedEvent {
  text: string
  at: number
  /** `events.0`, or who else gave it. */
  by: string
  /** File and line. */
  place?: string
  /** It acted on the exchange that decided, or was under way when it was decided. */
  isDirect: boolean
}

export interface FactBehind {
  /** Its path in the RunSpec: `tenant.users.2.licensed`. */
  fact: string
  text: string
  /** File and line. */
  place?: string
}

/** What a table says of a code: on a page, where it means something else in another place. */
export type Explain = (code: string, page: PageId | undefined) => { why: string; help: string } | undefined

export interface CauseOptions {
  /** Tables of codes: left out, the code is not explained. */
  explain?: Explain
  /** What the run is called in commands; the name of its scenario when left out. */
  run?: string
}
