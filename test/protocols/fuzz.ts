import { DecodeError } from '../../src/domain/trouble.ts'

/** Pieces that break parsers when they are where a parser does not expect them. */
const PIECES = ['<', '>', '"', '&', '&amp;', '&constructor;', '</', '/>', '<!DOCTYPE a>', '<![CDATA[', ']]>', '<!--']
const MORE_PIECES = [
  '\0',
  '\ud800',
  '\uffff',
  '\uf000',
  '\r\n',
  'xmlns=""',
  '__proto__',
  '=',
  '-1',
  '99999999999999999',
  '%',
]

/** A generator that gives the same numbers everywhere (Numerical Recipes' constants). */
export function lcg(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function mutate(text: string, below: (limit: number) => number): string {
  const at = below(text.length)
  const length = 1 + below(12)
  const pieces = [...PIECES, ...MORE_PIECES]
  switch (below(5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length)
    case 1:
      return text.slice(0, at) + pieces[below(pieces.length)] + text.slice(at)
    case 2:
      return text.slice(0, at) + text.slice(at, at + length * 10) + text.slice(at)
    case 3:
      return text.slice(0, at)
    default:
      return text.slice(0, at) + String.fromCharCode(below(0x10000)) + text.slice(at + 1)
  }
}

/** Runs a decoder over mutations of a valid message. */
export function fuzz(valid: string, decode: (text: string) => unknown, rounds = 300) {
  const below = lcg(valid.length)
  const outcomes = { values: 0, refused: 0, other: [] as unknown[] }
  decode(valid)
  for (let round = 0; round < rounds; round++) {
    let text = valid
    for (let count = 1 + below(3); count > 0; count--) text = mutate(text, below)
    try {
      decode(text)
      outcomes.values++
    } catch (error) {
      if (error instanceof DecodeError && error.code.startsWith('ERR_')) outcomes.refused++
      else outcomes.other.push({ text, error })
    }
  }
  return outcomes
}

/** The code of the DecodeError that a call throws; any other error is passed on, and nothing is a failure too. */
export function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof DecodeError) return error.code
    throw error
  }
  return 'nothing was refused'
}
