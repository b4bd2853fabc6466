import type { KeyObject } from 'node:crypto'
import { leadsTo, MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import { plainHost } from '../domain/host-name.ts'
import type { Target } from '../domain/target.ts'
import { hostsOf } from '../domain/target-hosts.ts'
import { targetTransport } from '../ports/target-transport.ts'
import { connectionTo } from './target.ts'
import type { Way } from './ways.ts'

/** A way to a real service, which counts what it is asked. */
export interface WayToTarget extends Way {
  /** How many requests the target has answered. */
  requests(): number
}

/**
 * A host that the target names is the target's, also where the mock has one of that name. The mock answers for the services that
 * the target does not name, at its own hosts. Every other host is real, and the guard decides on it.
 */
export function throughTarget(
  target: Target,
  mocked: Way,
  keyOf: (certificate: Uint8Array) => KeyObject | undefined,
): WayToTarget {
  const real = targetTransport({ ...connectionTo(target), keyOf })
  const isMocked = leadsToMockBeside(target)
  let requests = 0
  return {
    requests: () => requests,
    // Where the sign-in is real, so is the school.
    ...(mocked.school && target.endpoints.login === undefined ? { school: mocked.school } : {}),
    connect: (now) => {
      const toMock = mocked.connect(now)
      return async (request, peer, signal) => {
        if (isMocked(request.url)) return toMock(request, peer, signal)
        const response = await real(request, peer, signal)
        requests++
        return response
      }
    },
    release: () => {
      real.close()
      mocked.release()
    },
  }
}

/** The maker of a TPM writes its address into the chip's certificate, and no target is asked for it. */
const IN_HARDWARE = 'vendorPki'

function leadsToMockBeside(target: Target): (url: string) => boolean {
  const left = Object.entries(MOCK_ENDPOINTS).filter(
    ([service]) => service === IN_HARDWARE || !Object.hasOwn(target.endpoints, service),
  )
  const isMocked = leadsTo(Object.fromEntries(left))
  const hosts = hostsOf(target)
  return (url) => !hosts.has(plainHost(new URL(url).hostname)) && isMocked(url)
}
