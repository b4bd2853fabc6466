import type { JournalEntry } from '../domain/journal.ts'
import type { Run } from '../run/run.ts'
import type { RunFolder } from './output-folder.ts'

const CONTROL = 'collectLogs'

const isCollecting = (entry: JournalEntry): boolean =>
  entry.kind === 'stimulus' && entry.stimulus.kind === 'press' && entry.stimulus.control === CONTROL

export interface CollectedLogs {
  /** Resolves with the paths of the archives when all are written: before the folder is closed. */
  written(): Promise<string[]>
}

/**
 * Collect logs leaves a file in the run's folder, each time that it is pressed: `MDMDiagReport.zip`, `MDMDiagReport-2.zip`. Trouble
 * is the folder's.
 */
export function keepCollectedLogs(
  { journal }: Pick<Run, 'journal'>,
  folder: Pick<RunFolder, 'keepFile'>,
): CollectedLogs {
  const archives: Promise<string>[] = []
  journal.onEntry((entry) => {
    if (!isCollecting(entry)) return
    const name = archives.length === 0 ? 'MDMDiagReport.zip' : `MDMDiagReport-${archives.length + 1}.zip`
    // The journal of this moment, whatever is written while the code is loaded.
    const entries = [...journal.entries]
    const loading = import('../report/evidence/evidence.ts')
    archives.push(loading.then(({ logArchive }) => folder.keepFile(name, logArchive(entries))))
  })
  return { written: () => Promise.all(archives) }
}
