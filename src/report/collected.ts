import type { Case, Finished, NotPlayed, Reporter, RunEnd } from './reporter.ts'

/** All of a run, for reports that are one document. */
export interface Collected {
  finished: Finished[]
  notPlayed: NotPlayed[]
  end: RunEnd
}

/** A reporter that makes its document at the end. */
export function collecting(make: (collected: Collected) => void): Reporter {
  const finished: Finished[] = []
  const notPlayed: Case[] = []
  return {
    onFinished: (one) => void finished.push(one),
    onNotPlayed: (one) => void notPlayed.push(one),
    onEnd: (end) => make({ finished, notPlayed, end }),
  }
}

/** A text that does not fit is cut: the whole of it is in the journal. */
export const cut = (text: string, lengthMax: number): string =>
  text.length > lengthMax ? `${text.slice(0, lengthMax)}… (cut)` : text
