import { beforeEach } from 'vitest'
import { CspTree } from '../../../src/device/csp/csp-tree.ts'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../../src/domain/http.ts'
import { success } from '../../../src/domain/trouble.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { encodeSyncML } from '../../../src/protocols/syncml/encode.ts'
import { encodingOf, readSyncML } from '../../../src/protocols/syncml/encodings.ts'
import type { Command, Meta, SyncMLMessage } from '../../../src/protocols/syncml/message.ts'
import type { CommandTarget } from '../../../src/service/oma-dm/commands.ts'
import { holdSession } from '../../../src/service/oma-dm/session.ts'
import type { SessionRequest } from '../../../src/service/oma-dm/session-request.ts'

export const ADDRESS = 'https://mdm.contoso.test/sync'
export const POLICY = './Device/Vendor/MSFT/Policy/Config/A/B'
export const encoder = new TextEncoder()

export let tree: CspTree
export let waited: number[]
export let sent: HttpRequest[]
export let messages: SyncMLMessage[]

beforeEach(() => {
  tree = new CspTree({ write: () => {} })
  waited = []
  sent = []
  messages = []
})

export const target = (): CommandTarget => ({
  get: (uri) => tree.get(uri),
  add: (uri, format, value) => tree.add(uri, format, value),
  replace: (uri, format, value) => tree.replace(uri, format, value),
  delete: (uri) => tree.delete(uri),
  exec: (uri) => tree.exec(uri, () => 200),
  atomically: (act) => tree.atomically(act),
})

export interface Answer {
  commands?: Command[]
  final?: boolean
  header?: { data?: string; challenge?: Meta }
  maxMsgSize?: number
  sessionId?: string
  msgId?: string
  msgRef?: string
  target?: string
}

/** A server's message: the status of the header, then its commands. */
export const answer =
  ({ commands = [], final = true, header = {}, maxMsgSize, sessionId, msgId, msgRef, target: to }: Answer = {}) =>
  (message: SyncMLMessage): HttpResponse => {
    const status: Command = {
      kind: 'Status',
      cmdId: '1',
      msgRef: msgRef ?? message.header.msgId,
      cmdRef: '0',
      cmd: 'SyncHdr',
      data: '200',
      ...header,
    }
    const text = encodeSyncML({
      header: {
        sessionId: sessionId ?? message.header.sessionId,
        msgId: msgId ?? message.header.msgId,
        target: to ?? message.header.source,
        source: ADDRESS,
        ...(maxMsgSize ? { maxMsgSize } : {}),
      },
      commands: [status, ...commands],
      final,
    })
    return { status: 200, headers: {}, body: encoder.encode(text) }
  }

export type Step = (message: SyncMLMessage) => HttpResponse

/** Holds a session with a server that answers like this, message by message, and has no more to say then. */
export function hold(steps: Step[], request: Partial<SessionRequest> = {}) {
  const script = [...steps]
  const service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    wait: async (ms: number) => void waited.push(ms),
    http: {
      send: async (http: HttpRequest) => {
        sent.push(http)
        const message = readSyncML(http.body, encodingOf(http.headers['content-type']))
        messages.push(message)
        return success((script.shift() ?? answer())(message))
      },
    },
  }
  return holdSession(
    service,
    {
      address: ADDRESS,
      sessionId: 7,
      deviceId: 'A1B2',
      certificate: new Uint8Array([1]),
      loginStatus: 'none',
      userToken: undefined,
      devInfo: { manufacturer: 'Maker', model: 'Model', language: 'en-US' },
      alerts: [],
      now: () => Date.parse('2026-11-22T10:00:00Z'),
      ...request,
    },
    target(),
  )
}

export const get = (cmdId: string, uri: string): Command => ({ kind: 'Get', cmdId, items: [{ target: uri }] })
export const busy =
  (headers: Record<string, string>): Step =>
  () => ({ status: 429, headers, body: new Uint8Array(0) })
export const text = (index: number) => new TextDecoder().decode(sent[index]!.body)
export const kinds = (index: number) =>
  messages[index]!.commands.map((one) =>
    one.kind === 'Status' ? `${one.cmd} ${one.data}` : one.kind === 'Alert' ? `Alert ${one.data}` : one.kind,
  )
