import type { HttpRequest } from '../../src/domain/http.ts'
import type { RunSpec } from '../../src/run/run-spec.ts'
import { judged } from '../../src/scenario/run-scenario.ts'
import { type Foreign, HAPPY_PATH, type Played, type Playing, play, type Seen, startServer } from './foreign-server.ts'

export type PlainRun = Played & { log: Seen[] }

/** Starts the server that is like those in use. */
export const startPlain = (...habits: string[]): Promise<Foreign> => startServer('plain.py', habits)

export async function againstPlain(habits: string[], playing: Playing = {}): Promise<PlainRun> {
  const plain = await startPlain(...habits)
  const same = (request: HttpRequest) => request
  try {
    const played = await play(playing.scenario ?? HAPPY_PATH, plain.target, same, playing)
    return { ...played, log: plain.log() }
  } finally {
    await plain.stop()
  }
}

/** Failures and causes of a run that expects nothing but an end. */
export function verdictOf({ run, result }: Played) {
  const prepared = { run, release: () => {}, service: { title: 'Allotment', requests: () => 9 } }
  judged(prepared, { expect: null, events: [] as unknown, places: {} } as RunSpec, result)
  const entry = run.journal.entries.at(-1)
  if (entry?.kind !== 'verdict') throw new Error('the journal does not end with a verdict')
  return entry
}
