import { CHANNEL, EVENTS, type EventKey, type FieldsOf } from './events.ts'
import type { JournalWriter, LogFact } from './journal.ts'

/** Writes an event of the table, with the fields of its sentence. */
export type EventLog = <Key extends EventKey>(key: Key, ...fields: FieldsOf<Key>) => void

export const eventLog =
  (journal: JournalWriter): EventLog =>
  (key, ...[fields]: [Readonly<Record<string, string | number>>?]) => {
    const { channel, id, level, text } = EVENTS[key]
    const data: Record<string, string> = {}
    // A field may hold anything, braces too: what it brings is not looked at again.
    const sentence = text.replace(/\{(\w+)\}/g, (_, name: string) => {
      data[name] = String(fields?.[name])
      return data[name]
    })
    const fact: LogFact = { kind: 'log', channel: CHANNEL[channel], id, level, text: sentence, event: key }
    journal.write(fields ? { ...fact, data } : fact)
  }
