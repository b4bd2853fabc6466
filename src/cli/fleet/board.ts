import { formatDuration } from '../../domain/duration.ts'
import { safeText } from '../../domain/safe-text.ts'
import { intendedStart } from '../../fleet/arrival.ts'
import type { DeviceLine } from '../../fleet/device-line.ts'
import { causeLines, counted, countsText, phaseRows } from '../../fleet/lines.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import type { FleetResult } from '../../fleet/result.ts'
import { spreadOf, Totals } from '../../fleet/totals.ts'
import { elapsed, every } from '../../ports/stopwatch.ts'
import { cut } from '../../ui/text-width.ts'
import { columns } from '../columns.ts'
import { printRaw } from '../print.ts'

/** What is known of a fleet while it is played: for the board and for who measures it. */
export class LiveFleet {
  readonly plan: FleetPlan
  readonly totals = new Totals()
  /** Devices of batches that were complete before. */
  readonly before: number
  /** Devices that this command plays. */
  readonly toPlay: number
  readonly notes: string[] = []
  readonly #since = elapsed()
  /** Real time at which each of the last devices ended. */
  readonly #ends: number[] = []

  constructor(plan: FleetPlan, toPlay: number, before: number) {
    this.plan = plan
    this.toPlay = toPlay
    this.before = before
  }

  add(line: DeviceLine): void {
    this.totals.add(line)
    this.#ends.push(this.#since())
    if (this.#ends.length > RATE_DEVICES) this.#ends.shift()
  }

  get realMs(): number {
    return this.#since()
  }

  /** Devices a second, of those that ended last. */
  get rate(): number {
    const first = this.#ends[0]
    return first === undefined
      ? 0
      : (this.#ends.length * 1_000) / Math.max(1, this.#since() - (this.#ends.length < RATE_DEVICES ? 0 : first))
  }

  /** Devices whose time to start has come, and that have not ended; undefined where starts depend on ends. */
  get backlog(): number | undefined {
    const { arrival, count, seed } = this.plan
    if (arrival.kind === 'closed') return undefined
    let [low, high] = [0, count]
    while (low < high) {
      const middle = (low + high) >> 1
      if (intendedStart(arrival, middle, count, seed)! <= this.#since()) low = middle + 1
      else high = middle
    }
    return Math.max(0, Math.min(low - this.before, this.toPlay) - this.totals.devices)
  }
}

const RATE_DEVICES = 200

/** The rows of the board. */
export function boardLines(live: LiveFleet): string[] {
  const { totals, toPlay, plan, before, backlog } = live
  const phases = [...totals.phases].map(([name, { device, real, failed, open }]) => ({
    name,
    device: spreadOf(device)!,
    real: spreadOf(real)!,
    failed,
    open,
  }))
  const firstBoot = spreadOf(totals.times.firstBoot)
  const realTime = spreadOf(totals.times.realTime)
  const times = { ...(firstBoot ? { firstBoot } : {}), ...(realTime ? { realTime } : {}) }
  const causes = [...totals.causes]
    .map(([text, cause]) => ({ text, ...cause }))
    .sort((a, b) => b.devices - a.devices || a.example - b.example)
  return [
    safeText(plan.title),
    progressLine(live),
    '',
    ...columns(phaseRows({ phases, times })),
    ...(totals.requests > 0
      ? ['', `${totals.requests} requests; answers: ${countsText(Object.fromEntries(totals.statuses))}`]
      : []),
    ...(causes.length > 0
      ? ['', ...causeLines({ causes: causes.slice(0, CAUSES_MAX) } as unknown as FleetResult)]
      : []),
    ...(backlog === undefined ? [] : [`backlog: ${counted(backlog, 'device')}`]),
    ...(before > 0 ? [`${before} of ${before + toPlay} were played before`] : []),
    ...live.notes.slice(-NOTES_MAX).map((note) => safeText(note)),
  ]
}

const CAUSES_MAX = 5
const NOTES_MAX = 3

function progressLine({ totals, toPlay, realMs, rate }: LiveFleet): string {
  const { devices, failed } = totals
  const left = rate > 0 && devices < toPlay ? `, about ${formatDuration(((toPlay - devices) * 1_000) / rate)} left` : ''
  return `${devices} of ${toPlay} devices, ${failed} failed, ${rate.toFixed(1)}/s, ${formatDuration(realMs)}${left}`
}

export interface Board {
  end(): void
}

const DRAW_MS = 250
const LINE_MS = 10_000

/** In a terminal: drawn again in its place, four times a second. */
export function terminalBoard(live: LiveFleet, size: () => { columns: number; rows: number }): Board {
  let drawn = 0
  const draw = () => {
    const { columns: width, rows } = size()
    const lines = boardLines(live).slice(0, Math.max(1, rows - 1))
    const up = drawn > 0 ? `\u001b[${drawn}F` : ''
    printRaw('note', `${up}${lines.map((line) => `\u001b[2K${cut(line, width - 1)}\n`).join('')}\u001b[0J`)
    drawn = lines.length
  }
  draw()
  const stop = every(DRAW_MS, draw)
  return {
    end() {
      stop()
      draw()
    },
  }
}

/** Elsewhere: a line from time to time. */
export function plainBoard(live: LiveFleet, tell: (line: string) => void): Board {
  const stop = every(LINE_MS, () => tell(progressLine(live)))
  return { end: stop }
}
