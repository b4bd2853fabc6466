import { DecodeError } from '../../domain/trouble.ts'
import { child, children, filledTextOf, textOf, type XmlElement } from '../xml/element.ts'
import { compact } from '../xml/schema-values.ts'
import { decodeItem, decodeMeta } from './decode-item.ts'
import type { Command, StatusCommand } from './message.ts'

/** What a container has besides its commands. */
const NOT_COMMANDS = new Set(['CmdID', 'Meta', 'NoResp', 'Final'])

/**
 * One command, its children found by name.
 *
 * @throws DecodeError `ERR_SYNCML_CMDID_DUPLICATE` when it has two CmdIDs.
 */
export function decodeCommand(command: XmlElement): Command {
  const name = command.local
  if (children(command, 'CmdID').length > 1) {
    throw new DecodeError('ERR_SYNCML_CMDID_DUPLICATE', 'a command with two CmdIDs')
  }
  const cmdId = filledTextOf(command, 'CmdID')
  // 0 means the header in a CmdRef, so it is no id of a command.
  if (cmdId === undefined || cmdId === '0') return { kind: 'Unknown', name }
  const items = () => children(command, 'Item').map(decodeItem)
  const meta = decodeMeta(child(command, 'Meta'))
  switch (name) {
    case 'Status':
      return decodeStatus(command, cmdId)
    case 'Results':
      return compact({ kind: name, cmdId, ...references(command), meta, items: items() })
    case 'Alert':
      return { kind: name, cmdId, data: textOf(command, 'Data') ?? '', items: items() }
    case 'Get':
    case 'Add':
    case 'Replace':
    case 'Delete':
    case 'Exec':
      return compact({ kind: name, cmdId, meta, items: items() })
    case 'Atomic':
    case 'Sequence': {
      const commands = command.children.filter((one) => !NOT_COMMANDS.has(one.local)).map(decodeCommand)
      return compact({ kind: name, cmdId, meta, commands })
    }
    default:
      return { kind: 'Unknown', name, cmdId }
  }
}

const references = (command: XmlElement): { msgRef: string; cmdRef: string } => ({
  msgRef: filledTextOf(command, 'MsgRef') ?? '1',
  cmdRef: filledTextOf(command, 'CmdRef') ?? '1',
})

function decodeStatus(status: XmlElement, cmdId: string): StatusCommand {
  const data = child(status, 'Data')
  const originalError = data?.attributes.find((one) => one.local.toLowerCase() === 'originalerror')?.value
  return compact({
    kind: 'Status',
    cmdId,
    ...references(status),
    cmd: textOf(status, 'Cmd') ?? '',
    targetRef: filledTextOf(status, 'TargetRef'),
    sourceRef: filledTextOf(status, 'SourceRef'),
    data: data?.text.trim() ?? '',
    originalError,
    challenge: decodeMeta(child(child(status, 'Chal'), 'Meta')),
  } as const)
}
