import type { Command, SyncMLMessage } from '../../protocols/syncml/message.ts'

/** What one session may use: the figures are an assumption. A server that never comes to an end does not hold the device for ever. */
export const SESSION_BOUNDS = {
  messages: 512,
  /** Answers in a row that order the same. */
  repeats: 64,
  /** Milliseconds of device time. */
  durationMs: 60 * 60_000,
  /** Answers in a row without a command, where none of them is Final: the server has nothing more to say. */
  emptyAnswers: 2,
} as const

/** Statuses order nothing, and Alert 1222 only asks for the next message. */
const isOrder = (command: Command): boolean =>
  command.kind !== 'Status' && command.kind !== 'Results' && !(command.kind === 'Alert' && command.data === '1222')

/** Watches one session against its bounds. Each of them ends the session, and says which it was. */
export class SessionWatch {
  readonly #now: () => number
  readonly #begunAt: number
  #messages = 0
  #orders = ''
  #repeats = 0
  #empty = 0

  constructor(now: () => number) {
    this.#now = now
    this.#begunAt = now()
  }

  /**
   * Why the session cannot have another message; undefined while it can.
   *
   * @param isAllSent the device has nothing more to say: before that the server cannot order anything
   */
  see(message: SyncMLMessage, isAllSent: boolean): string | undefined {
    this.#messages++
    const orders = message.commands.filter(isOrder)
    this.#empty = isAllSent && orders.length === 0 ? this.#empty + 1 : 0
    const text = orders.length === 0 ? '' : JSON.stringify(orders.map((order) => ({ ...order, cmdId: '' })))
    this.#repeats = text !== '' && text === this.#orders ? this.#repeats + 1 : 1
    this.#orders = text
    const { messages, repeats, durationMs } = SESSION_BOUNDS
    if (this.#messages >= messages) return `the session did not end within ${messages} messages`
    if (this.#repeats >= repeats) return `the server ordered the same ${repeats} times in a row`
    if (this.#now() - this.#begunAt >= durationMs)
      return `the session did not end within ${durationMs / 60_000} minutes`
    return undefined
  }

  /** Two answers without a command, one after the other, end a session in which Final never comes (MS-MDM 2.2.3.4). */
  get isExhausted(): boolean {
    return this.#empty >= SESSION_BOUNDS.emptyAnswers
  }
}
