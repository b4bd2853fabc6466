import type { HttpResponse } from '../../domain/http.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE, codeOfSyncmlStatus } from '../../domain/windows-codes.ts'
import { encodingOf, readSyncML, type SyncMLEncoding } from '../../protocols/syncml/encodings.ts'
import { AUTH_MD5, md5Credential } from '../../protocols/syncml/md5-credential.ts'
import type { Credential, SyncMLMessage } from '../../protocols/syncml/message.ts'
import type { SessionService } from '../service.ts'
import { SessionWatch } from './bounds.ts'
import { ChunkReceiver } from './chunks.ts'
import { answerCommands, type CommandTarget } from './commands.ts'
import { AnswerIdentity, isStatusOfHeader, undeclaredPrefix } from './identity.ts'
import { type Outgoing, Package } from './messages.ts'
import { postMessage } from './post.ts'
import { firstCommands, type SessionRequest, withMode } from './session-request.ts'

export interface SessionEnd {
  /** Commands that were answered. */
  commands: number
  /** The server broke it off: Alert 1223. */
  isAborted: boolean
}

/** Once with the nonce that is known, once with a new one. */
const CREDENTIALS_MAX = 2
/** From this SyncApplicationVersion on the device tells of original errors. */
const ORIGINAL_ERRORS_SINCE = 3

/**
 * One OMA-DM session ([MS-MDM] 3.1): alerts and DevInfo, then the server's commands and their statuses, until the server
 * has no more. Only the device posts.
 */
export function holdSession(
  service: SessionService,
  request: SessionRequest,
  target: CommandTarget,
  signal?: AbortSignal,
): Promise<Result<SessionEnd>> {
  return new Session(service, request, target, signal).hold()
}

class Session {
  readonly #service: SessionService
  readonly #request: SessionRequest
  readonly #target: CommandTarget
  readonly #signal: AbortSignal | undefined
  readonly #url: string
  readonly #chunks = new ChunkReceiver()
  readonly #package = new Package()
  readonly #identity: AnswerIdentity
  readonly #hasOriginalErrors: boolean
  readonly #correlation: string
  #encoding: SyncMLEncoding
  #msgId = 1
  #commands = 0
  #maxBytes: number | undefined
  /** The server's package continues in its next message. */
  #isOpen = false
  #nonce: string | undefined
  /** Sent with each message once the server has asked; until it says 212. */
  #credential: Credential | undefined
  #credentialsShown = 0

  constructor(
    service: SessionService,
    request: SessionRequest,
    target: CommandTarget,
    signal: AbortSignal | undefined,
  ) {
    this.#service = service
    this.#request = request
    this.#target = target
    this.#signal = signal
    this.#url = withMode(request)
    this.#identity = new AnswerIdentity({ ...request, url: this.#url })
    this.#nonce = request.md5?.nonce
    this.#encoding = request.encoding ?? 'xml'
    this.#correlation = correlationVector(service.ids.guid())
    this.#hasOriginalErrors = (request.applicationVersion ?? ORIGINAL_ERRORS_SINCE) >= ORIGINAL_ERRORS_SINCE
  }

  async hold(): Promise<Result<SessionEnd>> {
    const watch = new SessionWatch(this.#request.now)
    this.#package.append(firstCommands(this.#request))
    for (; ; this.#msgId++) {
      const outgoing = this.#next()
      const answer = await this.#send(outgoing)
      if (!answer.ok) return answer
      const refusal = this.#identity.refuse(answer.value, this.#msgId)
      if (refusal) return refusal
      const excess = watch.see(answer.value, this.#package.isEmpty)
      const challenged = this.#authenticate(answer.value, outgoing)
      if (challenged === 'again') continue
      if (challenged) return challenged
      this.#maxBytes = answer.value.header.maxMsgSize ?? this.#maxBytes
      const end = this.#answer(answer.value, watch.isExhausted)
      if (end) return success(end)
      if (excess !== undefined) return failure(CODE.connectionTimedOut, excess, this.#url)
    }
  }

  #next(): Outgoing {
    const { sessionId, address, deviceId } = this.#request
    return this.#package.take({
      header: {
        sessionId: String(sessionId),
        msgId: String(this.#msgId),
        target: address,
        source: deviceId,
        ...(this.#credential ? { credential: this.#credential } : {}),
      },
      // 1 is left for the status of the header in later messages.
      firstCmdId: this.#msgId === 1 ? 2 : 1,
      maxBytes: this.#maxBytes,
      declareMsft: this.#hasOriginalErrors,
      encoding: this.#encoding,
      isOpen: this.#isOpen,
    })
  }

  async #send(outgoing: Outgoing): Promise<Result<SyncMLMessage>> {
    const { certificate, userToken, now, sessionId, sign } = this.#request
    return postMessage(this.#service, this.#url, outgoing, {
      operation: `OMA-DM session ${sessionId} message ${this.#msgId}`,
      certificate,
      userToken,
      correlation: `${this.#correlation}.${this.#msgId}`,
      now,
      sign,
      read: (answer) => this.#read(answer),
      signal: this.#signal,
    })
  }

