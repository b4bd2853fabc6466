import { UserError } from '../../domain/trouble.ts'
import { EDITION_NAMES } from '../../domain/windows-versions.ts'
import { type Choices, ETHERNET_CHOICES, TPM_CHOICES } from './new-device.ts'

/** Puts a question to a person; undefined when there is no more answer. */
export type Ask = (question: string) => Promise<string | undefined>

/** One of a few words. Code `ERR_BAD_ARGUMENTS`. */
export function oneOf<Word extends string>(what: string, given: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate.toLowerCase() === given.toLowerCase())
  if (word !== undefined) return word
  throw new UserError('ERR_BAD_ARGUMENTS', `there is no ${what} "${given}"`, [`one of: ${words.join(', ')}`])
}

/** Asks until `read` takes the answer, without the blanks around it. Undefined when the person leaves. */
export async function askUntilGood<Value>(
  ask: Ask,
  complain: (line: string) => void,
  question: string,
  read: (answer: string) => Value,
): Promise<Value | undefined> {
  for (;;) {
    const answer = await ask(question)
    if (answer === undefined) return undefined
    try {
      return read(answer.trim())
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      for (const line of [error.message, ...error.details]) complain(`  ${line}`)
    }
  }
}

const QUESTIONS: readonly [string, (answer: string) => Choices][] = [
  ['Title', (title) => ({ title })],
  ['Serial number (empty: a synthetic one)', (serialNumber) => ({ serialNumber })],
  [`Edition: ${EDITION_NAMES.join(', ')}`, (answer) => ({ edition: oneOf('edition', answer, EDITION_NAMES) })],
  [`TPM: ${TPM_CHOICES.join(', ')}`, (answer) => ({ tpm: oneOf('TPM', answer, TPM_CHOICES) })],
  [`Ethernet: ${ETHERNET_CHOICES.join(', ')}`, (answer) => ({ ethernet: oneOf('Ethernet', answer, ETHERNET_CHOICES) })],
]

/**
 * What a person changes in the device that they copy; an empty answer leaves it. What `check` throws is asked
 * again. Undefined: they left.
 */
export async function askChoices(
  ask: Ask,
  complain: (line: string) => void,
  check: (choices: Choices) => void,
): Promise<Choices | undefined> {
  let choices: Choices = {}
  for (const [question, read] of QUESTIONS) {
    const before = choices
    const more = await askUntilGood(ask, complain, `${question}: `, (answer) => {
      const changed = answer === '' ? before : { ...before, ...read(answer) }
      check(changed)
      return changed
    })
    if (more === undefined) return undefined
    choices = more
  }
  return choices
}
