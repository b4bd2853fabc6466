import { failure, type Result, success } from '../domain/trouble.ts'
import { SYNCML_CONTENT_TYPE } from '../protocols/syncml/constants.ts'
import { decodeSyncML } from '../protocols/syncml/decode.ts'
import { encodeSyncML } from '../protocols/syncml/encode.ts'
import type { AlertCommand, Command, Item, SyncMLMessage } from '../protocols/syncml/message.ts'
import { answerCommands, type CommandTarget, type Unnumbered } from './dm-commands.ts'
import { ask, post, type Service, unexpectedStatus } from './service.ts'

export interface SessionRequest {
  /** ADDR of the provisioning document. */
  address: string
  /** Four bytes at most: a counter. */
  sessionId: number
  deviceId: string
  certificate: Uint8Array
  loginStatus: 'none' | 'user' | 'others'
  /** Present once somebody has signed in. */
  userToken: string | undefined
  devInfo: { manufacturer: string; model: string; language: string }
  /** Results of what ran since the last session. */
  reports: { uri: string; hresult: number }[]
}

/** Messages of one session at most: a server that never comes to an end does not hold the device for ever. */
const MESSAGES_MAX = 64

const encoder = new TextEncoder()

/**
 * One OMA-DM session ([MS-MDM] 3.1): alerts and DevInfo, then the server's commands and their statuses, until the server
 * has no more. Only the device posts.
 */
export async function holdSession(
  service: Service,
  request: SessionRequest,
  target: CommandTarget,
  signal?: AbortSignal,
): Promise<Result<{ commands: number }>> {
  const url = withMode(request.address)
  let commands = 0
  let outgoing = firstCommands(request)
  for (let msgId = 1; msgId <= MESSAGES_MAX; msgId++) {
    const message: SyncMLMessage = {
      header: {
        sessionId: String(request.sessionId),
        msgId: String(msgId),
        target: request.address,
        source: request.deviceId,
      },
      commands: outgoing,
      final: true,
    }
    const answer = await sendMessage(service, url, message, request, signal)
    if (!answer.ok) return answer
    const refused = statusOfHeader(answer.value)
    if (refused >= 400) return failure(syncmlResult(refused), `the server refused the session with ${refused}`, url)
    const answered = answerCommands(answer.value, target)
    commands += answered.count
    // A message that holds nothing but a good status for the header must not be sent: the session is over.
    if (answered.count === 0) return success({ commands })
    outgoing = answered.commands
  }
  return failure('0x80072ee2', `the session did not end within ${MESSAGES_MAX} messages`, url)
}

async function sendMessage(
  service: Service,
  url: string,
  message: SyncMLMessage,
  request: SessionRequest,
  signal: AbortSignal | undefined,
): Promise<Result<SyncMLMessage>> {
  const operation = `OMA-DM session ${message.header.sessionId} message ${message.header.msgId}`
  const http = post(url, SYNCML_CONTENT_TYPE, '', {
    accept: 'application/vnd.syncml.dm+xml, application/vnd.syncml.dm+wbxml, application/octet-stream',
    'accept-charset': 'UTF-8',
    'user-agent': 'MSFT OMA DM Client/1.2.0.1',
    'client-request-id': '0',
    ...(request.userToken ? { authorization: `Bearer ${request.userToken}` } : {}),
  })
  http.body = encoder.encode(encodeSyncML(message, { declareMsft: true }))
  const options = { operation, certificate: request.certificate, ...(signal ? { signal } : {}) }
  return ask(service, http, options, (response) =>
    response.status === 200 ? success(decodeSyncML(response.body)) : unexpectedStatus(operation, response, url),
  )
}

function withMode(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}mode=Maintenance&Platform=WoA`
}

function firstCommands(request: SessionRequest): Command[] {
  const { loginStatus, userToken, devInfo, reports, deviceId } = request
  const info = (name: string, data: string): Item => ({ source: `./DevInfo/${name}`, data })
  const event = (type: string, data: string): Omit<AlertCommand, 'cmdId'> => ({
    kind: 'Alert',
    data: '1224',
    items: [{ meta: { type }, data }],
  })
  const unnumbered: Unnumbered[] = [
    { kind: 'Alert', data: '1201', items: [] },
    event('com.microsoft/MDM/LoginStatus', loginStatus),
    ...(userToken ? [event('com.microsoft/MDM/AADUserToken', userToken)] : []),
    ...reports.map(installationAlert),
    {
      kind: 'Replace',
      items: [
        info('DevId', deviceId),
        info('Man', devInfo.manufacturer),
        info('Mod', devInfo.model),
        info('DmV', '1.3'),
        info('Lang', devInfo.language),
      ],
    },
  ]
  // 1 is left for the status of the header in later messages.
  return unnumbered.map((command, index) => ({ ...command, cmdId: String(index + 2) }) as Command)
}

/** Learn names 1224 on one page and 1226 on another; 1226 by the protocol page (reference: mdm-protocols.md, 2.5 and 11). */
const installationAlert = ({ uri, hresult }: { uri: string; hresult: number }): Omit<AlertCommand, 'cmdId'> => ({
  kind: 'Alert',
  data: '1226',
  items: [
    {
      source: `${uri}/DownloadInstall`,
      meta: { type: 'Reversed-Domain-Name:com.microsoft.mdm.win32csp_install', format: 'int', mark: 'informational' },
      data: String(hresult),
    },
  ],
})

function statusOfHeader(message: SyncMLMessage): number {
  const status = message.commands.find((command) => command.kind === 'Status' && command.cmdRef === '0')
  return status?.kind === 'Status' ? Number(status.data) : 200
}

/** Shown to an administrator as 0x87D10000 + status. */
const syncmlResult = (status: number): string => `0x${(0x87d10000 + status).toString(16)}`
