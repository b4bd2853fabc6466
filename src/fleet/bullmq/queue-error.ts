/** Trouble with the queue. The program makes its own kinds of errors of it: this package has none of its classes. */
export class QueueError extends Error {
  override name = 'QueueError'
  /** `input`: what a user gave is wrong. `infrastructure`: what is depended on failed. */
  readonly kind: 'input' | 'infrastructure'
  readonly code: string
  readonly details: readonly string[]

  constructor(kind: QueueError['kind'], code: string, message: string, details: readonly string[] = []) {
    super(message)
    this.kind = kind
    this.code = code
    this.details = details
  }
}

export const badInput = (code: string, message: string, details: readonly string[] = []): QueueError =>
  new QueueError('input', code, message, details)

export const away = (message: string): QueueError => new QueueError('infrastructure', 'ERR_REDIS_AWAY', message)
