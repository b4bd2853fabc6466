import { CHANNEL, EVENTS, type EventKey, type FieldsOf } from './events.ts'
import type { JournalWriter } from './journal.ts'

/** Writes an event of the table, with the fields of its sentence. */
export type EventLog = <Key extends EventKey>(key: Key, ...fields: FieldsOf<Key>) => void

export const eventLog =
  (journal: JournalWriter): EventLog =>
  (key, ...[fields]: [Readonly<Record<string, string | number>>?]) => {
    const { channel, id, level, text } = EVENTS[key]
    // A field may hold anything, braces too: what it brings is not looked at again.
    const sentence = text.replace(/\{(\w+)\}/g, (_, name: string) => String(fields?.[name]))
    journal.write({ kind: 'log', channel: CHANNEL[channel], id, level, text: sentence })
  }
