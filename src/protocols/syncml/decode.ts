import { DecodeError } from '../../domain/trouble.ts'
import { child, filledTextOf, path, type XmlElement } from '../xml/element.ts'
import { type ParseXmlOptions, parseXml } from '../xml/read.ts'
import { compact, decodeInteger, required } from '../xml/schema-values.ts'
import { SYNCML_12 } from './constants.ts'
import { decodeCommand } from './decode-command.ts'
import { decodeMeta } from './decode-item.ts'
import type { Command, Credential, SyncHeader, SyncMLMessage } from './message.ts'

const MALFORMED = 'ERR_SYNCML_MALFORMED'

/**
 * Reads a message of either side: with or without an XML declaration and indentation, children of commands in any
 * order, missing references read as 1 ([MS-MDM] 2.2.7). A command that can only be answered with 400 is kept as
 * Unknown; a message that cannot be answered at all is an error.
 *
 * @throws DecodeError `ERR_XML_…` from the parser; `ERR_SYNCML_MALFORMED` not a SyncML 1.2 message, or header parts
 *   missing; `ERR_SYNCML_CMDID_DUPLICATE` two commands, or one command twice, with a CmdID.
 */
export const decodeSyncML = (input: string | Uint8Array, options: ParseXmlOptions = {}): SyncMLMessage =>
  messageOf(parseXml(input, options))

/** As {@link decodeSyncML}, of a document that was read in another encoding. */
export function messageOf(root: XmlElement): SyncMLMessage {
  if (root.local !== 'SyncML' || root.uri.toUpperCase() !== SYNCML_12) {
    throw new DecodeError(MALFORMED, 'the root element is not a SyncML of version 1.2')
  }
  const bodies = root.children.filter((one) => one.local === 'SyncBody')
  if (bodies.length !== 1) throw new DecodeError(MALFORMED, `a message with ${bodies.length} SyncBody elements`)
  const inside = bodies[0]?.children ?? []
  const commands = inside.filter((one) => one.local !== 'Final').map(decodeCommand)
  refuseDuplicates(commands, new Set())
  return {
    header: decodeHeader(required(child(root, 'SyncHdr'), MALFORMED, 'SyncHdr')),
    commands,
    final: inside.some((one) => one.local === 'Final'),
  }
}

function decodeHeader(header: XmlElement): SyncHeader {
  const field = (...locals: string[]) => required(filledTextOf(header, ...locals), MALFORMED, locals.join('/'))
  const credential = child(header, 'Cred')
  return compact({
    sessionId: field('SessionID'),
    msgId: field('MsgID'),
    target: filledTextOf(header, 'Target', 'LocURI') ?? '',
    source: filledTextOf(header, 'Source', 'LocURI') ?? '',
    maxMsgSize: decodeInteger(filledTextOf(header, 'Meta', 'MaxMsgSize'), MALFORMED, 'MaxMsgSize'),
    credential: credential && decodeCredential(credential),
  })
}

const decodeCredential = (credential: XmlElement): Credential => ({
  meta: decodeMeta(child(credential, 'Meta')) ?? {},
  data: path(credential, 'Data')?.text.trim() ?? '',
})

function refuseDuplicates(commands: readonly Command[], seen: Set<string>): void {
  for (const command of commands) {
    if (command.cmdId !== undefined) {
      if (seen.has(command.cmdId)) throw new DecodeError('ERR_SYNCML_CMDID_DUPLICATE', 'two commands with one CmdID')
      seen.add(command.cmdId)
    }
    if (command.kind === 'Atomic' || command.kind === 'Sequence') refuseDuplicates(command.commands, seen)
  }
}
