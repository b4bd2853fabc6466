import { CHANNEL } from '../../domain/events.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { attribute, child, path, textOf, type XmlElement } from '../../protocols/xml/element.ts'
import { parseXml } from '../../protocols/xml/read.ts'
import { type EventFact, type Reader, timeIn } from '../facts.ts'

const CHANNELS = new Set<string>(Object.values(CHANNEL))

/** Channels of Windows that a first boot writes to. */
export const isKnownChannel = (channel: string): boolean => CHANNELS.has(channel)

/** No event of these channels is longer. */
const EVENT_LENGTH_MAX = 256 * 1024

/** `wevtutil query-events /format:xml`, and what the Event Viewer saves as XML. */
export const eventXmlReader: Reader = {
  format: 'event log (XML)',
  recognises: (head) =>
    /^\s*(<\?xml[^>]*>\s*)?(<Events[\s>]|<Event\s[^>]*schemas\.microsoft\.com\/win\/2004\/08\/events)/.test(head),
  read({ text }, take) {
    const counts = { damaged: 0, other: 0, all: 0 }
    for (const piece of eventsIn(text)) {
      counts.all++
      const channel = /<Channel>([^<]*)<\/Channel>/.exec(piece)?.[1] ?? ''
      if (!isKnownChannel(channel)) {
        counts.other++
        continue
      }
      const event = piece.length > EVENT_LENGTH_MAX ? undefined : eventOf(piece, channel)
      if (event) take(event)
      else counts.damaged++
    }
    return [
      ...(counts.damaged > 0 ? [`${counts.damaged} of ${counts.all} events cannot be read`] : []),
      ...(counts.other > 0
        ? [`${counts.other} of ${counts.all} events are of channels that a first boot does not need`]
        : []),
      ...(text.includes('<Event') && !text.trimEnd().endsWith('>') ? ['it ends in the middle of an event'] : []),
    ]
  },
}

/** Event by event: a large log is never one tree. */
function* eventsIn(text: string): Generator<string> {
  const opening = /<Event[\s>]/g
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const end = text.indexOf('</Event>', found.index)
    if (end < 0) return
    yield text.slice(found.index, end + '</Event>'.length)
    opening.lastIndex = end
  }
}

function eventOf(piece: string, channel: string): EventFact | undefined {
  let root: XmlElement
  try {
    root = parseXml(piece)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
  const id = Number(textOf(root, 'System', 'EventID'))
  if (!Number.isInteger(id)) return undefined
  const at = timeIn(attribute(path(root, 'System', 'TimeCreated'), 'SystemTime'))
  const message = textOf(root, 'RenderingInfo', 'Message')
  return {
    kind: 'event',
    channel,
    id,
    ...(at === undefined ? {} : { at }),
    values: [
      ...leavesOf(child(root, 'EventData')),
      ...leavesOf(child(root, 'UserData')),
      ...(message ? [message] : []),
    ],
  }
}

const leavesOf = (element: XmlElement | undefined): string[] =>
  element?.children.flatMap((one) => (one.children.length > 0 ? leavesOf(one) : [one.text])) ?? []
