import type { JournalEntry } from '../../src/domain/journal.ts'
import { journalText } from '../../src/journal/writer.ts'
import { againOf } from '../../src/run/again.ts'
import type { Fork } from '../../src/run/run-options.ts'
import type { Vault } from '../../src/run/seal.ts'
import { type PlayOptions, playSealed } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { type SealedRun, specOf } from '../../src/scenario/spec-of.ts'

/** A run as its folder holds it: the text of its journal, and its vault. */
export interface Recorded {
  text: string
  vault: Vault
}

export const sealedScenario = (name: string, seed = 1): SealedRun => specOf(loadScenarios(name)[0]!, seed)

export async function recordOf(sealed: SealedRun, options: PlayOptions = {}): Promise<Recorded> {
  const { journal } = await playSealed(sealed, { transport: 'direct', ...options })
  return { text: journalText(journal), vault: sealed.vault }
}

export const entriesOf = (text: string): JournalEntry[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEntry)

/** Plays a record again, from nothing but its text and its vault. */
export async function replayOf(
  { text, vault }: Recorded,
  fork?: Fork,
  changed?: ReadonlyMap<number, number>,
): Promise<string> {
  const entries = entriesOf(text)
  const { spec } = entries[0] as Extract<JournalEntry, { kind: 'run' }>
  const sealed = { spec, vault } as SealedRun
  const { journal } = await playSealed(sealed, { transport: 'direct', again: againOf(entries, fork, changed) })
  return journalText(journal)
}
