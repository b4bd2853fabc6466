import type { StateAddress, Way } from './chart-names.ts'
import type { EventKey } from './events.ts'
import type { AppState, JournalKind, Outcome } from './journal.ts'
import type { PageId } from './pages.ts'

/** Text in which `*` is anything. */
export type Pattern = `${string}*${string}` | `${string}{${string}`

/** A page, a state, or a pattern of them: `signIn`, `network.connecting`, `deviceSetup.*`, `{signIn,desktop}`. */
export type Place = PageId | StateAddress | Pattern

export type OutcomeKind = Exclude<Outcome['kind'], 'stopped'>

/** How often: a number, or limits. */
export type Times = number | { atLeast?: number | undefined; atMost?: number | undefined }

/** Compared as text; `*` is anything. */
export type Value = string | number | boolean

/** Values by their names: `EmailAddress`, `devices.0.id`. */
export type Fields = Record<string, Value>

/** A step of an order: one place, or any of several. */
export type Step = Place | Place[]

export interface Often {
  times?: Times | undefined
}

export interface ReachOptions<Duration = string> extends Often {
  /** Virtual time from power-on. */
  within?: Duration | undefined
}

export interface SpendOptions<Duration = string> {
  atLeast?: Duration | undefined
  atMost?: Duration | undefined
}

export interface EndOptions<Duration = string> {
  /** Windows code of a failure. */
  code?: string | undefined
  /** Virtual time that the run may take. */
  within?: Duration | undefined
  account?: 'standard' | 'administrator' | undefined
  autopilot?: boolean | undefined
  managed?: boolean | undefined
}

/** What a page shows. All of it has to be on one screen; `without` is for all screens that have the rest. */
export interface Shown<TextKey extends string = string> extends Often {
  page?: PageId | Pattern | undefined
  /** A part of what can be read on it. */
  text?: string | undefined
  /** A text of the product by its name in `src/texts`: `network.title`. */
  wording?: TextKey | undefined
  /** Label or id of a control that it offers, or of an option of one. */
  control?: string | undefined
  /** Whether that control can be pressed. */
  enabled?: boolean | undefined
  /** Labels, ids or texts that it does not have. */
  without?: string | string[] | undefined
}

export interface SkipOptions {
  /** A part of what says why. */
  why?: string | undefined
}

export interface Requested extends Often {
  method?: string | undefined
  url?: string | undefined
  /** Of its body, and of the query. */
  fields?: Fields | undefined
  headers?: Fields | undefined
  /** Status of the answer. */
  status?: number | undefined
  /** Fields of the answer. */
  answer?: Fields | undefined
  /** Windows code, where no answer came. */
  trouble?: string | undefined
}

export interface NodeOptions {
  value?: Value | undefined
  /** False: it is not there. */
  exists?: boolean | undefined
  /** Who wrote it last. */
  by?: 'server' | 'device' | undefined
}

/** A command of the server, and how the tree answers it. */
export interface Answered {
  command: 'Add' | 'Delete' | 'Exec' | 'Get' | 'Replace'
  /** The end of the LocURI. */
  uri: string
  status: number
}

export interface LoggedOptions extends Often {
  id?: number | undefined
  /** A part of its name. */
  channel?: string | undefined
  level?: 'information' | 'warning' | 'error' | undefined
  /** A part of the sentence. */
  text?: string | undefined
  data?: Fields | undefined
}

/** How far an app came at last; `absent`: the school has it, and nothing happened to it. */
export type AppEnd = AppState | 'absent'

export interface AppOptions {
  /** At the end. */
  state?: AppEnd | undefined
  /** In this order, gaps allowed. */
  states?: AppState[] | undefined
  exitCode?: number | undefined
  /** Windows code of a failure. */
  code?: string | undefined
  /** How often it was tried. */
  attempts?: Times | undefined
}

export interface ProfileOptions {
  /** Where it came from. */
  from?: 'service' | 'file' | undefined
  /** Members of the profile that the service answered: `CloudAssignedDeviceName`. */
  settings?: Fields | undefined
}

export interface SessionOptions extends Often {
  /** `failed`: any other end than `held`. */
  result?: 'held' | 'failed' | undefined
  startedBy?: string | undefined
  /** Windows code, of one that failed. */
  code?: string | undefined
}

export interface RecordedOptions extends Often {
  /** Members of the entry by their paths: `stimulus.kind`. */
  with?: Fields | undefined
}

/** The kinds of expectations, and the keys that each has in `expect:`. Each is a file in `src/scenario/expect/`. */
export interface ExpectationKinds<Duration = string> {
  end: { outcome?: OutcomeKind | OutcomeKind[] | undefined } & EndOptions<Duration>
  cause: { cause?: string | undefined }
  follow: {
    pages?: PageId[] | undefined
    follow?: Step[] | { exactly: Step[] } | undefined
  }
  never: { never?: Place[] | undefined }
  reach: { reach?: (Place | OutcomeKind | ({ to: Place | OutcomeKind } & ReachOptions<Duration>))[] | undefined }
  take: { take?: (Way | Pattern | ({ way: Way | Pattern } & Often))[] | undefined }
  show: { show?: Shown[] | undefined }
  skip: { skip?: (PageId | ({ page: PageId } & SkipOptions))[] | undefined }
  spend: { spend?: ({ in: Place } & SpendOptions<Duration>)[] | undefined }
  requested: { requested?: (string | ({ operation: string } & Requested))[] | undefined }
  answered: { csp?: Answered[] | undefined }
  node: { node?: ({ uri: string } & NodeOptions)[] | undefined }
  logged: { logged?: (EventKey | ({ event?: EventKey | Pattern | undefined } & LoggedOptions))[] | undefined }
  app: { apps?: Record<string, AppEnd | AppOptions> | undefined }
  profile: { profile?: string | false | ({ name: string } & ProfileOptions) | undefined }
  sessions: { sessions?: number | SessionOptions[] | undefined }
  happened: { happened?: (string | ({ event: string } & Often))[] | undefined }
  boots: { boots?: Times | undefined }
  deviceName: { deviceName?: string | undefined }
  recorded: { recorded?: ({ kind: JournalKind } & RecordedOptions)[] | undefined }
}

export type ExpectationKind = keyof ExpectationKinds

type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Whole) => void
  ? Whole
  : never

/** What `expect:` may say, each at most once. */
export type Expected<Duration = string> = All<ExpectationKinds<Duration>[ExpectationKind]> & {
  /** One of these holds. */
  anyOf?: Expected<Duration>[] | undefined
  /** None of what these say holds. */
  not?: Expected<Duration> | undefined
}

/** What a scenario expects of its run. Durations are virtual milliseconds. */
export type Expectations = Expected<number> & { outcome: OutcomeKind | OutcomeKind[] }

/** Whether an end is one of those that are expected. */
export const endsAs = (outcome: OutcomeKind | OutcomeKind[] | undefined, kind: Outcome['kind']): boolean =>
  [outcome ?? []].flat().some((one) => one === kind)
