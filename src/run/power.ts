import type { OverlayOutcome } from '../../machines/overlay/overlay.ts'
import { breakOff, forgetRetries } from '../device/oobe-retries.ts'
import { refuseReset } from '../device/resets.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { JournalWriter, Outcome } from '../domain/journal.ts'
import { RESET_NAMES, type ResetKind } from '../domain/reset.ts'
import type { VirtualTimeline } from '../ports/virtual-timeline.ts'

/** How long a device takes from the restart to the logo: an assumption. */
const RESTART_MS = 25_000

export const LID_CLOSED = 'the lid is closed, and the device sleeps'

interface PowerParts {
  device: VirtualDevice
  timeline: VirtualTimeline
  journal: JournalWriter
  /** The device starts. */
  start(): void
  /** The device is dark from now on. */
  goDark(): void
  /** Nothing comes of it, and why. */
  refuse(reason: string): false
}

/** Whether the device is on, off, on its way, or asleep. */
export class Power {
  readonly #parts: PowerParts
  #isOn = false
  /** The start that is under way. */
  #starting: { cancel(): void } | undefined
  #isAsleep = false
  #isSwitchedOff = false
  /** When it was switched on after it had been off. */
  #switchedOnAt = 0

  constructor(parts: PowerParts) {
    this.#parts = parts
  }

  get isAsleep(): boolean {
    return this.#isAsleep
  }

  /** Off, and no start is under way. */
  get isOff(): boolean {
    return !this.#isOn && this.#starting === undefined
  }

  /**
   * Since when a device has come no further: one that is off has nothing to do. Undefined while it is off.
   *
   * @param progressAt when the run came on last
   */
  stalledSince(progressAt: number): number | undefined {
    return this.isOff ? undefined : Math.max(progressAt, this.#switchedOnAt)
  }

  /** False when it is on already, or about to be. */
  on(delayMs = 0): boolean {
    if (!this.isOff) return false
    if (this.#isSwitchedOff) this.#switchedOnAt = this.#parts.timeline.now
    this.#isSwitchedOff = false
    const start = () => {
      this.#starting = undefined
      this.#isOn = true
      this.#parts.start()
    }
    this.#starting = this.#parts.timeline.schedule(delayMs, start, { what: 'power on' })
    return true
  }

  restart(reason: string): void {
    this.#write('restart', reason)
    this.#startAnew()
  }

  /** Back to the state in which the device left the factory, or with its enrolment, and a start. Without Windows RE nothing is changed. */
  reset(kind: ResetKind): void {
    const { device } = this.#parts
    const trouble = refuseReset(device, kind)
    // What a page of the first boot shows then is not published: that the device restarts is an assumption.
    if (trouble) {
      this.restart(`the reset failed: ${trouble.text} (${trouble.code})`)
      return
    }
    this.#write('reset', RESET_NAMES[kind])
    device.log('resetBegun', { what: RESET_NAMES[kind] })
    device.reset(kind)
    this.#startAnew()
  }

  /** The power fails, and comes back. False when there was none. */
  cut(): boolean {
    if (!this.#isOn) return false
    this.#write('cut')
    this.#startAnew()
    return true
  }

  /** It stays off until it is switched on. False when it is off. */
  off(reason?: string): boolean {
    if (this.isOff) return false
    this.#write('off', reason)
    this.#isSwitchedOff = true
    this.#dark()
    return true
  }

  /** The person or the power, and not Windows: the first boot is broken off. */
  byHand(position: 'cut' | 'off' | 'on'): boolean {
    const isDone = this[position]()
    if (isDone && position !== 'on') breakOff(this.#parts.device)
    return isDone
  }

  /** A window above the pages has asked for it. */
  fromWindow(outcome: Exclude<OverlayOutcome, { kind: 'closed' | 'preProvision' }>): void {
    const { device } = this.#parts
    if (outcome.kind === 'reset') {
      this.reset(outcome.what)
      return
    }
    if (outcome.kind === 'freshRestart') forgetRetries(device)
    else breakOff(device)
    if (outcome.kind === 'shutDown') this.off('a command prompt')
    else this.restart(outcome.kind === 'restart' ? outcome.reason : 'the count of restarts was set back')
  }

  /** With a closed lid the device sleeps: what is due happens when it wakes up. What is around it continues. */
  lid(position: 'closed' | 'open'): boolean {
    const isAsleep = position === 'closed'
    const { device, timeline, refuse } = this.#parts
    if (isAsleep === this.#isAsleep) return refuse(`the lid is ${position} already`)
    if (isAsleep && !this.#isOn) return refuse('the device is off')
    if (isAsleep && !device.behaviour.lidClosedSleeps) {
      return refuse('behaviour.lidClosedSleeps is false: the device does not sleep')
    }
    this.#isAsleep = isAsleep
    if (isAsleep) timeline.hold((what) => /^(end of )?events\./.test(what))
    else timeline.release()
    return true
  }

  /** What an end without anything left to happen is. */
  atEnd(stuck: Extract<Outcome, { kind: 'stuck' }>): Outcome {
    if (this.isOff) return { kind: 'poweredOff' }
    return this.#isAsleep ? { ...stuck, reason: LID_CLOSED } : stuck
  }

  #startAnew(): void {
    this.#dark()
    this.on(RESTART_MS)
  }

  #write(event: 'cut' | 'off' | 'restart' | 'reset', reason?: string): void {
    const { journal, device } = this.#parts
    journal.write({ kind: 'power', event, boot: device.boots, ...(reason === undefined ? {} : { reason }) })
  }

  #dark(): void {
    if (this.#isAsleep) this.lid('open')
    this.#starting?.cancel()
    this.#starting = undefined
    this.#isOn = false
    this.#parts.goDark()
  }
}
