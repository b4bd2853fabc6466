import { UserError } from '../domain/trouble.ts'
import { loadScenarioFile } from './library.ts'

/** One answer of an order, with the words of its choice. */
export interface PinnedAnswer {
  choice: number
  answer: number
  of: readonly string[]
}

/**
 * The text of a scenario that is played in one order: all else stays as it is written.
 *
 * @throws UserError `ERR_BAD_ARGUMENTS` for a scenario that pins an order already; as `loadScenarioFile`
 */
export function pinnedOrder(scenario: string, answers: readonly PinnedAnswer[]): string {
  const { text, file, scenario: written } = loadScenarioFile(scenario)
  if (Object.keys(written.choices).length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `${file} pins an order already`, ['Explore it without its choices'])
  }
  const lines = answers.map(
    ({ choice, answer, of }) => `  "${choice}": ${answer} # ${of[answer]} first, of: ${of.join('; ')}`,
  )
  return `${text.trimEnd()}\n# The order in which it broke.\nchoices:\n${lines.join('\n')}\n`
}
