import * as v from 'valibot'
import type { ServerCommand } from '../domain/tenant-action.ts'
import { defineEvent } from './define-event.ts'
import { text } from './values.ts'

/** A command of the management server, in the next session of the device. */
export const server = defineEvent<ServerCommand>({
  schema: v.strictObject({
    command: v.picklist(['Add', 'Delete', 'Exec', 'Get', 'Replace']),
    uri: v.pipe(text, v.startsWith('./', 'must begin with ./, such as ./Device/Vendor/MSFT/Reboot/RebootNow')),
    format: v.optional(text),
    data: v.optional(v.string()),
  }),
  to: 'device',
  words: ({ command, uri }) => `the management server: ${command} ${uri}`,
  apply: (order) => ({ kind: 'serverCommand', order }),
  undo: null,
})
