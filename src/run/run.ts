import { type Actor, createActor, type InspectionEvent } from 'xstate'
import type { OobeOutcome } from '../../machines/oobe/oobe-context.ts'
import type { OverlayOutcome } from '../../machines/overlay/overlay.ts'
import { boundOobeMachine } from '../actors/bind-oobe.ts'
import { type Bindings, bindRun } from '../actors/bindings.ts'
import { forget } from '../actors/memory.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { JOURNAL_FORMAT, type Outcome } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import type { Screen } from '../domain/screen.ts'
import { isFromOutside, type Stimulus, type StimulusSource } from '../domain/stimulus.ts'
import { shownBy, type View } from '../domain/view.ts'
import { actsAtSchool } from '../events/event-kinds.ts'
import { type EnteredStates, EventRules } from '../events/event-rules.ts'
import type { Journal } from '../journal/writer.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import type { VirtualTimeline } from '../ports/virtual-timeline.ts'
import { Connection } from './connection.ts'
import { DeviceFacts } from './device-facts.ts'
import { Display } from './display.ts'
import { Effects } from './effects.ts'
import { ExchangeOrders } from './exchange-orders.ts'
import { watchInvariants } from './invariants/invariants.ts'
import { type KeptDisk, keptDisks } from './kept-disks.ts'
import { Limits } from './limits.ts'
import { type MachineRef, machinesBelow } from './live-view.ts'
import { managedIfHeld } from './managed-if-held.ts'
import { inspecting, isManagement } from './on-inspection.ts'
import { Overlay } from './overlay.ts'
import { stuck } from './page-answers.ts'
import { PageChanges } from './page-changes.ts'
import { opened, withSecretsNamed } from './page-fields.ts'
import { personTargets } from './person-targets.ts'
import { PersonTurn } from './person-turn.ts'
import { LID_CLOSED, Power } from './power.ts'
import { ownerOf, pressOf } from './press.ts'
import { Progress } from './progress.ts'
import type { RecordedChoices } from './recorded-choices.ts'
import { replayed } from './replayed.ts'
import type { RunOptions, RunResult } from './run-options.ts'
import { chanceSeedOf } from './run-spec.ts'
import type { SecretNames } from './secret-names.ts'
import { refuseUnknownState } from './state-addresses.ts'
import { carryOut, type StimulusTargets } from './stimuli.ts'
import { recordTransitions } from './transition-recorder.ts'
import { worldOf } from './world.ts'

/** One run of one device: from power-on to its end, restarts included. */
export class Run {
  readonly device: VirtualDevice
  readonly journal: Journal
  readonly timeline: VirtualTimeline
  readonly #options: RunOptions
  readonly #display: Display
  readonly #facts: DeviceFacts
  readonly #rules: EventRules
  readonly #limits: Limits
  readonly #choices: RecordedChoices
  readonly #exchanges = new ExchangeOrders()
  readonly #turn: PersonTurn
  readonly #secrets: SecretNames
  readonly #targets: StimulusTargets
  readonly #disks: readonly KeptDisk[]
  readonly #bindings: Bindings
  readonly #listeners = new Set<() => void>()
  readonly #effects: Effects
  readonly #overlay: Overlay
  readonly #power: Power
  readonly #progress = new Progress(isManagement)
  readonly #connection: Connection
  readonly #pages = new PageChanges((page, isWaiting) => this.#onPage(page, isWaiting))
  readonly #over = new AbortController()
  #root: Actor<typeof boundOobeMachine> | undefined
  #inspect: (event: InspectionEvent) => void = () => {}
  #outcome: Outcome | undefined
  #skewMs: number
  #isRecordOver: boolean

