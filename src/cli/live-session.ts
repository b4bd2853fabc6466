import { formatDuration } from '../domain/duration.ts'
import type { DeviceFact, JournalEntry, NetworkFact, RecordedSpec } from '../domain/journal.ts'
import type { Action, Control, Screen } from '../domain/screen.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { causeLines } from '../journal/cause/lines.ts'
import { outcomeText } from '../journal/outcome.ts'
import { ActiveStates } from '../journal/path.ts'
import type { AdjustablePace } from '../ports/pace.ts'
import { WAIT } from '../run/person.ts'
import type { Run } from '../run/run.ts'
import type { ScriptedPerson } from '../scenario/scripted-person.ts'
import type { DeviceSession, SessionSnapshot, Suggestion } from '../ui/session.ts'

const KEPT = 40

/** What the terminal needs of a run: its journal, the time, and its door. */
export type WatchedRun = Pick<Run, 'apply' | 'onUpdate' | 'refusal'> & {
  journal: Pick<Run['journal'], 'onEntry' | 'entries'>
  timeline: Pick<Run['timeline'], 'present'>
}

/** A run as the terminal sees it: what its journal says, and the stimuli that keys become. */
export class LiveSession implements DeviceSession {
  readonly #run: WatchedRun
  readonly #pace: AdjustablePace
  readonly #spec: RecordedSpec
  readonly #freshScript: () => ScriptedPerson
  readonly #watchedAt: string | undefined
  readonly #transitions: SessionSnapshot['transitions'] = []
  readonly #requests: (SessionSnapshot['requests'][number] & { id: number })[] = []
  readonly #states = new ActiveStates()
  #script: ScriptedPerson
  #screen: Screen | null = null
  #cause: readonly string[] = []
  #isWaiting = false
  #isLidClosed = false
  #isOff = false
  #network: NetworkFact | undefined
  #device: DeviceFact | undefined
  #suggestedFor = ''
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
    this.#spec = spec
    this.#freshScript = script
    this.#script = script()
    run.journal.onEntry((entry) => this.#take(entry))
  }

  /** True while the page on the screen waits for a person. */
  get isWaiting(): boolean {
    return this.#isWaiting
  }

  isAsking(): boolean {
    return this.#isWaiting
  }

  get hasEnded(): boolean {
    return this.#ended !== null
  }

  /** How the run ended, in one line; undefined while it is under way. */
  summary: string | undefined

  snapshot(): SessionSnapshot {
    const { adapters, title } = this.#spec.device
    const { via = 'none', ssid, bars, isOnline = false, cable = false, radio = true } = this.#network ?? {}
    const has = (kind: string): boolean => adapters.some((adapter) => adapter.kind === kind)
    return {
      screen: this.#screen,
      ...(this.#cause.length > 0 ? { cause: this.#cause } : {}),
      now: this.#run.timeline.present,
      speed: this.#pace.chosen,
      device: title,
      states: this.#states.list(),
      transitions: this.#transitions,
      requests: this.#requests,
      identity: this.#identity(),
      network: {
        via,
        ...(ssid === undefined ? {} : { ssid }),
        ...(bars === undefined ? {} : { bars }),
        isOnline,
        hasEthernet: has('ethernet'),
        hasWifi: has('wifi'),
        cable,
        radio,
      },
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
    this.#apply({ kind: 'cable', position: this.#network?.cable ? 'out' : 'in' })
  }

  toggleWifi(): void {
    this.#apply({ kind: 'radio', position: this.#network?.radio ? 'off' : 'on' })
  }

  pressKeys(keys: string): void {
    this.#apply({ kind: 'keyChord', keys })
  }

  toggleLid(): void {
    this.#isLidClosed = !this.#isLidClosed
    this.#apply({ kind: 'lid', position: this.#isLidClosed ? 'closed' : 'open' })
  }

  togglePower(): void {
    this.#apply({ kind: 'power', position: this.#isOff ? 'on' : 'off' })
  }

  #apply(stimulus: Stimulus): void {
    this.#run.apply(stimulus, 'terminal')
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #take(entry: JournalEntry): void {
    this.#states.take(entry)
    switch (entry.kind) {
      case 'screen':
        if ('skipped' in entry) break
        this.#screen = entry.screen
        this.#cause = reportsTrouble(entry.screen) ? this.#findCause() : []
        this.#isWaiting = entry.isWaiting === true
        break
      case 'power':
        this.#isOff = entry.event === 'off'
        if (entry.event !== 'on') this.#goDark()
        if (entry.event !== 'on') this.#isLidClosed = false
        break
      case 'network':
        this.#network = entry
        break
      case 'device':
        this.#device = entry
        break
      case 'transition':
        if (entry.to === undefined) break
        keep(this.#transitions, { at: entry.at, text: `${entry.machine}: ${entry.from ?? '·'} → ${entry.to}` })
        break
      case 'request': {
        const { id, at, operation, url } = entry
        keep(this.#requests, { id, at, operation, url, result: '' })
        break
      }
      case 'response': {
        const request = this.#requests.find(({ id }) => id === entry.id)
        if (request) request.result = entry.status === undefined ? (entry.trouble ?? '') : String(entry.status)
        break
      }
      case 'outcome':
        if (entry.outcome.kind === 'stopped') break
        this.#isWaiting = false
        this.summary = outcomeText(entry.outcome)
        this.#cause = this.#findCause()
        this.#ended = {
          title: 'The first boot has ended',
          lines: [
            this.summary,
            ...this.#cause,
            ...(this.#screen?.body ?? []).map(({ text }) => text),
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
    return cause && (cause.end === 'present' || cause.end === 'ended') ? causeLines({ ...cause, next: [] }) : []
  }

  #goDark(): void {
    this.#screen = null
    this.#cause = []
    this.#isWaiting = false
  }

  /** What the scenario's person would do here: computed once for each screen, since answers are used up. */
  #suggest(): Suggestion | null {
    const screen = this.#screen
    if (!screen || !this.#isWaiting) return null
    const shown = JSON.stringify(screen)
    if (shown === this.#suggestedFor) return this.#suggestion
    this.#suggestedFor = shown
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

  #identity(): SessionSnapshot['identity'] {
    const { smbios, windows, tpm } = this.#spec.device
    const { name = '', deviceId = '', isJoined = false, managedBy = 'nothing' } = this.#device ?? {}
    return [
      { label: 'Name', value: name },
      { label: 'Model', value: `${smbios.manufacturer} ${smbios.productName}` },
      { label: 'Serial', value: smbios.serialNumber },
      { label: 'Windows', value: `11 ${windows.edition} ${windows.build}` },
      { label: 'TPM', value: tpm ? `${tpm.version} ${tpm.vendor} (${tpm.kind})` : 'none' },
      { label: 'Device id', value: deviceId },
      { label: 'Joined', value: isJoined ? 'Microsoft Entra' : 'no' },
      { label: 'Managed by', value: managedBy },
      // The terminal's own screen covers the note on standard error.
      ...(this.#watchedAt === undefined ? [] : [{ label: 'Watched at', value: this.#watchedAt }]),
    ]
  }
}

const reportsTrouble = ({ failure, body }: Screen): boolean =>
  failure !== undefined || body.some(({ tone }) => tone === 'error')

function keep<Line>(lines: Line[], line: Line): void {
  lines.push(line)
  if (lines.length > KEPT) lines.shift()
}

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
