import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry, RecordedSpec } from '../domain/journal.ts'
import { type Action, type Screen, switchValue } from '../domain/screen.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { causeLines } from '../journal/cause/lines.ts'
import { type Goal, isReached } from '../journal/moments.ts'
import { outcomeText } from '../journal/outcome.ts'
import type { AdjustablePace } from '../ports/pace.ts'
import { WAIT } from '../run/person.ts'
import type { Run } from '../run/run.ts'
import type { ScriptedPerson } from '../scenario/scripted-person.ts'
import type { CockpitSource, EndsAfter, Move, Offer } from '../ui/cockpit/source.ts'
import { endText } from '../ui/end-text.ts'
import type { DeviceSession, SessionSnapshot, Suggestion } from '../ui/session.ts'
import { Watched } from '../ui/watched.ts'
import { wordsOf } from '../ui/words.ts'
import { cockpitOf } from './cockpit-source.ts'
import type { Expected } from './offers/faults.ts'
import { offersFor } from './offers/offers.ts'
import { PagePace } from './page-pace.ts'
import { isBack, type Travels } from './travels.ts'

/** What the terminal needs of a run: its journal, the time, and its door. */
export type WatchedRun = Pick<Run, 'apply' | 'onUpdate' | 'refusal' | 'openSchool' | 'view'> & {
  journal: Pick<Run['journal'], 'onEntry' | 'entries'>
  timeline: Pick<Run['timeline'], 'present' | 'isIdle' | 'alarm'>
}

const AT_SCHOOL: readonly Stimulus['kind'][] = ['tenantChange', 'serverCommand', 'serverHold']

/** A run as the terminal sees it: what its journal says, and the stimuli that keys become. */
export class LiveSession implements DeviceSession {
  readonly #spec: RecordedSpec
  #run: WatchedRun
  #pace: AdjustablePace
  #watched: Watched
  readonly #freshScript: () => ScriptedPerson
  readonly #watchedAt: string | undefined
  #script: ScriptedPerson
  #cause: readonly string[] = []
  #cockpit: CockpitSource
  /** What the run is played up to, and the page that was shown when that began. */
  #goal: { goal: Goal; shown: Screen | null } | undefined
  /** Why nothing came of the last key, or what came of it. */
  #note: string | null = null
  #undo: () => void = () => {}
  #isForecasting = false
  /** Of what was made to last for a time: from when, until when, and what ends it. */
  #ends: { from: number; at: number; stimuli: readonly Stimulus[] }[] = []
  #forecast: readonly Expected[] | undefined
  #offered: { of: readonly JournalEntry[]; count: number; offers: readonly Offer[] } | undefined
  /** Ways back, where the run can be played again. */
  travels: Travels | undefined
  #isLidClosed = false
  #suggestedFor: Screen | null = null
  #suggestedText = ''
  #suggestion: Suggestion | null = null
  #ended: SessionSnapshot['ended'] = null

