import { SYNCML_CONTENT_TYPE } from '../../protocols/syncml/constants.ts'
import { decodeSyncML } from '../../protocols/syncml/decode.ts'
import { encodeSyncML } from '../../protocols/syncml/encode.ts'
import type { Command, SyncMLMessage } from '../../protocols/syncml/message.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import { empty, reply } from '../responses.ts'
import type { Handler } from '../router.ts'

/** The management channel ([MS-MDM] 3.2). A device is known by its client certificate, and by nothing else. */
export const handleManagement: Handler = (request, tenant, peer) => {
  const managed = peer.certificate ? tenant.managed.get(thumbprint(peer.certificate)) : undefined
  if (!managed) return empty(401)
  const seconds = managed.busy.shift()
  if (seconds !== undefined)
    return { ...empty(429), headers: { 'content-length': '0', 'retry-after': String(seconds) } }
  const message = decodeSyncML(request.body)
  if (message.header.source !== managed.device.deviceId) return empty(401)
  if (message.header.msgId === '1') managed.begin(tenant, loginStatusOf(message))
  managed.take(message.commands)

  const msgRef = message.header.msgId
  const statuses: Command[] = [{ kind: 'Status', cmdId: '1', msgRef, cmdRef: '0', cmd: 'SyncHdr', data: '200' }]
  for (const command of message.commands) {
    if (command.kind !== 'Alert' && command.kind !== 'Replace') continue
    const cmdId = String(statuses.length + 1)
    statuses.push({ kind: 'Status', cmdId, msgRef, cmdRef: command.cmdId, cmd: command.kind, data: '200' })
  }
  const cmdId = statuses.length + 1
  // The device's package is not complete: its rest comes first.
  const more: Command = { kind: 'Alert', cmdId: String(cmdId), data: '1222', items: [] }
  const wantsChunk = message.commands.some((command) => command.kind === 'Alert' && command.data === '1222')
  const nothing = { commands: [], final: true }
  const wanted =
    message.final || wantsChunk ? () => managed.next(msgRef, cmdId) : () => ({ ...nothing, commands: [more] })
  const next = managed.isUnenrolled ? nothing : wanted()
  const answer: SyncMLMessage = {
    header: {
      sessionId: message.header.sessionId,
      msgId: msgRef,
      target: managed.device.deviceId,
      source: request.url.split('?')[0]!,
      ...(managed.maxMsgSize === undefined ? {} : { maxMsgSize: managed.maxMsgSize }),
    },
    commands: [...statuses, ...next.commands],
    final: next.final,
  }
  if (managed.isUnenrolled) tenant.managed.delete(thumbprint(peer.certificate!))
  return reply(200, SYNCML_CONTENT_TYPE, encodeSyncML(answer))
}

function loginStatusOf(message: SyncMLMessage): string {
  for (const command of message.commands) {
    if (command.kind !== 'Alert') continue
    const [item] = command.items
    if (item?.meta?.type === 'com.microsoft/MDM/LoginStatus') return item.data ?? 'none'
  }
  return 'none'
}
