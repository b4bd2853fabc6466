import * as v from 'valibot'
import { orderText, SESSIONS, type ServerOrder, type ServerWords } from '../domain/server-act.ts'
import { defineEvent } from './define-event.ts'
import { exactlyOne } from './json-schema.ts'
import { text } from './values.ts'

const phase = v.optional(v.picklist(['device', 'user']))

/** One object, and not a choice of several: so that a mistake has one message, at its place. */
const words = v.strictObject({
  command: v.optional(v.picklist(['Add', 'Delete', 'Exec', 'Get', 'Replace'])),
  uri: v.optional(
    v.pipe(text, v.startsWith('./', 'must begin with ./, such as ./Device/Vendor/MSFT/Reboot/RebootNow')),
  ),
  format: v.optional(text),
  data: v.optional(v.string()),
  release: v.pipe(phase, v.description('Releases a phase of the Enrollment Status Page.')),
  hold: v.pipe(phase, v.description('Does not release the phase, until release or the end of for.')),
  silent: v.optional(v.pipe(v.literal(true), v.description('Gives no answer, until the end of for.'))),
  session: v.optional(
    v.pipe(v.picklist(SESSIONS), v.description('The next session (left out), the one under way, or now, by a push.')),
  ),
})

type Words = v.InferOutput<typeof words>

const ACTIONS = ['command', 'release', 'hold', 'silent'] as const

const actionsIn = (given: Words) => ACTIONS.filter((name) => given[name] !== undefined)

const written = v.pipe(
  words,
  v.check((given) => actionsIn(given).length === 1, `needs one action: ${ACTIONS.join(', ')}`),
  v.metadata({
    ...exactlyOne(ACTIONS),
    dependencies: { command: ['uri'], uri: ['command'], format: ['command'], data: ['command'] },
  }),
  v.check(({ command, uri }) => (command === undefined) === (uri === undefined), 'command and uri go together'),
  v.check(
    ({ command, format, data }) => command !== undefined || (format ?? data) === undefined,
    'format and data go with command',
  ),
  v.check(
    ({ command, release, session }) => (command ?? release) !== undefined || session === undefined,
    'session goes with command and release',
  ),
  v.transform((given) => given as ServerWords),
)

/** What the server sends, as a journal has it. */
export const serverOrder = v.pipe(
  words,
  v.check(({ command, uri, release }) => (command === undefined ? release !== undefined : uri !== undefined)),
  v.transform((given) => given as ServerOrder),
) as v.GenericSchema<unknown, ServerOrder>

/** The management server sends a command, holds and releases the phases of the page, and is silent. */
export const server = defineEvent<ServerWords>({
  schema: written as unknown as v.GenericSchema<ServerWords>,
  to: 'device',
  words: (given) => {
    if ('hold' in given) return `the management server: does not release the ${given.hold} phase`
    if ('silent' in given) return 'the management server: silent'
    return `the management server: ${orderText(given)}`
  },
  apply: (given) => {
    if ('hold' in given) return { kind: 'serverHold', phase: given.hold, isHeld: true }
    return 'silent' in given ? { kind: 'serverSilence', isSilent: true } : { kind: 'serverCommand', order: given }
  },
  lasts: (given) => 'hold' in given || 'silent' in given,
  undo: (given) =>
    'hold' in given
      ? { kind: 'serverHold', phase: given.hold, isHeld: false }
      : { kind: 'serverSilence', isSilent: false },
})
