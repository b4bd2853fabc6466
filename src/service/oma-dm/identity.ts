import type { DeviceBehaviour } from '../../domain/device-behaviour.ts'
import type { OddAnswer } from '../../domain/journal.ts'
import { safeText } from '../../domain/safe-text.ts'
import { STRAY_ANSWER } from '../../domain/stray-answers.ts'
import { failure } from '../../domain/trouble.ts'
import type { StatusCommand, SyncMLMessage } from '../../protocols/syncml/message.ts'

/** What of an answer may be of another session, message or device, and is carried out all the same. */
export type AllowedAnswers = Pick<
  DeviceBehaviour,
  'allowsOtherSessionId' | 'allowsOtherMessageId' | 'allowsOtherTarget' | 'allowsUndeclaredPrefix'
>

const NONE_ALLOWED: AllowedAnswers = {
  allowsOtherSessionId: false,
  allowsOtherMessageId: false,
  allowsOtherTarget: false,
  allowsUndeclaredPrefix: false,
}

/** What an answer is for, as far as the device knows it. */
export interface AskedBy {
  sessionId: number
  deviceId: string
  url: string
  allowed?: AllowedAnswers | undefined
  /** Hears of an answer that is allowed, and is none to what was asked. */
  onStray?: ((odd: OddAnswer) => void) | undefined
}

/** Characters of a prefix that a message quotes. */
const PREFIX_MAX = 20
const SHOWN_MAX = 60
const shown = (value: string): string => `"${safeText(value, SHOWN_MAX)}"`

/**
 * Whether an answer of the server is one to this message, of this session and for this device (OMA-TS-DM_Protocol 1.2.1, 8.1).
 * Servers count their messages as they like, so that a MsgID only has to rise from one answer to the next: what comes twice is a
 * replay. A missing Target names no other device.
 */
export class AnswerIdentity {
  readonly #asked: AskedBy
  readonly #allowed: AllowedAnswers
  /** MsgID of the answer before. */
  #last: bigint | undefined

  constructor(asked: AskedBy) {
    this.#asked = asked
    this.#allowed = asked.allowed ?? NONE_ALLOWED
  }

  /** The trouble of an answer that is not to be carried out. @param msgId of the message that it is to answer */
  refuse(message: SyncMLMessage, msgId: number): ReturnType<typeof failure> | undefined {
    for (const { isAllowed, code, text } of this.#strays(message, msgId)) {
      if (!isAllowed) return failure(code, `${text}: none of its commands is carried out`, this.#asked.url)
      this.#asked.onStray?.({
        message: msgId,
        text: `${code} ${text}: it is carried out, since the behaviour of this device allows it`,
      })
    }
    return undefined
  }

  #strays({ header, commands }: SyncMLMessage, msgId: number): { isAllowed: boolean; code: string; text: string }[] {
    const { sessionId, deviceId } = this.#asked
    const { allowsOtherSessionId, allowsOtherMessageId, allowsOtherTarget } = this.#allowed
    const what = `the answer to message ${msgId} of session ${sessionId}`
    const ref = commands.find(isStatusOfHeader)?.msgRef
    const number = /^\d{1,20}$/.test(header.msgId) ? BigInt(header.msgId) : undefined
    const before = this.#last
    this.#last = number ?? before
    const isBehind = number === undefined || (before !== undefined && number <= before)
    return [
      ...(isSameNumber(header.sessionId, sessionId)
        ? []
        : [
            {
              isAllowed: allowsOtherSessionId,
              code: STRAY_ANSWER.session,
              text: `${what} has the SessionID ${shown(header.sessionId)}, where ${sessionId} is expected`,
            },
          ]),
      ...(header.target === '' || header.target.toLowerCase() === deviceId.toLowerCase()
        ? []
        : [
            {
              isAllowed: allowsOtherTarget,
              code: STRAY_ANSWER.device,
              text: `${what} has the Target ${shown(header.target)}, where this device, ${deviceId}, is expected`,
            },
          ]),
      ...(isBehind
        ? [
            {
              isAllowed: allowsOtherMessageId,
              code: STRAY_ANSWER.replay,
              text: `${what} has the MsgID ${shown(header.msgId)}, where ${before === undefined ? 'a number' : `more than ${before}`} is expected`,
            },
          ]
        : []),
      ...(ref === undefined || isSameNumber(ref, msgId)
        ? []
        : [
            {
              isAllowed: allowsOtherMessageId,
              code: STRAY_ANSWER.message,
              text: `${what} has the MsgRef ${shown(ref)}, where ${msgId} is expected`,
            },
          ]),
    ]
  }
}

const isSameNumber = (text: string, number: number): boolean => /^\d{1,20}$/.test(text) && Number(text) === number

/** The status of the message as a whole. */
export const isStatusOfHeader = (command: { kind: string }): command is StatusCommand =>
  command.kind === 'Status' && (command as StatusCommand).cmdRef === '0'

/** The report of a prefix that the device reads, although nothing declares it. @param msgId of the message that was answered */
export const undeclaredPrefix = (prefix: string, place: string, msgId: number, sessionId: number): OddAnswer => ({
  message: msgId,
  text: `the answer to message ${msgId} of session ${sessionId} has at ${place} a prefix that is declared nowhere, "${safeText(prefix, PREFIX_MAX)}": it is read, since the behaviour of this device allows it`,
})
