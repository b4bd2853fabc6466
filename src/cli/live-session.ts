import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry } from '../domain/journal.ts'
import type { Action, Control } from '../domain/screen.ts'
import { shownBy } from '../domain/view.ts'
import type { AdjustablePace } from '../ports/pace.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { ScriptedPerson } from '../scenario/scripted-person.ts'
import { outcomeText } from '../scenario/verdict.ts'
import type { Simulation } from '../simulation/simulation.ts'
import type { RunResult } from '../simulation/simulation-options.ts'
import type { DeviceSession, SessionSnapshot, Suggestion } from '../ui/session.ts'

const KEPT = 40

/** A running simulation as the terminal sees it. */
export class LiveSession implements DeviceSession {
  readonly #simulation: Simulation
  readonly #pace: AdjustablePace
  readonly #scenario: Scenario
  readonly #transitions: SessionSnapshot['transitions'] = []
  readonly #requests: (SessionSnapshot['requests'][number] & { id: number })[] = []
  #script: ScriptedPerson
  #suggestedFor = ''
  #suggestion: Suggestion | null = null
  #ended: SessionSnapshot['ended'] = null

  constructor(simulation: Simulation, pace: AdjustablePace, scenario: Scenario, script: ScriptedPerson) {
    this.#simulation = simulation
    this.#pace = pace
    this.#scenario = scenario
    this.#script = script
    simulation.journal.onEntry((entry) => this.#take(entry))
  }

  /** True while the page on the screen waits for somebody. */
  get isWaiting(): boolean {
    return shownBy(this.#simulation.view)?.waitsForPerson === true
  }

  isAsking(): boolean {
    return this.isWaiting
  }

  get hasEnded(): boolean {
    return this.#ended !== null
  }

  /** How the run ended, in one line; undefined while it goes on. */
  summary: string | undefined

  end({ outcome, durationMs }: RunResult): void {
    if (outcome.kind === 'stopped') return
    this.summary = outcomeText(outcome)
    this.#ended = {
      title: 'The first boot has ended',
      lines: [
        outcomeText(outcome),
        ...(this.#simulation.screen?.body ?? []).map(({ text }) => text),
        `${formatDuration(durationMs)} of device time`,
      ],
    }
    this.#pace.changed()
    this.#notify()
  }

  snapshot(): SessionSnapshot {
    const { device, screen, view, timeline } = this.#simulation
    const { network } = device
    const { hasEthernet, hasWifi, cable, wifi } = network.switches
    return {
      screen,
      now: timeline.present,
      speed: this.#pace.chosen,
      device: device.definition.title,
      states: view.flatMap(({ machine, states }) => states.map((state) => `${machine}.${state}`)),
      transitions: this.#transitions,
      requests: this.#requests,
      identity: this.#identity(),
      network: { ...network.status, isOnline: network.isOnline, hasEthernet, hasWifi, cable, radio: wifi },
      suggestion: this.#suggest(),
      ended: this.#ended,
    }
  }

  readonly #listeners = new Set<() => void>()

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    const off = this.#simulation.onUpdate(listener)
    return () => {
      this.#listeners.delete(listener)
      off()
    }
  }

  act(action: Action): void {
    this.#simulation.act(action)
  }

  setSpeed(speed: number): void {
    this.#pace.set(speed)
    this.#notify()
  }

  toggleCable(): void {
    const { cable } = this.#simulation.device.network.switches
    this.#simulation.changeNetwork({ cable: cable ? 'out' : 'in' })
  }

  toggleWifi(): void {
    const { wifi } = this.#simulation.device.network.switches
    this.#simulation.changeNetwork({ wifi: wifi ? 'off' : 'on' })
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #take(entry: JournalEntry): void {
    if (entry.kind === 'transition') {
      this.#transitions.push({ at: entry.at, text: `${entry.machine}: ${entry.from ?? '·'} → ${entry.to}` })
    }
    if (entry.kind === 'request') {
      const { id, at, operation, url } = entry
      this.#requests.push({ id, at, operation, url, result: '' })
    }
    if (entry.kind === 'response') {
      const request = this.#requests.find(({ id }) => id === entry.id)
      if (request) request.result = entry.status === undefined ? (entry.trouble ?? '') : String(entry.status)
    }
    if (this.#transitions.length > KEPT) this.#transitions.shift()
    if (this.#requests.length > KEPT) this.#requests.shift()
    this.#pace.changed()
  }

  /** What the scenario's person would do here: computed once for each screen, since answers are used up. */
  #suggest(): Suggestion | null {
    const { screen } = this.#simulation
    if (!screen || !this.isWaiting) return null
    const shown = JSON.stringify(screen)
    if (shown === this.#suggestedFor) return this.#suggestion
    this.#suggestedFor = shown
    let action = this.#script.answer(screen)
    // Somebody who strays from the script meets its pages again: it starts anew.
    if (!action) {
      this.#script = new ScriptedPerson(this.#scenario.person)
      action = this.#script.answer(screen)
    }
    this.#suggestion = action && {
      values: action.values,
      press: action.control,
      text: describe(action, screen.controls),
    }
    return this.#suggestion
  }

  #identity(): SessionSnapshot['identity'] {
    const { device } = this.#simulation
    const { smbios, windows, tpm } = device.definition
    return [
      { label: 'Name', value: device.disk.deviceName },
      { label: 'Model', value: `${smbios.manufacturer} ${smbios.productName}` },
      { label: 'Serial', value: smbios.serialNumber },
      { label: 'Windows', value: `11 ${windows.edition} ${windows.build}` },
      { label: 'TPM', value: tpm ? `${tpm.version} ${tpm.vendor} (${tpm.kind})` : 'none' },
      { label: 'Device id', value: device.deviceId },
      { label: 'Joined', value: device.joinCertificate ? 'Microsoft Entra' : 'no' },
      { label: 'Managed by', value: device.management?.providerId ?? 'nobody' },
    ]
  }
}

/** What Ctrl+F does here. A secret is not spelt out: somebody may be looking on. */
function describe({ control, values }: Action, controls: readonly Control[]): string {
  const shown = Object.entries(values).map(([id, value]) => {
    const field = controls.find((candidate) => candidate.id === id)
    if (field?.kind === 'secret') return '●'.repeat(value.length)
    return (field?.kind === 'choice' && field.options.find((option) => option.id === value)?.label) || value
  })
  if (shown.length > 0) return `fills in: ${shown.join(' · ')}`
  return `presses: ${controls.find(({ id }) => id === control)?.label ?? control}`
}