  /**
   * @param script the scenario's person, who makes suggestions
   * @param watchedAt where the run can be watched from outside
   */
  constructor(
    run: WatchedRun,
    pace: AdjustablePace,
    spec: RecordedSpec,
    script: () => ScriptedPerson,
    watchedAt?: string,
  ) {
    this.#watchedAt = watchedAt
    this.#spec = spec
    this.#run = run
    this.#pace = pace
    this.#watched = new Watched(spec)
    this.#freshScript = script
    this.#script = script()
    this.#cockpit = cockpitOf(
      spec,
      run.journal.entries,
      () => this.#offers(),
      () => this.#run.view,
    )
    this.#listen()
  }

  /** Another run takes the place of this one: the same up to where it is now. */
  follow(run: WatchedRun, pace: AdjustablePace): void {
    this.#undo()
    this.#run = run
    this.#pace = pace
    this.#watched = new Watched(this.#spec)
    this.#cockpit = cockpitOf(
      this.#spec,
      run.journal.entries,
      () => this.#offers(),
      () => this.#run.view,
    )
    this.#script = this.#freshScript()
    this.#suggestedFor = null
    this.#suggestedText = ''
    this.#goal = undefined
    this.#cause = []
    this.#ended = null
    this.summary = undefined
    this.#isLidClosed = false
    for (const entry of run.journal.entries) this.#take(entry)
    this.#listen()
    // What had not begun by now is no more; what had not ended still does.
    const { present: now } = run.timeline
    this.#ends = this.#ends.filter(({ from }) => from <= now)
    for (const { at, stimuli } of this.#ends) if (at > now) this.#setAlarm(at, stimuli)
    this.#notify()
  }

  /** Worked out anew when the journal has grown. */
  #offers(): readonly Offer[] {
    const { entries } = this.#run.journal
    if (this.travels && !this.#isForecasting) {
      this.#isForecasting = true
      void this.travels.forecast().then((forecast) => {
        this.#forecast = forecast
        this.#offered = undefined
        this.#notify()
      })
    }
    if (this.#offered?.of !== entries || this.#offered.count !== entries.length) {
      const offers = offersFor(this.#spec, entries, this.#forecast)
      this.#offered = { of: entries, count: entries.length, offers }
    }
    return this.#offered.offers
  }

  #listen(): void {
    const run = this.#run
    run.journal.onEntry((entry) => {
      if (this.#run === run) this.#take(entry)
    })
    this.#undo = run.onUpdate(() => this.#notify())
  }

  /** True while the page on the screen waits for a person. */
  get isWaiting(): boolean {
    return this.#watched.isWaiting
  }

  isAsking(): boolean {
    return this.#watched.isWaiting
  }

  /** Time does not outrun the person: the page waits, and they have not said to where the run is to be played. */
  get isHeldUp(): boolean {
    return this.#watched.isWaiting && this.#goal === undefined
  }

  get speed(): number {
    return this.#goal ? 0 : this.#pace.chosen
  }

  get hasEnded(): boolean {
    return this.#ended !== null
  }

  /** How the run ended, in one line; undefined while it is under way. */
  summary: string | undefined

  snapshot(): SessionSnapshot {
    const watched = this.#watched.snapshot()
    // The terminal's own screen covers the note on standard error.
    const watchedAt = this.#watchedAt === undefined ? [] : [{ label: 'Watched at', value: this.#watchedAt }]
    return {
      ...watched,
      ...(this.#cause.length > 0 ? { cause: this.#cause } : {}),
      now: this.#run.timeline.present,
      speed: this.speed,
      ...(this.#pace instanceof PagePace && this.#goal === undefined ? { rate: this.#pace.rate } : {}),
      identity: [...watched.identity, ...watchedAt],
      suggestion: this.#suggest(),
      note: this.#note ?? this.#run.refusal('terminal') ?? null,
      ended: this.#ended,
      cockpit: this.#cockpit,
    }
  }

  readonly #listeners = new Set<() => void>()

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  act(action: Action): void {
    this.#apply({ kind: 'press', ...action })
  }

  setSpeed(speed: number): void {
    this.#note = null
    this.#goal = undefined
    this.#pace.set(speed)
    this.#notify()
  }

  toggleCable(): void {
    this.#apply({ kind: 'cable', position: this.#watched.hasCable ? 'out' : 'in' })
  }

  toggleWifi(): void {
    this.#apply({ kind: 'radio', position: this.#watched.hasRadio ? 'off' : 'on' })
  }

  pressKeys(keys: string): void {
    this.#apply({ kind: 'keyChord', keys })
  }

  toggleLid(): void {
    this.#isLidClosed = !this.#isLidClosed
    this.#apply({ kind: 'lid', position: this.#isLidClosed ? 'closed' : 'open' })
  }

  togglePower(): void {
    this.#apply({ kind: 'power', position: this.#watched.isOff ? 'on' : 'off' })
  }

  apply(stimuli: readonly Stimulus[], end?: EndsAfter): void {
    const run = this.#run
    const applyAll = () => {
      // The person may have gone back meanwhile.
      if (this.#run !== run) return
      for (const stimulus of stimuli) this.#apply(stimulus)
      if (end) this.#endLater(end)
    }
    if (stimuli.some(({ kind }) => AT_SCHOOL.includes(kind))) void run.openSchool().then(applyAll)
    else applyAll()
  }

  /** What lasts ends at its moment, in the run that is there then: going back to a moment between leaves the end where it was. */
  #endLater({ ms, stimuli }: EndsAfter): void {
    const from = this.#run.timeline.present
    this.#ends.push({ from, at: from + ms, stimuli })
    this.#setAlarm(from + ms, stimuli)
  }

  #setAlarm(at: number, stimuli: readonly Stimulus[]): void {
    const run = this.#run
    run.timeline.alarm(at, () => {
      if (this.#run === run) for (const stimulus of stimuli) this.#run.apply(stimulus, 'terminal')
    })
  }

  travel(move: Move): void {
    this.#note = null
    if (!isBack(move)) this.#playTo(move.to)
    else if (this.travels) {
      const now = this.#run.timeline.present
      void this.travels.back(move, now).then((refusal) => this.#tell(refusal ?? null))
    } else this.#tell('there is no way back in this run')
  }

  save(what: 'scenario' | 'film'): void {
    if (this.travels) void this.travels.save(what).then((told) => this.#tell(told))
  }

  #playTo(goal: Goal): void {
    const refusal = this.#refusalOf(goal)
    if (refusal !== undefined) {
      this.#tell(refusal)
      return
    }
    this.#goal = { goal, shown: this.#watched.screen }
    this.#pace.set(Number.POSITIVE_INFINITY)
    this.#notify()
  }

  #refusalOf(goal: Goal): string | undefined {
    if (this.#ended) return 'the run has ended'
    if (goal === 'nextPage' && this.#watched.isWaiting) return 'the page waits for you: answer it'
    return this.#run.timeline.isIdle ? 'nothing is due: the run waits for you' : undefined
  }

  #tell(note: string | null): void {
    this.#note = note
    this.#notify()
  }

  #apply(stimulus: Stimulus): void {
    this.#note = null
    this.#run.apply(stimulus, 'terminal')
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #take(entry: JournalEntry): void {
    this.#watched.take(entry)
    if (this.#goal && (entry.kind === 'outcome' || isReached(this.#goal.goal, entry, this.#goal.shown))) {
      this.#goal = undefined
      this.#pace.set(0)
    }
    switch (entry.kind) {
      case 'screen':
        if ('skipped' in entry) break
        this.#cause = reportsTrouble(entry.screen) ? this.#findCause() : []
        break
      case 'power':
        if (entry.event === 'on') break
        this.#cause = []
        this.#isLidClosed = false
        break
      case 'outcome': {
        if (entry.outcome.kind === 'stopped') break
        this.summary = outcomeText(entry.outcome)
        this.#cause = this.#findCause()
        const shown = this.#watched.snapshot()
        const { frame, ends } = wordsOf(shown)
        // Of a desktop the page says the same, in its language.
        const { outcome } = entry
        const isSaid = outcome.kind === 'desktop' && outcome.note === undefined && shown.language !== undefined
        this.#ended = {
          title: frame.ended,
          lines: [
            ...(isSaid ? [] : [endText(outcome, ends)]),
            ...this.#cause,
            ...(this.#watched.screen?.body ?? []).map(({ text }) => text),
            frame.deviceTime({ time: formatDuration(entry.at) }),
          ],
        }
        this.#notify()
        break
      }
      default:
        break
    }
    this.#pace.changed()
    // What is done at the school changes nothing of the device that would tell.
    if (entry.kind === 'stimulus') this.#notify()
  }

  /** What the page reports now, or what the run failed by; nothing of what was repaired on its way. */
  #findCause(): string[] {
    const cause = causeOf(this.#run.journal.entries)
    if (!cause || (cause.end !== 'present' && cause.end !== 'ended')) return []
    // The run has no folder yet that a command could look at.
    return causeLines({ ...cause, next: cause.next.filter((command) => command.startsWith('oobe explain ')) })
  }

  /** What the scenario's person would do here: computed once for each screen, since answers are used up. */
  #suggest(): Suggestion | null {
    const { screen, isWaiting } = this.#watched
    if (!screen || !isWaiting) return null
    // Asked many times a second: the same object is the same screen, and so is one that says the same.
    if (screen === this.#suggestedFor) return this.#suggestion
    this.#suggestedFor = screen
    const shown = JSON.stringify(screen)
    if (shown === this.#suggestedText) return this.#suggestion
    this.#suggestedText = shown
    let action = this.#script.answer(screen)
    // A person who strays from the script meets its pages again: it starts anew.
    if (!action) {
      this.#script = this.#freshScript()
      action = this.#script.answer(screen)
    }
    this.#suggestion =
      action === null || action === WAIT || 'keys' in action
        ? null
        : { values: action.values, press: action.control, text: describe(action, screen) }
    return this.#suggestion
  }
}

const reportsTrouble = ({ failure, body }: Screen): boolean =>
  failure !== undefined || body.some(({ tone }) => tone === 'error')

/** What Ctrl+F does here. A secret is not spelt out: another person may see the screen. */
function describe({ control, values }: Action, screen: Screen): string {
  const { controls } = screen
  const { hints, frame } = wordsOf({ screen })
  const shown = Object.entries(values).flatMap(([id, value]) => {
    const field = controls.find((candidate) => candidate.id === id)
    // Switches are there all the time: those that are turned are told.
    if (field?.kind === 'switch')
      return value === switchValue(field.isOn) ? [] : [`${field.label}: ${frame[value === 'on' ? 'on' : 'off']}`]
    if (field?.kind === 'secret') return '●'.repeat(value.length)
    return (field?.kind === 'choice' && field.options.find((option) => option.id === value)?.label) || value
  })
  if (shown.length > 0) return hints.fillsIn({ values: shown.join(' · ') })
  return hints.presses({ control: controls.find(({ id }) => id === control)?.label ?? control })
}
