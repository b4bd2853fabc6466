import type { HttpRequest } from '../../domain/http.ts'
import { verifyDetached } from '../../protocols/cms/verify.ts'
import { encodeSyncML } from '../../protocols/syncml/encode.ts'
import { bytesOf, CONTENT_TYPES, encodingOf, readSyncML } from '../../protocols/syncml/encodings.ts'
import type { Command, SyncMLMessage } from '../../protocols/syncml/message.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import { decodeBase64 } from '../../protocols/xml/base64.ts'
import type { Handler } from '../handler.ts'
import { empty, reply } from '../responses.ts'
import { noteLocalReset } from './after-reset.ts'
import { userOf } from './agent-apps.ts'
import { takeAnswers } from './answers.ts'
import { noteDeployment } from './deployments.ts'
import { isRemoved } from './device-actions.ts'
import { beginSession, nextBatch, planSession, takeUpcoming } from './device-session.ts'
import { orderDomainJoin } from './domain-join.ts'
import { knownPeer } from './known-peer.ts'
import { syncPreparation } from './preparation-plan.ts'
import { notePrimaryUser } from './primary-user.ts'
import { withhold } from './release.ts'
import { noteRemoteReset } from './remote-reset.ts'
import { removeDevice } from './remove-device.ts'

/** The management channel ([MS-MDM] 3.2). A device is known by its client certificate alone. */
export const handleManagement: Handler = (request, tenant, peer) => {
  const managed = knownPeer(tenant, peer)
  if (typeof managed === 'number') return empty(managed)
  if (managed.busy.length > 0) tenant.changes.note()
  const seconds = managed.busy.shift()
  if (seconds !== undefined)
    return { ...empty(429), headers: { 'content-length': '0', 'retry-after': String(seconds) } }
  const { requiresSigning = false } = tenant.definition.management
  if (!isSignatureGood(request, peer.certificate!, requiresSigning)) return empty(401)
  const encoding = encodingOf(request.headers['content-type'])
  const message = readSyncML(request.body, encoding)
  if (message.header.source !== managed.device.deviceId) return empty(401)
  tenant.changes.note()
  const token = eventOf(message, USER_TOKEN)
  const user = token === undefined ? undefined : userOf(tenant, token.data)
  const isRefused = token !== undefined && user === undefined
  if (message.header.msgId === '1') {
    takeUpcoming(managed)
    if (user !== undefined && loginStatusOf(message) === 'user') notePrimaryUser(tenant, managed, user)
    beginSession(managed, tenant, isRefused ? 'none' : loginStatusOf(message), user)
    orderDomainJoin(tenant, managed)
    for (const phase of tenant.state.management.held) withhold(managed, phase)
  }
  takeAnswers(managed, message.commands, tenant.now())
  if (noteLocalReset(managed)) planSession(managed, tenant)
  syncPreparation(managed, tenant)
  noteDeployment(tenant, managed)
  // After it the device says nothing more in this session.
  const isReset = noteRemoteReset(tenant, managed)
  const isGone = isReset || managed.isUnenrolled || isRemoved(managed)

  const msgRef = message.header.msgId
  const statuses: Command[] = [{ kind: 'Status', cmdId: '1', msgRef, cmdRef: '0', cmd: 'SyncHdr', data: '200' }]
  for (const command of message.commands) {
    if (command.kind !== 'Alert' && command.kind !== 'Replace') continue
    const cmdId = String(statuses.length + 1)
    // A token that is none of this tenant's for device management: the person is unknown here.
    const data = isRefused && command.cmdId === token.cmdId ? '401' : '200'
    statuses.push({ kind: 'Status', cmdId, msgRef, cmdRef: command.cmdId, cmd: command.kind, data })
  }
  const cmdId = statuses.length + 1
  // The device's package is not complete: its rest comes first.
  const more: Command = { kind: 'Alert', cmdId: String(cmdId), data: '1222', items: [] }
  const wantsChunk = message.commands.some((command) => command.kind === 'Alert' && command.data === '1222')
  const nothing = { commands: [], final: true }
  const wanted =
    message.final || wantsChunk ? () => nextBatch(managed, msgRef, cmdId) : () => ({ ...nothing, commands: [more] })
  const next = isGone ? nothing : wanted()
  managed.isInSession = next.commands.length > 0 || !next.final
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
  if (isGone && !isReset) removeDevice(tenant, thumbprint(peer.certificate!))
  return reply(200, CONTENT_TYPES[encoding], bytesOf(encodeSyncML(answer), encoding))
}

/** What is signed is signed with the key that the device is known by, whether it has to be signed or not. */
function isSignatureGood({ headers, body }: HttpRequest, certificate: Uint8Array, isRequired: boolean): boolean {
  const signatures = ['mdm-signature', 'ms-signature'].flatMap((name) => headers[name] ?? [])
  if (isRequired && signatures.length === 0) return false
  return signatures.every((signature) => {
    const der = decodeBase64(signature, 'ERR_CMS_SIGNATURE', 'the signature of the message')
    const signed = verifyDetached(der, body)
    return signed !== undefined && Buffer.compare(signed.certificate, certificate) === 0
  })
}

const USER_TOKEN = 'com.microsoft/MDM/AADUserToken'

/** The alert of one type, with its data. */
function eventOf(message: SyncMLMessage, type: string): { cmdId: string; data: string } | undefined {
  for (const command of message.commands) {
    if (command.kind !== 'Alert') continue
    const [item] = command.items
    if (item?.meta?.type === type) return { cmdId: command.cmdId, data: item.data ?? '' }
  }
  return undefined
}

function loginStatusOf(message: SyncMLMessage): string {
  return eventOf(message, 'com.microsoft/MDM/LoginStatus')?.data ?? 'none'
}