  constructor(options: RunOptions) {
    this.#options = options
    const { spec } = options
    this.#skewMs = spec.clockSkewMs
    this.#limits = new Limits(spec.limits, options.processorMsMax)
    this.#isRecordOver = options.again === undefined
    const world = worldOf(options, {
      over: this.#over.signal,
      skewMs: () => this.#skewMs,
      arrive: (request, id) => this.#exchanges.arrive(request, id, () => this.#rules.onRequest(request, id)),
    })
    this.timeline = world.timeline
    this.journal = world.journal
    this.journal.onEntry(this.#limits.count)
    this.journal.onEntry((entry) => this.#pages.see(entry))
    this.journal.onEntry((entry) => this.#rules.onEntry(entry))
    this.device = world.device
    this.#disks = keptDisks(this.journal, this.device)
    watchInvariants(this.journal, this.device, options, (error) => this.timeline.fail(error))
    this.#choices = world.choices
    this.#secrets = world.secrets
    this.#display = new Display(this.journal, () => this.#turn.onPage())
    this.#facts = new DeviceFacts(this.device, this.journal)
    this.#connection = new Connection(this.device.network)
    this.#turn = new PersonTurn({
      person: options.person,
      display: this.#display,
      timeline: this.timeline,
      awayUntil: () => this.#rules.endsAt,
      apply: (stimulus, by) => this.#apply(stimulus, by),
      reasonOf: (by) => this.refusal(by),
      end: (outcome) => this.#end(outcome),
    })
    this.#effects = new Effects(options.school)
    const { device, timeline, journal } = this
    const refuse = (reason: string) => this.#effects.refuse(reason)
    const [start, goDark] = [() => this.#powerOn(), () => this.#goDark()]
    this.#power = new Power({ device, timeline, journal, start, goDark, refuse })
    this.#overlay = new Overlay({
      device,
      display: this.#display,
      clock: this.timeline.clock,
      inspect: (event) => this.#inspect(event),
      onChange: () => this.#refresh(),
      onEnd: (outcome) => this.#onOverlayEnd(outcome),
      chooseReset: () => ownerOf('nextSignIn', this.#roots)?.send({ type: 'reset.chosen' }),
      refuse,
    })
    this.#targets = this.#stimulusTargets()
    this.#rules = new EventRules(spec.events, {
      now: () => this.timeline.now,
      schedule: (delayMs, what, fire) => void this.timeline.schedule(delayMs, fire, { what }),
      apply: (stimulus, by) => this.#apply(stimulus, by),
    })
    this.#bindings = {
      device,
      service: world.service,
      timeline,
      journal,
      chance: seededChance(chanceSeedOf(spec), 'identity', 'naming'),
      memory: {},
    }
    this.device.network.onChange(() => this.#onNetworkChange())
    for (const rule of spec.events) refuseUnknownState(rule)
  }

  get screen(): Screen | null {
    return this.#display.screen
  }

  get view(): View {
    return this.#display.view
  }

  refusal(by: StimulusSource): string | undefined {
    return this.#effects.refusals.get(by)
  }

  /** Called after each change of screen, statecharts or journal. */
  onUpdate(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Plays to the end. Rejects on a bug of ours, on infrastructure that failed, and on choices that do not fit. */
  async play(): Promise<RunResult> {
    const { spec, again } = this.#options
    if (again || spec.events.some(({ does }) => actsAtSchool(does))) await this.#options.school?.load()
    this.journal.write({ kind: 'run', format: JOURNAL_FORMAT, spec })
    this.#rules.start()
    this.#power.on()
    const end = await this.timeline.run({
      done: () => this.#outcome !== undefined,
      whenEmpty: () => (this.#isLive ? 'wait' : 'stuck'),
      isStalled: (nextAt) =>
        this.#limits.isReached(
          nextAt,
          this.#turn.who === 'script' ? this.#power.stalledSince(this.#progress.at) : undefined,
        ),
      ...(again
        ? {
            interject: replayed(again, {
              written: () => this.journal.entries.length,
              apply: (stimulus, by) => this.#apply(stimulus, by),
              now: () => ({ screen: this.screen, who: this.#turn.who }),
              leaveRecord: () => {
                this.#isRecordOver = true
                this.#choices.release()
              },
            }),
          }
        : {}),
    })
    this.#root?.stop()
    this.#over.abort()
    this.#choices.refuseUnused()
    const outcome =
      end === 'stuck'
        ? this.#power.atEnd(stuck(this.#display, this.#progress.at, this.#limits.reason ?? this.#turn.absence))
        : this.#outcome!
    this.#outcome = outcome
    this.journal.write({ kind: 'outcome', outcome })
    const { effective, refusals } = this.#effects
    const { entries: journal } = this.journal
    return { outcome, journal, durationMs: this.timeline.now, seed: spec.seed, effective, refusals, disks: this.#disks }
  }

  /** Before a person at the keyboard acts at the school: a run that does not need its code does not load it. */
  openSchool = async (): Promise<void> => this.#options.school?.load()

  /**
   * The only way into a run from outside: it is journalled, and happens between two entries of the timeline, at the moment
   * that device time has reached.
   */
  apply(stimulus: Stimulus, by: StimulusSource): void {
    this.timeline.input(() => this.#apply(stimulus, by))
  }

  /** Ends the run from outside, as its next step. */
  stop(): void {
    this.timeline.input(() => this.#stop())
  }

  /** The same at once: an answer that has not come yet is not waited for. */
  breakOff(): void {
    this.#stop()
    this.timeline.breakOff()
  }

  #stop(): void {
    if (this.#outcome) return
    // A record that was played again is left here.
    this.#choices.release()
    this.#apply({ kind: 'stop' }, 'terminal')
  }

  /** False when nothing came of it. */
  #apply(stimulus: Stimulus, by: StimulusSource): boolean {
    const sealed = withSecretsNamed(stimulus, this.screen, this.#secrets)
    const step = isFromOutside(by) ? { step: this.timeline.steps } : {}
    this.journal.write({ kind: 'stimulus', by, stimulus: sealed, ...step })
    const hadEffect = carryOut(this.#targets, sealed)
    this.#effects.note(by, hadEffect)
    if (!hadEffect) this.#notify()
    return hadEffect
  }

  /** A person is at the device, who may yet act. */
  get #isLive(): boolean {
    return this.#turn.who === 'terminal' && this.#options.isLive === true && this.#isRecordOver
  }

  #stimulusTargets(): StimulusTargets {
    return {
      ...personTargets({
        turn: this.#turn,
        effects: this.#effects,
        secrets: this.#secrets,
        person: this.#options.person,
        people: this.#options.people ?? {},
        screen: () => this.screen,
        press: (stimulus) => this.#press(stimulus),
        pressKeys: (keys) => this.#overlay.press(keys),
      }),
      device: this.device,
      exchanges: this.#exchanges,
      press: (stimulus) => this.#press(stimulus),
      power: (position) => this.#outcome === undefined && this.#power.byHand(position ?? 'cut'),
      lid: (position) => this.#power.lid(position),
      moveClock: (ms) => {
        this.#skewMs += ms
        return ms !== 0
      },
      end: () => {
        this.#end({ kind: 'stopped' })
        return true
      },
      administer: (action) => this.#effects.atSchool((school) => school.administer(opened(action, this.#secrets))),
      command: (order) => this.#effects.atSchool((school) => school.command(order)),
      hold: (phase, isHeld) => this.#effects.atSchool((school) => school.hold(phase, isHeld)),
    }
  }

  #powerOn(): void {
    const { device } = this
    device.powerOn()
    this.journal.write({ kind: 'power', event: 'on', boot: device.boots })
    this.#progress.onStart()
    this.#connection.look()
    forget(this.#bindings.memory)
    this.#facts.recordNetwork()
    this.#facts.recordIdentity()
    const record = recordTransitions(this.journal, (step) => this.#onStep(step))
    const inspect = inspecting(record, this.#options.onInspection, () => this.#refresh())
    this.#inspect = (event) => inspect(event, this.journal.secrets)
    const root = createActor(boundOobeMachine, {
      clock: this.timeline.clock as never,
      input: {
        facts: device.facts,
        disk: device.disk,
        retry: { attemptsMax: 4, waitMs: 15_000 },
        moreUsers: this.#turn.who === 'script' ? (this.#options.moreUsers ?? 0) : 0,
        ...(this.#options.spec.staysAtDesktop ? { mayStay: true } : {}),
      },
      inspect: this.#inspect,
    })
    bindRun(root.system, this.#bindings)
    this.#root = root
    root.subscribe({
      error: (error) => this.timeline.fail(error),
      complete: () => {
        const { status, output } = root.getSnapshot()
        // A run that is stopped from outside has not ended.
        if (status === 'done') this.#onPowerEnd(output as OobeOutcome)
      },
    })
    root.start()
    this.#refresh()
  }

  #onPowerEnd(outcome: OobeOutcome): void {
    const { sessionsHeld, sessionTrouble } = this.device
    if (outcome.kind === 'ended') this.#end(managedIfHeld(outcome.outcome, sessionsHeld, sessionTrouble))
    else if (outcome.kind === 'restart') this.#power.restart(outcome.reason)
    else if (outcome.kind === 'powerOff') this.#power.off(outcome.reason)
    else this.#power.reset(outcome.what)
  }

  /** A window above the pages has restarted the device, switched it off, or reset it, or gives way to a technician. */
  #onOverlayEnd(outcome: Exclude<OverlayOutcome, { kind: 'closed' }>): void {
    if (outcome.kind === 'preProvision') this.#root?.send({ type: 'technician.chosen' })
    else this.#power.fromWindow(outcome)
  }

  #goDark(): void {
    this.#root?.stop()
    this.#root = undefined
    this.#overlay.close()
    this.#turn.cancel()
    this.#display.goDark()
    this.#pages.forget()
    this.#notify()
  }

  #end(outcome: Outcome): void {
    this.#outcome ??= outcome
    this.#turn.cancel()
    this.#notify()
  }

  #onPage(page: PageId, isWaiting: boolean): void {
    if (isWaiting) this.#overlay.onPage(page)
    this.#rules.onPage(page)
  }

  #onStep(step: EnteredStates): void {
    this.#progress.onStep(step, this.timeline.now)
    this.#rules.onStep(step)
    this.#facts.recordIdentity()
  }

  #refresh(): void {
    if (!this.#root) return
    this.#display.refresh(this.#machineRef, this.#overlay.ref)
    this.#notify()
  }

  get #roots(): MachineRef[] {
    const above = this.#overlay.ref
    return [this.#machineRef, ...(above ? [above] : [])]
  }

  get #machineRef(): MachineRef {
    return this.#root as unknown as MachineRef
  }

  /** Presses a button or follows a link. False when the page would have none of it. */
  #press(stimulus: Extract<Stimulus, { kind: 'press' }>): boolean {
    if (this.#power.isAsleep) return this.#effects.refuse(LID_CLOSED)
    const event = shownBy(this.view) && pressOf(this.screen, stimulus, this.#secrets)
    if (!event) return false
    this.#progress.onAnswer(this.timeline.now)
    const before = { screen: this.#display.screen, steps: this.#progress.steps }
    ownerOf(stimulus.page, this.#roots)?.send(event)
    return this.#progress.steps !== before.steps || this.#display.screen !== before.screen
  }

  #onNetworkChange(): void {
    this.#facts.recordNetwork()
    for (const type of this.#connection.changes()) {
      if (this.#root) for (const machine of machinesBelow(this.#machineRef)) machine.send({ type })
    }
    this.#notify()
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