  #read({ headers, body }: HttpResponse): SyncMLMessage {
    const encoding = encodingOf(headers['content-type'])
    // An answer in WBXML asks for WBXML. XML does not ask for XML where the account says WBXML [U].
    if (encoding === 'wbxml') this.#encoding = encoding
    if (!this.#request.allowed?.allowsUndeclaredPrefix) return readSyncML(body, encoding)
    const { sessionId, onStray } = this.#request
    return readSyncML(body, encoding, {
      onUndeclaredPrefix: (prefix, place) => onStray?.(undeclaredPrefix(prefix, place, this.#msgId, sessionId)),
    })
  }

  /** What the server says to our credentials. `again` when it asks for the same message with other credentials. */
  #authenticate(message: SyncMLMessage, outgoing: Outgoing): 'again' | ReturnType<typeof failure> | undefined {
    const status = message.commands.find(isStatusOfHeader)
    const { challenge } = status ?? {}
    const code = Number(status?.data ?? '200')
    const { md5 } = this.#request
    if (challenge?.nextNonce) {
      this.#nonce = challenge.nextNonce
      this.#request.keepNonce?.(challenge.nextNonce)
    }
    const credential = () => md5Credential({ ...md5!, nonce: this.#nonce ?? '' })
    if (code === 401 || code === 407) {
      const isOurs = challenge?.type === undefined || challenge.type === AUTH_MD5
      if (!md5 || !isOurs || this.#credentialsShown >= CREDENTIALS_MAX) return this.#refused(code)
      this.#credentialsShown++
      this.#credential = credential()
      this.#package.prepend(outgoing.commands)
      return 'again'
    }
    if (code >= 400) return this.#refused(code)
    // 212 holds for the session, 200 for this message alone.
    if (code === 212) this.#credential = undefined
    else if (this.#credential) this.#credential = credential()
    return undefined
  }

  #refused(code: number) {
    return failure(codeOfSyncmlStatus(code), `the server refused the session with ${code}`, this.#url)
  }

  /** Runs what the server orders and readies the answers; an end when there is nothing left to say. */
  #answer(message: SyncMLMessage, isExhausted: boolean): SessionEnd | undefined {
    const answered = answerCommands(message, this.#target, {
      chunks: this.#chunks,
      hasOriginalErrors: this.#hasOriginalErrors,
    })
    this.#commands += answered.count
    if (answered.isAborted) return { commands: this.#commands, isAborted: true }
    const alerts = this.#request.furtherAlerts?.() ?? []
    // A message that holds nothing but a good status for the header must not be sent: the session is over.
    const isQuiet = answered.count === 0 && alerts.length === 0
    const isAllSent = this.#package.isEmpty
    const isOver = isQuiet && message.final
    if (isAllSent && (isOver || (isExhausted && alerts.length === 0))) {
      return { commands: this.#commands, isAborted: false }
    }
    // While our package continues, the server's has not begun: it only asks for more.
    this.#isOpen = !message.final && isAllSent
    this.#package.prepend(answered.commands)
    this.#package.append(alerts)
    // The rest of the server's package comes when it is asked for.
    if (this.#isOpen && isAllSent) this.#package.append([{ kind: 'Alert', data: '1222', items: [] }])
    return undefined
  }
}

/** 128 bits in base64 without its padding: a correlation vector of version 2. */
const correlationVector = (guid: string): string =>
  Buffer.from(guid.replaceAll('-', ''), 'hex').toString('base64').replace(/=+$/, '')
