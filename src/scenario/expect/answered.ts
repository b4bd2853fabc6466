import * as v from 'valibot'
import { defineExpectation } from './define-expectation.ts'
import { endOf, insteadOf } from './near.ts'
import { text, whole } from './times.ts'

/** Commands of the server, and how the management tree answers them. */
export const answered = defineExpectation<'answered'>({
  matcher: 'toHaveAnswered',
  keys: {
    csp: v.pipe(
      v.array(
        v.strictObject({
          command: v.picklist(['Add', 'Delete', 'Exec', 'Get', 'Replace']),
          uri: v.pipe(text, v.description('The end of the LocURI.')),
          status: v.pipe(whole(200, 599), v.description('Status of OMA-DM, such as 200 or 405.')),
        }),
      ),
      v.description('Commands of the management server with the status that the device answers.'),
    ),
  },
  words: (command, uri, status) => ({ csp: [{ command, uri, status }] }),
  judge: ({ csp: all = [] }, { journal }) => {
    const commands = journal.flatMap((entry) => (entry.kind === 'csp' ? [entry] : []))
    return all.map(({ command, uri, status }) => {
      const own = commands.filter((entry) => entry.command === command && entry.uri.endsWith(uri))
      const statuses = [...new Set(own.map((entry) => entry.status))]
      return {
        holds: statuses.includes(status),
        said: `that a server's ${command} of ${uri} is answered with ${status}`,
        found:
          own.length > 0
            ? `, got ${statuses.join(', ')}`
            : insteadOf(
                `${command} ${uri}`,
                commands.map((entry) => `${entry.command} ${entry.uri}`),
                'there was no command',
                endOf(`${command} ${uri}`, '/'),
              ),
      }
    })
  },
})
