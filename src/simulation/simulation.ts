import { type Actor, createActor } from 'xstate'
import type { OobeOutcome } from '../../machines/oobe-context.ts'
import { bindOobe } from '../actors/bind-oobe.ts'
import { forget, freshMemory } from '../actors/memory.ts'
import { VirtualDevice } from '../device/virtual-device.ts'
import type { NetworkChange } from '../device/virtual-network.ts'
import type { Outcome } from '../domain/journal.ts'
import { PAGES } from '../domain/pages.ts'
import type { Action, Screen } from '../domain/screen.ts'
import { Secret } from '../domain/secret.ts'
import { shownBy, type View } from '../domain/view.ts'
import { createHttpClient } from '../ports/exchanges.ts'
import { seededIds } from '../ports/ids.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { VirtualTimeline } from '../ports/virtual-timeline.ts'
import { screenOf } from '../screens/screen-of.ts'
import { Faults } from './faults.ts'
import { Journal } from './journal.ts'
import { isMachine, type MachineRef, machinesBelow, viewOf } from './live-view.ts'
import { masked, unaccepted, unanswered } from './page-answers.ts'
import type { RunResult, SimulationOptions } from './simulation-options.ts'
import { refuseUnknownState } from './state-addresses.ts'
import { recordTransitions, type Step } from './transition-recorder.ts'

/** How long a device takes from the restart to the logo: an assumption. */
const RESTART_MS = 25_000
/** How long a scripted person looks at a page: an assumption. */
const THINK_MS = 2_000
const STUCK_MS = 24 * 3_600_000

/** Machines whose steps are polls, and no progress. */
const POLLING = new Set(['management'])

/** One run of one device: from power-on to its end, restarts included. */
export class Simulation {
  readonly device: VirtualDevice
  readonly journal: Journal
  readonly timeline: VirtualTimeline
  /** What is on the screen. */
  screen: Screen | null = null
  view: View = []
  readonly #options: SimulationOptions
  readonly #faults: Faults
  readonly #service
  readonly #memory = freshMemory()
  readonly #machine: ReturnType<typeof bindOobe>
  readonly #listeners = new Set<() => void>()
  #root: Actor<ReturnType<typeof bindOobe>> | undefined
  #outcome: Outcome | undefined
  #thinking: { cancel(): void } | undefined
  #progressAt = 0
  #visited = new Set<string>()
  #wasOnline = false
  #wasLinked = false
  #isRefreshing = false
  #steps = 0
  /** The screen as text, to tell whether it has changed. */
  #shownText = ''
  #isWaiting = false

