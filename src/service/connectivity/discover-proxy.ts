import { get, type Service } from '../service.ts'

/** Asks for the PAC file that the network has told of (WPAD). True when it is here. */
export async function discoverProxy(service: Service, url: string, signal?: AbortSignal): Promise<boolean> {
  const options = { operation: 'WPAD', timeoutMs: 10_000, ...(signal ? { signal } : {}) }
  const answer = await service.http.send(get(url), options)
  return answer.ok && answer.value.status === 200
}
