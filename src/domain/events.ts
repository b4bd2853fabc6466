import { AUTOPILOT_EVENTS } from './windows-events/autopilot.ts'
import { IDENTITY_EVENTS } from './windows-events/identity.ts'
import { MANAGEMENT_EVENTS } from './windows-events/management.ts'
import { OTHER_EVENTS } from './windows-events/others.ts'
import { HELLO_EVENTS } from './windows-events/windows-hello.ts'

export { CHANNEL, type EventLevel } from './windows-events/row.ts'

/**
 * Every event that the device logs: code names an event by its key, and no number. `{name}` in a sentence is a field that its caller gives;
 * in the journal and in an export of the log the fields are the data of the event, in the order in which the sentence has them.
 *
 * A source is a section of oobe-autopilot-esp.md with its tag. It is the source of the id; the last letter is the one of the sentence.
 * Short sentences of Microsoft's page "Windows Autopilot troubleshooting" and of the message tables of Windows are quoted as they are.
 */
export const EVENTS = {
  ...AUTOPILOT_EVENTS,
  ...MANAGEMENT_EVENTS,
  ...IDENTITY_EVENTS,
  ...HELLO_EVENTS,
  ...OTHER_EVENTS,
} as const

export type EventKey = keyof typeof EVENTS

/** The keys of the events with an id, such as that of an answer of the lookup: an id without an event is `never`. */
export type EventWithId<Id extends string> = {
  [Key in EventKey]: `${(typeof EVENTS)[Key]['id']}` extends Id ? Key : never
}[EventKey]

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type NamesOf<Key extends EventKey> = NamesIn<(typeof EVENTS)[Key]['text']>

/** What a caller gives besides the key: the fields of the sentence, or nothing where it has none. */
export type FieldsOf<Key extends EventKey> = [NamesOf<Key>] extends [never]
  ? []
  : [fields: Readonly<Record<NamesOf<Key>, string | number>>]

/** What an entry of a journal has of an event. */
interface LoggedEvent {
  event?: EventKey | undefined
}

/** Whether an entry says that a profile came: from the service, or from a file on the disk. */
export const isProfileCame = ({ event }: LoggedEvent): boolean =>
  event === 'profileDownloaded' || event === 'profileFileUsed'

/** The profile on the disk is used: the service has none. */
export const isProfileFromFile = ({ event }: LoggedEvent): boolean => event === 'profileFileUsed'
