import { dirname } from 'node:path'
import { openRunFolder } from '../cli/output-folder.ts'
import { InfrastructureError } from '../domain/trouble.ts'
import { specIn } from '../journal/story.ts'
import { journalText } from '../journal/writer.ts'
import { resultsFolder } from '../scenario/project.ts'
import { sealedOf } from './run.ts'
import type { Run } from './types.ts'

const written = new WeakMap<object, string>()

/** Writes the journal of a run whose expectation was missed, once, and says where it is and what to do with it. */
export function keptJournal(run: Run, test: string | undefined): string[] {
  const sealed = sealedOf(run)
  if (!sealed) return ['journal: not written: this is a copy of a run. Give the matcher the run itself']
  try {
    const path = written.get(run) ?? write(run, sealed.vault, test)
    written.set(run, path)
    const folder = dirname(path)
    return [`journal: ${path}`, `why:     oobe diagnose ${folder}`, `again:   oobe replay ${folder}`]
  } catch (error) {
    // The expectation is what the test is about.
    if (error instanceof InfrastructureError) return [`journal: not written: ${error.message}`]
    throw error
  }
}

function write(run: Run, vault: Parameters<typeof openRunFolder>[2], test: string | undefined): string {
  const scenario = specIn(run.journal)?.scenario ?? 'run'
  const name = test === undefined ? scenario : `${test} ${scenario}`
  const folder = openRunFolder(resultsFolder(), `${name} seed ${run.seed}`, vault)
  for (const line of journalText(run.journal).split(/(?<=\n)/)) folder.write(line)
  folder.close()
  return folder.path
}
