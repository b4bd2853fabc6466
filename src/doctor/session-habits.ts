import { DecodeError } from '../domain/trouble.ts'
import { SYNCML_CONTENT_TYPE } from '../protocols/syncml/constants.ts'
import { decodeSyncML } from '../protocols/syncml/decode.ts'
import type { StatusCommand, SyncMLMessage } from '../protocols/syncml/message.ts'
import { type Finding, warning } from './finding.ts'
import { contentTypeOf, undeclaredIn } from './habits.ts'
import type { Heard } from './service-of.ts'

/** `3 messages, 7 commands answered: 200 (5), 404 (2)`: the statuses of the device, of what it was ordered. */
export function tallyOf(heard: readonly Heard[]): string {
  const statuses = heard
    .flatMap(({ request }) => read(request.body)?.commands ?? [])
    .filter((command): command is StatusCommand => command.kind === 'Status' && command.cmdRef !== '0')
  const counts = new Map<string, number>()
  for (const { data } of statuses) counts.set(data, (counts.get(data) ?? 0) + 1)
  const shown = [...counts].sort(([a], [b]) => Number(a) - Number(b)).map(([status, count]) => `${status} (${count})`)
  const answered = statuses.length === 0 ? 'no command of the server' : `statuses ${shown.join(', ')}`
  const commands = new Set(statuses.map(({ msgRef, cmdRef }) => `${msgRef} ${cmdRef}`)).size
  return `${numbered(heard.length, 'message')}, ${commands === 0 ? answered : `${numbered(commands, 'command')}, ${answered}`}`
}

const numbered = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** What production Windows may trip over in the answers of a session, and this device does not. */
export function sessionHabits(heard: readonly Heard[]): Finding[] {
  const good = heard.filter(({ response }) => response.status === 200)
  const messages = good.map(({ response }) => read(response.body)).filter((message) => message !== undefined)
  const open = messages.filter(({ final }) => !final).length
  const prefixes = new Set(good.flatMap(({ response }) => undeclaredIn(response.body)))
  const types = good.flatMap(({ response }) =>
    contentTypeOf('session', response.headers, ALLOWED_TYPES, 'mdm-protocols.md, 2.2 [S]; that Windows insists: [U]'),
  )
  return [
    ...types.filter(({ what }, index) => types.findIndex((other) => other.what === what) === index),
    ...(open === 0
      ? []
      : [
          warning(
            `session: ${open} of ${numbered(messages.length, 'answer')} without Final`,
            'End a package with Final, else more is to follow (mdm-protocols.md, 2.1 [S]); Windows takes it all the same [O]',
          ),
        ]),
    ...[...prefixes].map((prefix) =>
      warning(
        `session: a prefix that is declared nowhere, ${prefix}`,
        'Declare it: servers without it manage Windows, which proves nothing of the next version (mdm-protocols.md, 1.6 [U])',
      ),
    ),
  ]
}

const ALLOWED_TYPES = [SYNCML_CONTENT_TYPE, 'application/vnd.syncml.dm+wbxml']

/** Undefined for what ended the session: the session's end reports that. */
function read(body: Uint8Array): SyncMLMessage | undefined {
  try {
    return decodeSyncML(body, { tolerateUndeclaredPrefix: true })
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}
