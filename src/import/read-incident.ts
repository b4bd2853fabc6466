import { decodeText } from './decode-text.ts'
import type { Fact } from './facts.ts'
import { type Incident, IncidentFacts } from './incident.ts'
import { readerOf, whyNotRead } from './readers/readers.ts'
import { type Budget, newBudget, unpacked } from './unpack.ts'

/** What became of one file. */
export interface FileReport {
  name: string
  /** What it was recognised as; left out for what is not read. */
  format?: string
  /** Facts that were found in it. */
  facts: number
  /** What of it was not read, or why nothing was. */
  remarks: string[]
}

export interface ReadIncident {
  incident: Incident
  files: FileReport[]
}

/** Of a file: enough to recognise it. */
const HEAD = 4096

/** Reads files one after the other, archives unpacked; what cannot be read is named in the report. */
export function readIncident(inputs: Iterable<{ name: string; bytes: Uint8Array }>): ReadIncident {
  const facts = new IncidentFacts()
  const files: FileReport[] = []
  const budget: Budget = newBudget()
  for (const { name, bytes } of inputs) {
    for (const file of unpacked(name, bytes, budget)) {
      files.push('trouble' in file ? { name: file.name, facts: 0, remarks: [file.trouble] } : readFile(file, facts))
    }
  }
  return { incident: facts.whole(), files }
}

function readFile({ name, bytes }: { name: string; bytes: Uint8Array }, facts: IncidentFacts): FileReport {
  const nothing = (why: string): FileReport => ({ name, facts: 0, remarks: [why] })
  if (bytes.length === 0) return nothing('it is empty')
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD)).toString('latin1')
  const known = whyNotRead(start, name)
  if (known !== undefined) return nothing(known)
  const text = decodeText(bytes)
  if (text === undefined) return nothing('it is no text')
  const head = text.slice(0, HEAD)
  const why = whyNotRead(head, name)
  if (why !== undefined) return nothing(why)
  const reader = readerOf(head, name)
  if (!reader) return nothing('its format is not known')
  let count = 0
  const take = (fact: Fact) => {
    count++
    facts.take(fact)
  }
  return { name, format: reader.format, remarks: reader.read({ name, text }, take), facts: count }
}
