import { DecodeError } from '../../domain/trouble.ts'
import { decodeSyncML } from '../../protocols/syncml/decode.ts'
import type { Command, Item } from '../../protocols/syncml/message.ts'
import type { Reader, Take } from '../facts.ts'

/** One message after the other, as a viewer of SyncML saves them; what is between them does not count. */
export const syncmlReader: Reader = {
  format: 'SyncML capture (XML)',
  recognises: (head) => /<SyncML[\s>]/.test(head),
  read: ({ text }, take) => {
    const { messages, damaged } = takeSyncML(text, take)
    return damaged > 0 ? [`${damaged} of ${messages} SyncML messages cannot be read`] : []
  },
}

/** All SyncML messages of a text. */
export function takeSyncML(text: string, take: Take): { messages: number; damaged: number } {
  const found = { messages: 0, damaged: 0 }
  const opening = /<SyncML[\s>]/g
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    found.messages++
    const end = text.indexOf('</SyncML>', match.index)
    if (end < 0) {
      found.damaged++
      return found
    }
    opening.lastIndex = end
    try {
      const { commands } = decodeSyncML(text.slice(match.index, end + '</SyncML>'.length))
      for (const command of commands) takeCommand(command, take)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      found.damaged++
    }
  }
  return found
}

function takeCommand(command: Command, take: Take): void {
  switch (command.kind) {
    case 'Atomic':
    case 'Sequence':
      for (const one of command.commands) takeCommand(one, take)
      return
    case 'Add':
    case 'Replace':
    case 'Exec':
      for (const item of command.items) takeNode(item.target ?? item.source, item, take)
      return
    case 'Results':
    case 'Alert':
      // What the device answers, and what it reports: an app that is installed names its node as the source.
      for (const item of command.items) takeNode(item.source ?? item.target, item, take)
      return
    default:
      return
  }
}

const DEVICE_INFO: Readonly<Record<string, 'manufacturer' | 'model'>> = {
  './DevInfo/Man': 'manufacturer',
  './DevInfo/Mod': 'model',
}

function takeNode(uri: string | undefined, { data }: Item, take: Take): void {
  if (uri === undefined || data === undefined) return
  const fact = DEVICE_INFO[uri]
  if (fact !== undefined) take({ kind: 'device', [fact]: data })
  else if (uri === './DevInfo/DevId') take({ kind: 'identity', of: 'device', text: data })
  else if (uri === './DevDetail/SwV') take({ kind: 'device', build: data })
  else if (/^\.\/(Device|User|Vendor)\//.test(uri)) {
    take({ kind: 'node', uri: uri.startsWith('./Vendor') ? uri.replace('./', './Device/') : uri, value: data })
    take({ kind: 'managed' })
  }
}
