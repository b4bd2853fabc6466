import * as v from 'valibot'
import type { ProfileOptions } from '../../domain/expectations.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { exchangesOf } from '../../journal/wire.ts'
import { defineExpectation } from './define-expectation.ts'
import { bodyFields } from './message-fields.ts'
import { fieldsText, fits, missingFields } from './near.ts'
import { fields, text } from './times.ts'

const name = v.pipe(text, v.description('Its name; * is anything.'))
const none = v.literal(false, 'must be a name, false, or { name, from, settings }')
const full = v.strictObject({
  name,
  from: v.optional(v.pipe(v.picklist(['service', 'file']), v.description('Where it came from.'))),
  settings: v.optional(
    v.pipe(fields, v.description('Members of the answer of the service: { CloudAssignedDeviceName: "CLS-%SERIAL%" }.')),
  ),
})

interface Used {
  name: string
  from: 'service' | 'file'
}

/** The profile that was used last; undefined where none came. */
function usedProfile(journal: readonly JournalEntry[]): Used | undefined {
  let used: Used | undefined
  for (const entry of journal) {
    if (entry.kind === 'power' && entry.event === 'reset') used = undefined
    if (entry.kind !== 'log') continue
    const called = entry.data?.name ?? entry.data?.path ?? ''
    if (entry.event === 'profileDownloaded') used = { name: called, from: 'service' }
    if (entry.event === 'profileFileUsed') used = { name: called, from: 'file' }
  }
  return used
}

const answeredProfile = (journal: readonly JournalEntry[]) =>
  exchangesOf(journal).findLast(
    ({ operation, response }) => operation === 'Autopilot lookup' && response?.status === 200,
  )

/** The Autopilot profile of the device. */
export const profile = defineExpectation<'profile'>({
  matcher: 'toHaveProfile',
  keys: {
    profile: v.pipe(
      v.lazy((given) => {
        if (given === undefined) return v.union([name, none, full])
        return typeof given === 'object' ? full : typeof given === 'string' ? name : none
      }),
      v.description('The Autopilot profile that the device used: its name, or false for none.'),
    ) as never,
  },
  words: (called, options: ProfileOptions = {}) => ({
    profile: called === false || Object.keys(options).length === 0 ? called : { name: called, ...options },
  }),
  judge: ({ profile: said }, { journal }) => {
    if (said === undefined) return []
    const used = usedProfile(journal)
    const got = used ? `, got "${used.name}" from the ${used.from}` : ', got none'
    if (said === false) return [{ holds: used === undefined, said: 'no Autopilot profile', found: got }]
    const {
      name: wanted,
      from,
      settings,
    } = typeof said === 'string' ? { name: said } : (said as { name: string } & ProfileOptions)
    const isUsed = used !== undefined && fits(wanted, used.name) && (from === undefined || used.from === from)
    const answer = settings && answeredProfile(journal)
    const missing =
      settings && isUsed ? missingFields(settings, answer?.response ? bodyFields(answer.response) : []) : []
    const facts = [
      ...(from === undefined ? [] : [`from the ${from}`]),
      ...(settings === undefined ? [] : [`with ${fieldsText(settings)}`]),
    ]
    return [
      {
        holds: isUsed && missing.length === 0,
        said: `the Autopilot profile "${wanted}"${facts.map((fact) => ` ${fact}`).join('')}`,
        found: missing.length > 0 ? `; ${missing.join(', and ')}` : got,
      },
    ]
  },
})
