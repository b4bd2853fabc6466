import { type EventFact, type Reader, timeIn } from '../facts.ts'
import { isKnownChannel } from './event-xml.ts'
import { isPlain, member, valueIn } from './json.ts'

type Plain = Readonly<Record<string, unknown>>

/** One event a line, or the list that `Get-WinEvent | ConvertTo-Json` prints. */
export const eventJsonReader: Reader = {
  format: 'event log (JSON)',
  recognises: (head) =>
    /^\s*[[{]/.test(head) && /"(LogName|ProviderName)"\s*:/i.test(head) && /"(Id|EventID)"\s*:/i.test(head),
  read({ text }, take) {
    const whole = valueIn(text)
    const list = whole === undefined ? linesIn(text) : [whole].flat()
    let [odd, other] = [0, 0]
    for (const one of list) {
      const event = isPlain(one) ? eventOf(one) : undefined
      if (!event) odd++
      else if (isKnownChannel(event.channel)) take(event)
      else other++
    }
    return [
      ...(odd > 0 ? [`${odd} of ${list.length} events cannot be read`] : []),
      ...(other > 0 ? [`${other} of ${list.length} events are of channels that a first boot does not need`] : []),
    ]
  },
}

export const linesIn = (text: string): unknown[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' || line.startsWith('#') ? [] : [valueIn(line)]))

function eventOf(one: Plain): EventFact | undefined {
  const [id, channel] = [Number(member(one, 'Id', 'EventID')), member(one, 'LogName')]
  if (!Number.isInteger(id) || channel === undefined) return undefined
  const at = timeIn(member(one, 'TimeCreated'))
  const message = member(one, 'Message')
  return {
    kind: 'event',
    channel,
    id,
    ...(at === undefined ? {} : { at }),
    values: [...valuesOf(one.Properties), ...(message === undefined ? [] : [message])],
  }
}

/** PowerShell has an object for each; ours are the values. */
const valuesOf = (properties: unknown): string[] =>
  Array.isArray(properties)
    ? properties.flatMap((one: unknown) => {
        const value = isPlain(one) ? one.Value : one
        return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
      })
    : []
