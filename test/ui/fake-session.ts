import type { Action, Screen } from '../../src/domain/screen.ts'
import type { DeviceSession, SessionSnapshot } from '../../src/ui/session.ts'
import { SNAPSHOT } from './samples.ts'

/** A device of which a test says what it shows. */
export class FakeSession implements DeviceSession {
  current: SessionSnapshot
  readonly actions: Action[] = []
  readonly calls: string[] = []
  snapshots = 0
  readonly #listeners = new Set<() => void>()
  onAct: (action: Action) => void = () => {}

  constructor(patch: Partial<SessionSnapshot> = {}) {
    this.current = { ...SNAPSHOT, ...patch }
  }

  get listeners(): number {
    return this.#listeners.size
  }

  show(screen: Screen | null): void {
    this.change({ screen })
  }

  change(patch: Partial<SessionSnapshot>): void {
    this.current = { ...this.current, ...patch }
    for (const listener of this.#listeners) listener()
  }

  isAsking(): boolean {
    return (this.snapshot().screen?.controls.length ?? 0) > 0
  }

  snapshot(): SessionSnapshot {
    this.snapshots++
    return this.current
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  act(action: Action): void {
    this.actions.push(action)
    this.onAct(action)
  }

  setSpeed(speed: number): void {
    this.calls.push(`speed ${speed}`)
    this.change({ speed })
  }

  toggleCable(): void {
    this.calls.push('cable')
  }

  pressKeys(keys: string): void {
    this.calls.push(keys)
  }

  toggleLid(): void {
    this.calls.push('lid')
  }

  togglePower(): void {
    this.calls.push('power')
  }

  toggleWifi(): void {
    this.calls.push('wifi')
  }
}