  constructor(options: SimulationOptions) {
    this.#options = options
    const { seed, definition, startsAt } = options
    const timing = seededChance(seed, 'timing')
    this.timeline = new VirtualTimeline(() => timing.number(), options.pace)
    this.journal = new Journal(() => this.timeline.now, options.sink)
    for (const secret of options.person?.secrets() ?? []) this.journal.protect(secret)
    for (const { key } of options.environment.wifi) if (key) this.journal.protect(key)
    const { token, password } = options.means ?? {}
    for (const secret of [token, password?.password]) if (secret) this.journal.protect(secret.reveal())
    this.device = new VirtualDevice({
      definition,
      environment: options.environment,
      keys: options.keys,
      journal: this.journal,
      chance: seededChance(seed, 'identity'),
      clock: () => startsAt + this.timeline.now + (options.clockSkewMs ?? 0),
    })
    this.#faults = new Faults(options.faults ?? [], this.timeline, this.journal, {
      changeNetwork: (change) => this.device.network.change(change),
      cutPower: () => this.#cutPower(),
    })
    this.#service = {
      http: createHttpClient({
        timeline: this.timeline,
        journal: this.journal,
        network: this.device.network,
        faults: (request) => this.#faults.onRequest(request),
        transport: options.transport(() => startsAt + this.timeline.now),
        authorities: () => this.device.authorities,
        chance: seededChance(seed, 'timing', 'network'),
        ...(options.guardMs === undefined ? {} : { guardMs: options.guardMs }),
      }),
      endpoints: options.endpoints,
      ...(options.means ? { means: options.means } : {}),
      ids: seededIds(seededChance(seed, 'payload')),
    }
    this.#machine = bindOobe({
      device: this.device,
      service: this.#service,
      timeline: this.timeline,
      chance: seededChance(seed, 'identity', 'naming'),
      memory: this.#memory,
    })
    this.device.network.onChange(() => this.#onNetworkChange())
    for (const rule of options.faults ?? []) refuseUnknownState(rule)
  }

  /** Called after each change of screen, statecharts or journal. */
  onUpdate(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Runs to the end. Rejects on a bug of ours, and on infrastructure that failed. */
  async run(): Promise<RunResult> {
    const { definition, tenantId, scenarioId, seed, startsAt, person } = this.#options
    this.journal.write({
      kind: 'run',
      device: definition.id,
      tenant: tenantId,
      seed,
      startsAt: new Date(startsAt).toISOString(),
      ...(scenarioId ? { scenario: scenarioId } : {}),
    })
    this.#faults.start()
    this.timeline.schedule(0, () => this.#powerOn())
    const stuckAfter = this.#options.stuckAfterMs ?? STUCK_MS
    const end = await this.timeline.run({
      done: () => this.#outcome !== undefined,
      whenEmpty: person ? 'stuck' : 'wait',
      isStalled: (nextAt) => person !== undefined && nextAt - this.#progressAt > stuckAfter,
    })
    this.#root?.stop()
    const outcome = end === 'stuck' ? this.#stuckOutcome() : this.#outcome!
    return { outcome, journal: this.journal.entries, durationMs: this.timeline.now, seed }
  }

  /** A person at the terminal acts on the page. */
  act(action: Action): void {
    this.timeline.input(() => this.#perform(action, 'person'))
  }

  /** Somebody pulls a cable or switches a radio. */
  changeNetwork(change: NetworkChange): void {
    this.timeline.input(() => this.device.network.change(change))
  }

  /** Ends the run from outside. */
  stop(): void {
    this.timeline.input(() => this.#end({ kind: 'stopped' }))
  }

  #powerOn(): void {
    const { device } = this
    device.powerOn()
    this.journal.write({ kind: 'power', event: 'on', boot: device.boots })
    this.#visited.clear()
    this.#wasOnline = device.network.isOnline
    this.#wasLinked = device.network.status.via !== 'none'
    forget(this.#memory)
    const record = recordTransitions(this.journal, (step) => this.#onStep(step))
    const root = createActor(this.#machine, {
      clock: this.timeline.clock as never,
      input: {
        facts: device.facts,
        disk: device.disk,
        retry: { attemptsMax: 4, waitMs: 15_000 },
        moreUsers: this.#options.moreUsers ?? 0,
      },
      inspect: (event) => {
        record(event)
        // Management has no page, and promises have no states: what they do shows in the statecharts that wait for it.
        if (event.type === '@xstate.snapshot' && isMachine(event.actorRef) && !POLLING.has(event.actorRef.logic.id)) {
          this.#refresh()
        }
      },
    })
    this.#root = root
    root.subscribe({
      error: (error) => this.timeline.fail(error),
      complete: () => {
        const { status, output } = root.getSnapshot()
        // Stopped from outside is no end of its own.
        if (status === 'done') this.#onPowerEnd(output as OobeOutcome)
      },
    })
    root.start()
    this.#refresh()
  }

  #onPowerEnd(outcome: OobeOutcome): void {
    const { boots } = this.device
    switch (outcome.kind) {
      case 'ended':
        this.#end(outcome.outcome)
        return
      case 'restart':
        this.journal.write({ kind: 'power', event: 'restart', boot: boots, reason: outcome.reason })
        break
      case 'reset':
        this.journal.write({ kind: 'power', event: 'reset', boot: boots })
        this.device.reset()
    }
    this.#goDark()
    this.timeline.schedule(RESTART_MS, () => this.#powerOn())
  }

  /** The power goes: nothing is saved on the way. */
  #cutPower(): void {
    if (!this.#root || this.#outcome) return
    this.#root.stop()
    this.journal.write({ kind: 'power', event: 'cut', boot: this.device.boots })
    this.#goDark()
    this.timeline.schedule(RESTART_MS, () => this.#powerOn())
  }

  #goDark(): void {
    this.#root = undefined
    this.#thinking?.cancel()
    this.screen = null
    this.#shownText = ''
    this.view = []
    this.#notify()
  }

  #end(outcome: Outcome): void {
    this.#outcome ??= outcome
    this.#thinking?.cancel()
    this.#notify()
  }

  #onStep(step: Step): void {
    this.#steps++
    this.#faults.onStep(step)
    if (POLLING.has(step.machine)) return
    for (const state of step.entered) {
      const address = `${step.machine}.${state}`
      if (this.#visited.has(address)) continue
      this.#visited.add(address)
      this.#progressAt = this.timeline.now
    }
  }

  /** Looks at the statecharts again. Called for each of them whenever it has moved. */
  #refresh(): void {
    const root = this.#root
    if (!root || this.#isRefreshing) return
    this.#isRefreshing = true
    try {
      this.view = viewOf(root as unknown as MachineRef)
      const screen = screenOf(this.view)
      if (screen) this.#show(screen)
    } finally {
      this.#isRefreshing = false
    }
    this.#notify()
  }

  #show(screen: Screen): void {
    const text = JSON.stringify(screen)
    const isWaiting = shownBy(this.view)?.waitsForPerson === true
    // Two states may look the same, and only one of them waits for somebody.
    if (text === this.#shownText && isWaiting === this.#isWaiting) return
    this.#isWaiting = isWaiting
    if (text !== this.#shownText) this.journal.write({ kind: 'screen', screen })
    this.#shownText = text
    this.screen = screen
    this.#thinking?.cancel()
    if (this.#options.person && isWaiting) {
      this.#thinking = this.timeline.schedule(THINK_MS, () => this.#askPerson())
    }
  }

  #askPerson(): void {
    const screen = this.screen!
    const person = this.#options.person!
    const action = person.answer(screen)
    if (!action) {
      this.#end(unanswered(screen, person.explain(screen)))
      return
    }
    if (!this.#perform(action, 'script')) this.#end(unaccepted(screen, action.values))
  }

  /** Presses a button. False when the page would have none of it. */
  #perform(action: Action, by: 'person' | 'script'): boolean {
    const { screen } = this
    const shown = shownBy(this.view)
    const control = screen?.controls.find(({ id }) => id === action.control)
    if (!screen || !shown || screen.page !== action.page || !control) return false
    if (control.kind !== 'button' && control.kind !== 'link') return false
    const secretIds = screen.controls.filter(({ kind }) => kind === 'secret').map(({ id }) => id)
    for (const id of secretIds) this.journal.protect(action.values[id] ?? '')
    const values = masked(screen, action.values)
    this.journal.write({ kind: 'input', by, page: action.page, control: action.control, values })
    this.#progressAt = this.timeline.now
    this.#visited.clear()
    const secrets = Object.fromEntries(secretIds.map((id) => [id, new Secret(action.values[id] ?? '')]))
    const plain = Object.fromEntries(Object.entries(action.values).filter(([id]) => !secretIds.includes(id)))
    const before = { text: this.#shownText, steps: this.#steps }
    // Not always the one that is at work: the categories of the Enrollment Status Page show a page of another.
    const { machine } = PAGES[screen.page]
    const owner = machinesBelow(this.#root as unknown as MachineRef).find(({ logic }) => logic.id === machine)
    owner?.send({ type: control.event, values: plain, secrets })
    return this.#steps !== before.steps || this.#shownText !== before.text
  }

  #onNetworkChange(): void {
    const { isOnline, status } = this.device.network
    const root = this.#root
    if (root) {
      const events = ['network.changed']
      if (status.via === 'none' && this.#wasLinked) events.push('network.lost')
      if (isOnline && !this.#wasOnline) events.push('network.restored')
      for (const type of events) {
        for (const machine of machinesBelow(root as unknown as MachineRef)) machine.send({ type })
      }
    }
    this.#wasOnline = isOnline
    this.#wasLinked = status.via !== 'none'
    this.#notify()
  }

  #stuckOutcome(): Outcome {
    const shown = shownBy(this.view) ?? this.view.at(-1)
    const state = shown ? `${shown.machine}.${shown.states.join(',')}` : 'powered off'
    return { kind: 'stuck', state, waitingFor: this.screen?.title ?? 'nothing', since: this.#progressAt }
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
