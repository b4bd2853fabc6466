import type { JournalEntry } from '../domain/journal.ts'
import { againOf } from '../run/again.ts'
import { prepareSealed } from '../scenario/run-scenario.ts'
import { refuseOther, told } from './judge-matcher.ts'
import { sealedOf } from './run.ts'
import type { Verdict } from './types.ts'

/** What is written after the run is judged is no part of it. */
const linesOf = (journal: readonly JournalEntry[]): string[] =>
  journal.filter(({ kind }) => kind !== 'verdict').map((entry) => JSON.stringify(entry))

const CUT = 300

/** Plays a run once more, from its journal and its secrets: the journal has to be the same, byte by byte. */
export async function judgeReplay(run: unknown, test: string | undefined): Promise<Verdict> {
  refuseOther('toBeReplayable', run)
  const sealed = sealedOf(run)
  if (!sealed) throw new TypeError('toBeReplayable got a copy of a run: give it the run itself')
  const { run: again, release } = await prepareSealed(sealed, { transport: 'direct', again: againOf(run.journal) })
  const before = linesOf(run.journal)
  let now: string[]
  try {
    now = linesOf((await again.play()).journal)
  } finally {
    release()
  }
  const at = Array.from({ length: Math.max(before.length, now.length) }).findIndex(
    (_, index) => before[index] !== now[index],
  )
  if (at < 0) {
    return {
      pass: true,
      message: () => told('expected a replay to differ; it has the same journal, byte by byte', run, test),
    }
  }
  const shown = (lines: readonly string[]) => lines[at]?.slice(0, CUT) ?? 'nothing: the journal has ended'
  const text = `expected the same journal, byte by byte; entry #${at} differs\n  recorded: ${shown(before)}\n  replayed: ${shown(now)}`
  return { pass: false, message: () => told(text, run, test) }
}
