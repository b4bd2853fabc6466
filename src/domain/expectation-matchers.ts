import type { Way } from './chart-names.ts'
import type { EventKey } from './events.ts'
import type {
  Answered,
  AppEnd,
  AppOptions,
  EndOptions,
  ExpectationKind,
  LoggedOptions,
  NodeOptions,
  OutcomeKind,
  Pattern,
  Place,
  ProfileOptions,
  ReachOptions,
  RecordedOptions,
  Requested,
  SessionOptions,
  Shown,
  SkipOptions,
  SpendOptions,
  Step,
  Times,
} from './expectations.ts'
import type { JournalKind } from './journal.ts'
import type { PageId } from './pages.ts'

/** One matcher for each kind of expectation. Durations are virtual, such as `45m`; `*` in a text is anything. */
export interface ExpectationMatchers<Result, TextKey extends string = string> {
  /** The run came to the page or the state, or ended so. */
  toReach(target: Place | OutcomeKind, options?: ReachOptions): Result
  /** Pages and states in this order, gaps allowed. `exactly`: nothing else between them, nor before or behind. */
  toFollow(steps: Step[], options?: { exactly?: boolean | undefined }): Result
  /** The statechart took the transition: `network.connecting → connected`. */
  toTake(way: Way | Pattern, options?: { times?: Times | undefined }): Result
  /** The page was never shown, the state never entered. */
  toNever(place: Place): Result
  /** The run ended so. */
  toEnd(outcome: OutcomeKind | OutcomeKind[], options?: EndOptions): Result
  /** A screen had all of this. */
  toShow(shown: Shown<TextKey>): Result
  /** The page ended without having been shown. */
  toSkip(page: PageId, options?: SkipOptions): Result
  /** The device was there for so long, all its visits together. */
  toSpend(place: Place, options: SpendOptions): Result
  /** The device made the request: its operation, as `oobe show RUN --wire` prints it. */
  toHaveRequested(operation: string, options?: Requested): Result
  /** The tree answered the server's command so. */
  toHaveAnswered(command: Answered['command'], uri: string, status: number): Result
  /** A node of the management tree, at the end of the run. */
  toHaveNode(uri: string, options?: NodeOptions): Result
  /** An event is in a Windows event log. */
  toHaveLogged(event: EventKey | Pattern, options?: LoggedOptions): Result
  /** The app came to this state, or had this story. */
  toHaveApp(name: string, story: AppEnd | AppOptions): Result
  /** The Autopilot profile that the device used; false for none. */
  toHaveProfile(name: string | false, options?: ProfileOptions): Result
  /** Sessions with the management server: that so many were held, or those that are like this. */
  toHaveSessions(sessions: number | SessionOptions): Result
  /** The event of the scenario with this name happened. */
  toHaveHappened(event: string, options?: { times?: Times | undefined }): Result
  /** The device started so often. */
  toHaveBoots(count: Times): Result
  /** The device was called so at the end. */
  toHaveDeviceName(name: string): Result
  /** The sentence that says why the run failed, or a part of it. */
  toHaveCause(cause: string): Result
  /** An entry of the journal: docs/journal.md. */
  toHaveRecorded(kind: JournalKind, options?: RecordedOptions): Result
}

export type MatcherName = keyof ExpectationMatchers<void>

/** The kind of expectation that each matcher is made from: a matcher without its kind does not compile. */
export const MATCHER_KINDS = {
  toReach: 'reach',
  toFollow: 'follow',
  toTake: 'take',
  toNever: 'never',
  toEnd: 'end',
  toShow: 'show',
  toSkip: 'skip',
  toSpend: 'spend',
  toHaveRequested: 'requested',
  toHaveAnswered: 'answered',
  toHaveNode: 'node',
  toHaveLogged: 'logged',
  toHaveApp: 'app',
  toHaveProfile: 'profile',
  toHaveSessions: 'sessions',
  toHaveHappened: 'happened',
  toHaveBoots: 'boots',
  toHaveDeviceName: 'deviceName',
  toHaveCause: 'cause',
  toHaveRecorded: 'recorded',
} as const satisfies Record<MatcherName, ExpectationKind>

/** The matcher of a kind; never for a kind without one, which cannot be defined then. */
export type MatcherOf<Kind extends ExpectationKind> = {
  [Name in MatcherName]: (typeof MATCHER_KINDS)[Name] extends Kind ? Name : never
}[MatcherName]

export type MatcherArguments<Kind extends ExpectationKind> = Parameters<ExpectationMatchers<void>[MatcherOf<Kind>]>
