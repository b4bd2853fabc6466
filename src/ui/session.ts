import type { LanguageId } from '../domain/languages.ts'
import type { NetworkStatus } from '../domain/network.ts'
import type { Action, Screen } from '../domain/screen.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import type { CockpitSource, EndsAfter, Move } from './cockpit/source.ts'
import type { CompareSource } from './compare/source.ts'

/** All that the terminal shows of a running device, at one moment. */
export interface SessionSnapshot {
  screen: Screen | null
  /** Of the page that was there last; left out where it is English. The frame follows it while the screen is dark. */
  language?: LanguageId
  /** Why the page reports a trouble, or the run failed: one line after the other. */
  cause?: readonly string[]
  /** Virtual milliseconds since the run began. */
  now: number
  /** Virtual milliseconds per real one: 0 paused, 1, 60, Infinity. */
  speed: number
  /** What the pace comes to now, where long work is sped up; left out: the same as the speed. */
  rate?: number
  /** Virtual milliseconds at which the page came, or the power went. */
  since?: number
  /** No page is on the screen: the device starts, restarts, or has no power. */
  dark?: 'start' | 'restart' | 'off'
  device: string
  /** Where the statecharts are: `network.choosing`, from the outermost in. */
  states: string[]
  /** The newest last. */
  transitions: { at: number; text: string }[]
  /** The newest last. `result` is a status, a Windows code, or empty while it is under way. */
  requests: { at: number; operation: string; url: string; result: string }[]
  identity: { label: string; value: string }[]
  network: NetworkStatus & { isOnline: boolean; hasEthernet: boolean; hasWifi: boolean; cable: boolean; radio: boolean }
  /** What the scenario's person would answer here: shown as a hint, filled in by a key. */
  suggestion: Suggestion | null
  /** Why nothing came of what the person did last. */
  note: string | null
  /** Present once the run has ended. */
  ended: { title: string; lines: string[] } | null
  /** What the cockpit reads; left out where there is none. */
  cockpit?: CockpitSource
  /** Two finished runs are compared: nothing else is drawn. */
  compare?: CompareSource
}

export interface Suggestion {
  /** By control id. */
  values: Record<string, string>
  /** Id of the button to press. */
  press: string
  /** For the hint line: `fills in: Contoso-Students`, `presses: Skip`. */
  text: string
}

/** A running device, as the terminal talks to it. */
export interface DeviceSession {
  snapshot(): SessionSnapshot
  /** True while the page on the screen waits for a person; cheap enough to be asked at each change. */
  isAsking(): boolean
  subscribe(listener: () => void): () => void
  act(action: Action): void
  setSpeed(speed: number): void
  toggleCable(): void
  toggleWifi(): void
  /** Keys pressed together. */
  pressKeys(keys: string): void
  toggleLid(): void
  togglePower(): void
  /** By the person at the terminal, one after the other, with what ends it later; left out where the run is over. */
  apply?(stimuli: readonly Stimulus[], end?: EndsAfter): void
  travel?(move: Move): void
  /** Beside the journal, or with the scenarios of this folder. */
  save?(what: 'scenario' | 'film'): void
}
