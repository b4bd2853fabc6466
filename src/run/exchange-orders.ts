import type { HttpRequest } from '../domain/http.ts'
import type { ExchangeChoice } from '../domain/stimulus.ts'
import { matchesRequest, type RequestPattern, requestPattern } from '../events/request-pattern.ts'
import type { Directive } from '../ports/http.ts'

/** What is to happen to exchanges: to the one that arrives now, or to the next that matches. */
export class ExchangeOrders {
  readonly #waiting: { pattern: RequestPattern; directive: Directive }[] = []
  #isSilenced: ((request: HttpRequest) => boolean) | undefined
  #present: { id: number; directives: Directive[] } | undefined

  /** False when the exchange is not there to be ordered about. */
  order(on: ExchangeChoice, directive: Directive): boolean {
    if (typeof on === 'string') {
      this.#waiting.push({ pattern: requestPattern(on), directive })
      return true
    }
    if (this.#present?.id !== on) return false
    this.#present.directives.push(directive)
    return true
  }

  /** From now on these get no answer, until `undefined` ends it. False when nothing is other than before. */
  silence(isSilenced: ((request: HttpRequest) => boolean) | undefined): boolean {
    const isOther = (isSilenced === undefined) !== (this.#isSilenced === undefined)
    this.#isSilenced = isSilenced
    return isOther
  }

  /** A request arrives. @param ask gives further orders for it */
  arrive(request: HttpRequest, id: number, ask: () => void): Directive[] {
    const directives: Directive[] = []
    this.#present = { id, directives }
    for (const order of this.#waiting.filter(({ pattern }) => matchesRequest(pattern, request))) {
      this.#waiting.splice(this.#waiting.indexOf(order), 1)
      directives.push(order.directive)
    }
    if (this.#isSilenced?.(request)) directives.push({ effect: 'hang' })
    ask()
    this.#present = undefined
    return directives
  }
}
