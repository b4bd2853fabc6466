import type { ConnectivityAnswer } from '../../domain/network.ts'
import { CODE, codeOfHttpStatus } from '../../domain/windows-codes.ts'
import { get, post, type Service } from '../service.ts'

/** Windows' connectivity test: a text over HTTP that nothing on the way may change. */
export const PROBE_PATH = '/connecttest.txt'
/** What a browser is sent to when the text is another. */
const REDIRECT_PATH = '/redirect'
export const PROBE_TEXT = 'Microsoft Connect Test'

export async function probeConnectivity(service: Service, signal?: AbortSignal): Promise<ConnectivityAnswer> {
  const url = `${service.endpoints.connectivity}${PROBE_PATH}`
  const answer = await service.http.send(get(url), {
    operation: 'connectivity probe',
    timeoutMs: 10_000,
    ...(signal ? { signal } : {}),
  })
  if (!answer.ok) return { kind: 'none', code: answer.trouble.code }
  const { status, headers, body } = answer.value
  if (status >= 300 && status < 400 && headers.location) return { kind: 'portal', url: headers.location }
  if (status === 200) {
    if (new TextDecoder().decode(body) === PROBE_TEXT) return { kind: 'internet' }
    // Another text: a page in its place. What Windows opens then is an address that the page can take the place of.
    return { kind: 'portal', url: `${service.endpoints.connectivity}${REDIRECT_PATH}` }
  }
  if (status === 407) return { kind: 'none', code: CODE.proxySignInNeeded }
  return { kind: 'none', code: codeOfHttpStatus(status) }
}

/** Accepts the terms on the page of a captive portal. */
export async function releasePortal(service: Service, url: string, signal?: AbortSignal): Promise<void> {
  const request = post(url, 'application/x-www-form-urlencoded', 'accept=true')
  await service.http.send(request, { operation: 'captive portal', ...(signal ? { signal } : {}) })
}
