import { type HttpRequest, type HttpResponse, type Peer, WHEREABOUTS_HEADER } from '../domain/http.ts'

/** Tells the runs of one process apart. Only the interceptor sees it. */
export const RUN_HEADER = 'oobe-sim-run'

type Handle = (request: HttpRequest, peer: Peer) => HttpResponse

const runs = new Map<string, Handle>()
let server: { close(): void } | undefined
let starting: Promise<void> | undefined
let started = 0

/**
 * Answers this process's fetch through MSW, by one handler that catches all: of a run's requests none gets out. Ends with
 * the last run that was told of.
 */
export async function intercept(handle: Handle): Promise<{ headers: Record<string, string>; stop(): void }> {
  started++
  const id = `run-${started}`
  runs.set(id, handle)
  starting ??= listen()
  await starting
  return {
    headers: { [RUN_HEADER]: id },
    stop() {
      runs.delete(id)
      if (runs.size > 0) return
      server?.close()
      server = undefined
      starting = undefined
    },
  }
}

async function listen(): Promise<void> {
  quietWebStorage()
  // The parts that are needed: the whole of msw brings GraphQL and WebSockets along, and costs a short run dearly.
  const [{ http }, { setupServer }] = await Promise.all([import('msw/core/http'), import('msw/node')])
  const catchAll = http.all('*', async ({ request }) => {
    const handle = runs.get(request.headers.get(RUN_HEADER) ?? '')
    // A request of other code in this process is none of ours: it goes to its address.
    if (!handle) return
    const { status, headers, body } = handle(await plainRequest(request), peerOf(request))
    const hasBody = status !== 204 && status !== 304
    return new Response(hasBody ? (body as Uint8Array<ArrayBuffer>) : null, { status, headers })
  })
  const made = setupServer(catchAll)
  made.listen({ onUnhandledRequest: 'bypass' })
  server = made
}

async function plainRequest(request: Request): Promise<HttpRequest> {
  const headers = Object.fromEntries(request.headers)
  delete headers[RUN_HEADER]
  delete headers['client-cert']
  delete headers[WHEREABOUTS_HEADER]
  return {
    method: request.method as HttpRequest['method'],
    url: request.url,
    headers,
    body: new Uint8Array(await request.arrayBuffer()),
  }
}

/** RFC 9440, 2.2: the certificate as a byte sequence between colons. */
function peerOf(request: Request): Peer {
  const match = /^:([A-Za-z0-9+/=]+):$/.exec(request.headers.get('client-cert') ?? '')
  const from = request.headers.get(WHEREABOUTS_HEADER)
  return {
    ...(match ? { certificate: new Uint8Array(Buffer.from(match[1]!, 'base64')) } : {}),
    ...(from === null ? {} : { from: JSON.parse(from) as NonNullable<Peer['from']> }),
  }
}

/** MSW touches localStorage, and newer versions of Node warn of that on the terminal. */
function quietWebStorage(): void {
  if (Number(process.versions.node.split('.')[0]) < 25) return
  Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true, writable: true })
}
