import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry, RecordedSpec } from '../domain/journal.ts'
import type { Action, Control, Screen } from '../domain/screen.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { causeLines } from '../journal/cause/lines.ts'
import { outcomeText } from '../journal/outcome.ts'
import type { AdjustablePace } from '../ports/pace.ts'
import { WAIT } from '../run/person.ts'
import type { Run } from '../run/run.ts'
import type { ScriptedPerson } from '../scenario/scripted-person.ts'
import type { DeviceSession, SessionSnapshot, Suggestion } from '../ui/session.ts'
import { Watched } from '../ui/watched.ts'
import { PagePace } from './page-pace.ts'

/** What the terminal needs of a run: its journal, the time, and its door. */
export type WatchedRun = Pick<Run, 'apply' | 'onUpdate' | 'refusal'> & {
  journal: Pick<Run['journal'], 'onEntry' | 'entries'>
  timeline: Pick<Run['timeline'], 'present'>
}

/** A run as the terminal sees it: what its journal says, and the stimuli that keys become. */
export class LiveSession implements DeviceSession {
  readonly #run: WatchedRun
  readonly #pace: AdjustablePace
  readonly #watched: Watched
  readonly #freshScript: () => ScriptedPerson
  readonly #watchedAt: string | undefined
  #script: ScriptedPerson
  #cause: readonly string[] = []
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
    this.#run = run
    this.#pace = pace
    this.#watched = new Watched(spec)
    this.#freshScript = script
    this.#script = script()
    run.journal.onEntry((entry) => this.#take(entry))
  }

  /** True while the page on the screen waits for a person. */
  get isWaiting(): boolean {
    return this.#watched.isWaiting
  }

  isAsking(): boolean {
    return this.#watched.isWaiting
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
      speed: this.#pace.chosen,
      ...(this.#pace instanceof PagePace ? { rate: this.#pace.rate } : {}),
      identity: [...watched.identity, ...watchedAt],
      suggestion: this.#suggest(),
      note: this.#run.refusal('terminal') ?? null,
      ended: this.#ended,
    }
  }

  readonly #listeners = new Set<() => void>()

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    const off = this.#run.onUpdate(listener)
    return () => {
      this.#listeners.delete(listener)
      off()
    }
  }

  act(action: Action): void {
    this.#apply({ kind: 'press', ...action })
  }

  setSpeed(speed: number): void {
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

  #apply(stimulus: Stimulus): void {
    this.#run.apply(stimulus, 'terminal')
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #take(entry: JournalEntry): void {
    this.#watched.take(entry)
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
      case 'outcome':
        if (entry.outcome.kind === 'stopped') break
        this.summary = outcomeText(entry.outcome)
        this.#cause = this.#findCause()
        this.#ended = {
          title: 'The first boot has ended',
          lines: [
            this.summary,
            ...this.#cause,
            ...(this.#watched.screen?.body ?? []).map(({ text }) => text),
            `${formatDuration(entry.at)} of device time`,
          ],
        }
        this.#notify()
        break
      default:
        break
    }
    this.#pace.changed()
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
        : { values: action.values, press: action.control, text: describe(action, screen.controls) }
    return this.#suggestion
  }
}

const reportsTrouble = ({ failure, body }: Screen): boolean =>
  failure !== undefined || body.some(({ tone }) => tone === 'error')

/** What Ctrl+F does here. A secret is not spelt out: another person may see the screen. */
function describe({ control, values }: Action, controls: readonly Control[]): string {
  const shown = Object.entries(values).map(([id, value]) => {
    const field = controls.find((candidate) => candidate.id === id)
    if (field?.kind === 'secret') return '●'.repeat(value.length)
    return (field?.kind === 'choice' && field.options.find((option) => option.id === value)?.label) || value
  })
  if (shown.length > 0) return `fills in: ${shown.join(' · ')}`
  return `presses: ${controls.find(({ id }) => id === control)?.label ?? control}`
}
