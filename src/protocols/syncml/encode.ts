import { element, leaf, optionalLeaf, type Xml } from '../xml/write.ts'
import { METINF, MSFT, SYNCML_12 } from './constants.ts'
import type { Command, Item, Meta, StatusCommand, SyncHeader, SyncMLMessage } from './message.ts'

export interface EncodeSyncMLOptions {
  /** Declares `msft` on the body, as a device does; it is declared anyway when a status needs it. */
  declareMsft?: boolean
}

/**
 * A message in the element order of real ones: no XML declaration, no white space.
 *
 * @throws Error for a command of kind Unknown: there is nothing to write for it.
 */
export function encodeSyncML({ header, commands, final }: SyncMLMessage, options: EncodeSyncMLOptions = {}): string {
  const declare =
    options.declareMsft || commands.some((one) => one.kind === 'Status' && one.originalError !== undefined)
  return element(
    'SyncML',
    { xmlns: SYNCML_12 },
    encodeHeader(header),
    element(
      'SyncBody',
      declare ? { 'xmlns:msft': MSFT } : {},
      commands.map(encodeCommand),
      final ? element('Final') : undefined,
    ),
  )
}

const locUri = (name: string, uri: string | undefined): Xml | undefined =>
  uri === undefined ? undefined : element(name, {}, leaf('LocURI', uri))

const encodeHeader = ({ sessionId, msgId, target, source, maxMsgSize, credential }: SyncHeader): Xml =>
  element(
    'SyncHdr',
    {},
    leaf('VerDTD', '1.2'),
    leaf('VerProto', 'DM/1.2'),
    leaf('SessionID', sessionId),
    leaf('MsgID', msgId),
    locUri('Target', target),
    locUri('Source', source),
    credential && element('Cred', {}, encodeMeta(credential.meta), leaf('Data', credential.data)),
    maxMsgSize === undefined ? undefined : encodeMeta({ maxMsgSize: String(maxMsgSize) }),
  )

function encodeCommand(command: Command): Xml {
  switch (command.kind) {
    case 'Status':
      return encodeStatus(command)
    case 'Results':
      return element(
        'Results',
        {},
        leaf('CmdID', command.cmdId),
        leaf('MsgRef', command.msgRef),
        leaf('CmdRef', command.cmdRef),
        command.meta && encodeMeta(command.meta),
        command.items.map((item) => encodeItem(item)),
      )
    case 'Alert':
      return element(
        'Alert',
        {},
        leaf('CmdID', command.cmdId),
        leaf('Data', command.data),
        command.items.map((item) => encodeItem(item, 'typeFirst')),
      )
    case 'Atomic':
    case 'Sequence':
      return element(
        command.kind,
        {},
        leaf('CmdID', command.cmdId),
        command.meta && encodeMeta(command.meta),
        command.commands.map(encodeCommand),
      )
    case 'Unknown':
      throw new Error(`A command that cannot be written: ${command.name}`)
    default:
      return element(
        command.kind,
        {},
        leaf('CmdID', command.cmdId),
        command.meta && encodeMeta(command.meta),
        command.items.map((item) => encodeItem(item)),
      )
  }
}

const encodeStatus = (status: StatusCommand): Xml =>
  element(
    'Status',
    {},
    leaf('CmdID', status.cmdId),
    leaf('MsgRef', status.msgRef),
    leaf('CmdRef', status.cmdRef),
    leaf('Cmd', status.cmd),
    optionalLeaf('TargetRef', status.targetRef),
    optionalLeaf('SourceRef', status.sourceRef),
    status.challenge && element('Chal', {}, encodeMeta(status.challenge)),
    leaf('Data', status.data, { 'msft:originalerror': status.originalError }),
  )

const encodeItem = (item: Item, order?: 'typeFirst'): Xml =>
  element(
    'Item',
    {},
    locUri('Target', item.target),
    locUri('Source', item.source),
    item.meta && encodeMeta(item.meta, order),
    optionalLeaf('Data', item.data),
    item.moreData ? element('MoreData') : undefined,
  )

/** Alerts of Windows have the type in front of the format, everything else behind it. */
function encodeMeta(meta: Meta, order?: 'typeFirst'): Xml {
  const field = (name: string, value: string | undefined) => optionalLeaf(name, value, { xmlns: METINF })
  const format = field('Format', meta.format)
  const type = field('Type', meta.type)
  return element(
    'Meta',
    {},
    ...(order === 'typeFirst' ? [type, format] : [format, type]),
    field('Mark', meta.mark),
    field('Size', meta.size),
    field('NextNonce', meta.nextNonce),
    field('MaxMsgSize', meta.maxMsgSize),
  )
}
