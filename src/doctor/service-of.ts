import type { VirtualDevice } from '../device/virtual-device.ts'
import { MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../domain/http.ts'
import type { Target } from '../domain/target.ts'
import { failure, success } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { ConnectionTrouble, type Transport } from '../ports/http.ts'
import { seededIds } from '../ports/ids.ts'
import { freshSeed, seededChance } from '../ports/seeded-chance.ts'
import { deadline, pause } from '../ports/stopwatch.ts'
import type { SessionService } from '../service/service.ts'
import { ANSWER_MAX_MS } from './finding.ts'

/** An exchange that came to its end. */
export interface Heard {
  operation: string
  request: HttpRequest
  response: HttpResponse
}

/**
 * A target as the client of the service knows one, and what was heard of it.
 *
 * @param trial whose certificate stores count, once it is enrolled
 */
export function serviceOf(
  { endpoints, means }: Target,
  transport: Transport,
  trial?: VirtualDevice,
): { service: SessionService; heard: Heard[] } {
  const heard: Heard[] = []
  const service: SessionService = {
    endpoints: { ...MOCK_ENDPOINTS, ...endpoints },
    ids: seededIds(seededChance(freshSeed(), 'service')),
    ...(means ? { means } : {}),
    wait: pause,
    http: {
      send: async (request, { operation, certificate, signal: outer }) => {
        const { authorities } = trial ?? {}
        const caller = { ...(certificate ? { certificate } : {}), ...(authorities ? { authorities } : {}) }
        const own = deadline(ANSWER_MAX_MS)
        const signal = outer ? AbortSignal.any([own, outer]) : own
        try {
          const response = await transport(request, caller, signal)
          heard.push({ operation, request, response })
          return success(response)
        } catch (error) {
          if (signal.aborted) {
            const limit = own.aborted ? `no answer within ${ANSWER_MAX_MS / 1000} s` : 'the time for all of it is over'
            return failure(CODE.connectionTimedOut, `${limit} (${CODE.connectionTimedOut})`, request.url)
          }
          if (error instanceof ConnectionTrouble) return failure(error.code, error.message, request.url)
          throw error
        }
      },
    },
  }
  return { service, heard }
}
