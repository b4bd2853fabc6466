/** The candidate that a word was probably meant to be; undefined when none is near. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined =>
  nearestOnes(word, candidates, 1)[0]

/** The candidates that are near a word, the nearest first. */
export function nearestOnes(word: string, candidates: readonly string[], most: number): string[] {
  const limit = Math.max(1, Math.floor(word.length / 3) + 1)
  return byDistance(word, candidates)
    .filter(({ edits }) => edits <= limit)
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

/** All candidates, the nearest first; those that are as near keep their order. */
export const nearestFirst = (word: string, candidates: readonly string[]): string[] =>
  byDistance(word, candidates).map(({ candidate }) => candidate)

const byDistance = (word: string, candidates: readonly string[]): { candidate: string; edits: number }[] =>
  candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits)

/** Edits between two words, a swap of neighbours counted as one (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)])
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = best
    }
  }
  return rows[a.length]![b.length]!
}
