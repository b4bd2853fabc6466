import { basename, dirname } from 'node:path'
import type { JournalEntry } from '../domain/journal.ts'
import { UserError } from '../domain/trouble.ts'
import { pageBefore } from '../journal/moments.ts'
import type { AdjustablePace } from '../ports/pace.ts'
import { againOf } from '../run/again.ts'
import type { ForkPoint } from '../run/run-options.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import type { Expected } from './offers/faults.ts'
import { forecastOf } from './offers/forecast.ts'
import type { PlayOptions } from './play-plain.ts'
import { beginPlaying, type Playing } from './playing.ts'
import { saveFilm, saveScenario } from './save-run.ts'
import type { BackMove, FollowingSession, Travels } from './travels.ts'

interface Parts {
  sealed: SealedRun
  options: PlayOptions & { name: string }
  session: FollowingSession
  first: Playing
  /** @param speed at first @param isWaiting time does not outrun the person */
  paceOf(speed: number, isWaiting: () => boolean): AdjustablePace
}

/**
 * Goes back in a run by playing its stimuli and choices again up to a moment, restarts included. The future that is left stays in its
 * folder, and the new one gets its own: both can be compared.
 */
export class TimeTravel implements Travels {
  readonly #parts: Parts
  #present: Playing
  #count = 1
  #isUnderWay = false
  #fail: (failed: { error: unknown }) => void = () => {}
  /** Resolves when a run that was not left fails. */
  readonly failed: Promise<{ error: unknown }>
  /** Journals of the futures that were left. */
  readonly left: string[] = []
  readonly collected: string[] = []
  readonly saved: string[] = []
  #isClosed = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#present = parts.first
    this.failed = new Promise((resolve) => (this.#fail = resolve))
    this.#watch(parts.first)
  }

  get present(): Playing {
    return this.#present
  }

  async back(move: BackMove, now: number): Promise<string | undefined> {
    const { options } = this.#parts
    if (this.#isUnderWay) return undefined
    if (options.target) return `this run talks to ${options.target.title}: its answers cannot be had again`
    const point = pointOf(move, this.#present.run.journal.entries, now)
    if (typeof point === 'string') return point
    this.#isUnderWay = true
    try {
      await this.#begin(point, move)
    } catch (error) {
      this.#fail({ error })
    } finally {
      this.#isUnderWay = false
    }
    return undefined
  }

  async #begin(point: ForkPoint, { to }: BackMove): Promise<void> {
    const { sealed, options, session } = this.#parts
    const old = this.#present
    // Before it stops: that is no part of what is played again.
    const again = againOf([...old.run.journal.entries])
    const speed = session.speed
    this.collected.push(...(await old.end()))
    this.left.push(old.path)
    let isByHand = false
    const pace = this.#parts.paceOf(Number.POSITIVE_INFINITY, () => isByHand && session.isHeldUp)
    this.#count++
    let reach = () => {}
    const reached = new Promise<void>((resolve) => (reach = resolve))
    const onReached = () => {
      isByHand = true
      // In the middle of work the run would be on its way again before anything is seen.
      pace.set(to === 'pageBefore' ? speed : 0)
      reach()
    }
    const playing = await beginPlaying(
      { ...sealed, vault: old.vault },
      {
        name: `${options.name}-${this.#count}`,
        pace,
        options,
        transport: 'direct',
        from: { again, point, isByHand: true, onReached },
      },
    )
    this.#present = playing
    this.#watch(playing)
    await Promise.race([reached, this.failed])
    session.follow(playing.run, pace)
  }

  #watch(playing: Playing): void {
    playing.played.catch((error: unknown) => {
      if (this.#present === playing) this.#fail({ error })
    })
  }

  async forecast(): Promise<readonly Expected[] | undefined> {
    const { sealed, options } = this.#parts
    return options.target ? undefined : forecastOf(sealed)
  }

  async save(what: 'scenario' | 'film'): Promise<string> {
    const { run, path, vault } = this.#present
    const entries: JournalEntry[] = [...run.journal.entries]
    const sealed = { ...this.#parts.sealed, vault }
    const name = basename(dirname(path))
    try {
      const file =
        what === 'film' ? saveFilm(entries, sealed.spec, dirname(path)) : await saveScenario(sealed, entries, name)
      this.saved.push(file)
      return `saved: ${file}`
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return [error.message, ...error.details].join(': ')
    }
  }

  /** Ends the run that is there now. Rejects when it has failed. */
  async end(): Promise<void> {
    this.#isClosed = true
    this.collected.push(...(await this.#present.end()))
  }

  /** Closes its folder, whatever became of it. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#present.end().catch(() => {})
  }
}

/** Where a move leads; or why nowhere. */
function pointOf(move: BackMove, entries: readonly JournalEntry[], now: number): ForkPoint | string {
  if (move.to === 'entry') return { seq: move.seq }
  if (move.to === 'earlier') {
    if (now < move.minutes * 60_000) return `the run began less than ${move.minutes} minutes ago`
    return { atMs: Math.floor(now - move.minutes * 60_000) }
  }
  const seq = pageBefore(entries)
  return seq === undefined ? 'no page before this one has waited for a person' : { seq }
}
