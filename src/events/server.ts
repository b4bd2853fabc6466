import * as v from 'valibot'
import { orderText, SESSIONS, type ServerOrder, type ServerWords } from '../domain/server-act.ts'
import { defineEvent } from './define-event.ts'
import { text } from './values.ts'

const phase = v.picklist(['device', 'user'])
const session = v.optional(v.picklist(SESSIONS))

const command = v.strictObject({
  command: v.picklist(['Add', 'Delete', 'Exec', 'Get', 'Replace']),
  uri: v.pipe(text, v.startsWith('./', 'must begin with ./, such as ./Device/Vendor/MSFT/Reboot/RebootNow')),
  format: v.optional(text),
  data: v.optional(v.string()),
  session,
})
const release = v.strictObject({ release: phase, session })

/** What the server sends, as a journal has it. */
export const serverOrder: v.GenericSchema<ServerOrder> = v.union([command, release])

/** The management server sends a command, holds and releases the phases of the page, and is silent. */
export const server = defineEvent<ServerWords>({
  schema: v.union([command, release, v.strictObject({ hold: phase }), v.strictObject({ silent: v.literal(true) })]),
  to: 'device',
  words: (words) => {
    if ('hold' in words) return `the management server: does not release the ${words.hold} phase`
    if ('silent' in words) return 'the management server: silent'
    return `the management server: ${orderText(words)}`
  },
  apply: (words) => {
    if ('hold' in words) return { kind: 'serverHold', phase: words.hold, isHeld: true }
    return 'silent' in words ? { kind: 'serverSilence', isSilent: true } : { kind: 'serverCommand', order: words }
  },
  lasts: (words) => 'hold' in words || 'silent' in words,
  undo: (words) =>
    'hold' in words
      ? { kind: 'serverHold', phase: words.hold, isHeld: false }
      : { kind: 'serverSilence', isSilent: false },
})
