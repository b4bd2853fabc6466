import { UserError } from '../../domain/trouble.ts'
import { nearest } from '../../scenario/nearest.ts'

/**
 * Cases with one of these tags, and with none of those that have an exclamation mark before them. Code `ERR_NO_SCENARIO` for a tag
 * that no scenario has, and when no case is left.
 *
 * @param options as they are written: several with commas
 */
export function withTags<Case extends { scenario: { tags: readonly string[] } }>(
  cases: readonly Case[],
  options: readonly string[],
): Case[] {
  const asked = options.flatMap((option) => option.split(',')).map((text) => text.trim())
  const known = [...new Set(cases.flatMap(({ scenario }) => scenario.tags))].sort()
  for (const text of asked) refuseUnknown(text.replace(/^!/, ''), known)
  const wanted = asked.filter((text) => !text.startsWith('!'))
  const barred = asked.flatMap((text) => (text.startsWith('!') ? [text.slice(1)] : []))
  const found = cases.filter(
    ({ scenario: { tags } }) =>
      (wanted.length === 0 || wanted.some((one) => tags.includes(one))) && !barred.some((one) => tags.includes(one)),
  )
  if (found.length > 0) return found
  throw new UserError('ERR_NO_SCENARIO', `no scenario is left by --tag ${asked.join(',')}`)
}

function refuseUnknown(name: string, known: readonly string[]): void {
  if (known.includes(name)) return
  const near = nearest(name, known)
  const there = known.length > 0 ? `There are: ${known.join(', ')}` : 'A scenario has tags: [name, …]'
  throw new UserError('ERR_NO_SCENARIO', `no scenario has the tag "${name}"`, [
    near ? `Did you mean "${near}"?` : there,
  ])
}
