import type { Remembered } from '../../src/domain/boot.ts'
import type { PageId } from '../../src/domain/pages.ts'
import type { Why } from '../../src/domain/screen.ts'
import type { ChartName, InputOf, OutcomeOf } from './charts.ts'
import type { OobeContext } from './oobe-context.ts'

/** How a power-on ends, or where another plan continues. */
export type End =
  | 'desktop'
  | 'signInScreen'
  | 'kiosk'
  | 'restart'
  | 'reset'
  | 'powerOff'
  | 'autopilotProfile'
  | 'language'

/** A plan that another one leads to, when what it learns on its way makes the device one of that mode. */
export type Continuation = 'devicePreparation'

/** What is known since power-on, and not on the disk. */
type Knowledge = Partial<
  Pick<
    OobeContext,
    | 'answer'
    | 'profile'
    | 'isRevisit'
    | 'restartReason'
    | 'isTechnician'
    | 'isGuest'
    | 'failure'
    | 'kiosk'
    | 'resetKind'
  >
>

/** What management hears. */
export type Telling = 'device.enrolled' | 'device.signedOut' | 'user.signedIn'

/** Questions that a plan asks of the context. */
export type Question =
  | 'isAnswered'
  | 'updatesComeFirst'
  | 'isTechnician'
  | 'isResetting'
  | 'expectsUser'
  | 'mayStay'
  | 'mayRestore'
  | 'expectsOrKeepsUser'

/** What an outcome leads to. */
export interface Lead<Outcome, To extends string> {
  to: To
  /** Where it leads instead, if so; of several the first. */
  when?: readonly { question: Question; to: To }[]
  /** Settled facts that survive a restart. */
  writes?: Remembered | ((outcome: Outcome, context: OobeContext) => Remembered)
  sets?: Knowledge | ((outcome: Outcome) => Knowledge)
  tells?: Telling
}

/** This step cannot end so: the reason. Where it does after all, it has no way on, and the run ends as stuck. */
export interface Never {
  never: string
}

/** The outcomes that a plan leads on: a page gives up only where the plan says where the failure is shown. */
type Led<Name extends ChartName> = Exclude<OutcomeOf<Name>['kind'], 'gaveUp'>

/** A page or phase: its input, and for each of its outcomes what follows. An outcome that is left out does not compile. */
interface PageStep<Name extends ChartName, To extends string> {
  page: Name
  /** Place in the step list of the notes. */
  source: string
  input: (context: OobeContext) => InputOf<Name>
  leads: {
    [Kind in Led<Name>]: To | Lead<Extract<OutcomeOf<Name>, { kind: Kind }>, To> | Never
  }
  tells?: Telling
  /** Where a failure is shown; left out: on the page itself. */
  failsTo?: To
  /** The page does not hold the others back for longer. */
  within?: { delay: 'wiredProbe'; to: To }
}

/** A page that this deployment mode does not have: the journal says why. */
interface LeftOutStep<To extends string> {
  leavesOut: PageId
  source: string
  why: Why
  to: To
}

/** The way divides on what is known. */
interface DecidingStep<To extends string> {
  source: string
  decides: readonly { when: Exclude<Question, 'expectsUser' | 'mayStay' | 'mayRestore'>; to: To }[]
  otherwise: To
}

/** A page that has no statechart is shown while required apps come that no page waits for. */
interface SettlingStep<To extends string> {
  shows: PageId
  source: string
  until: 'laterAppsOver'
  to: To
}

/** A page that has no statechart is shown for a time. */
interface PassingStep<To extends string> {
  shows: PageId
  source: string
  after: 'untilNextUser'
  to: To
}

/** A page that has no statechart waits for a person: its buttons, and what each of them leads to. */
interface AskingStep<To extends string> {
  asks: PageId
  source: string
  buttons: Readonly<Record<`user.${string}`, To | ButtonLead<To>>>
}

interface ButtonLead<To extends string> {
  to: To
  writes: (context: OobeContext) => Remembered
}

export type Step<To extends string> =
  | { [Name in ChartName]: PageStep<Name, To> }[ChartName]
  | LeftOutStep<To>
  | DecidingStep<To>
  | PassingStep<To>
  | AskingStep<To>
  | SettlingStep<To>

/** Steps that several plans share. `Outside` are the names of steps that the plan has besides. */
export const stepsBefore =
  <Outside extends string>() =>
  <Name extends string>(
    steps: {
      [Key in Name]: Step<NoInfer<Name> | Outside>
    },
  ): { [Key in Name]: Step<Name | Outside> } =>
    steps

/** A plan begins with its first step. A name that is no step of it does not compile. */
export const planOf = <Name extends string>(steps: { [Key in Name]: Step<NoInfer<Name> | End | Continuation> }) => steps
