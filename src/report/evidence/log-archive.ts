import { type ArchiveFile, encodeZip } from '../../protocols/zip/encode.ts'
import type { DiskFacts } from './facts.ts'

/** The cabinet has no timeline, no logs of msiexec, no events as JSON, no dsregcmd and no totals of downloads. */
const NOT_IN_IT = /\.jsonl$|^setupact\.log$|^dsregcmd\.txt$|^DeliveryOptimization\.txt$|-\d+\.log$/

/**
 * A ZIP with the flat layout of the cabinet that `mdmdiagnosticstool.exe -area Autopilot -cab` writes. Secrets were masked when the
 * journal was written.
 */
export function archiveOf(facts: DiskFacts, files: readonly ArchiveFile[]): Uint8Array {
  const kept = files.filter(({ name }) => !NOT_IN_IT.test(name)).map(({ name, bytes }) => ({ name, bytes }))
  const footPrint = new TextEncoder().encode(footPrintOf(kept, facts))
  return encodeZip([...kept, { name: 'MdmLogCollectorFootPrint.txt', bytes: footPrint }])
}

/** What is in the archive, and what Windows would have put there besides. */
function footPrintOf(files: readonly ArchiveFile[], { timeOf, endedAt }: DiskFacts): string {
  return [
    `Collected by oobe-sim, device time ${timeOf(endedAt)}. Read off the journal of a simulated run.`,
    '',
    ...files.map(({ name, bytes }) => `${name}\t${bytes.length} bytes`),
    '',
    'Windows writes the event logs as .evtx; these are the same events as XML.',
    'Not here: LicensingDiag.cab, ETL traces, TpmHliInfo_Output.txt.',
    '',
  ].join('\r\n')
}
