import type { InfrastructureError, UserError } from '../domain/trouble.ts'
import { inert } from '../report/line.ts'

/** `note`: on standard error, and once is enough. */
export type PrintedKind = 'out' | 'error' | 'note'
export type Printer = (kind: PrintedKind, text: string) => void

const toStreams: Printer = (kind, text) => void process[kind === 'out' ? 'stdout' : 'stderr'].write(text)

let printer = toStreams

/** All that is printed goes another way, until the undoing is called; that way may lead on to the one before. */
export function redirectPrinting(make: (before: Printer) => Printer): () => void {
  const before = printer
  printer = make(before)
  return () => {
    printer = before
  }
}

/** Text that is inert already, with its line breaks. */
export const printRaw: Printer = (kind, text) => printer(kind, text)

export const print = (line: string): void => printer('out', `${inert(line)}\n`)

/** On the side of errors: what a reporter prints must stay what a program can read. */
export const printNote = (line: string): void => printer('note', `note: ${inert(line)}\n`)

/** One message, what helps below it, and never a stack: the mistake is the user's or the world's. */
export function printError(error: UserError | InfrastructureError): void {
  const details = 'details' in error ? error.details : []
  printer(
    'error',
    `${inert([`error ${error.code}: ${error.message}`, ...details.map((line) => `  ${line}`)].join('\n'))}\n`,
  )
}
