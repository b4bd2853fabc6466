import { writeFileSync } from 'node:fs'
import type { HttpRequest } from '../domain/http.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { json } from '../mock-service/responses.ts'
import { canConnect, type Exchange, listen } from '../ports/listen.ts'
import { freshSeed } from '../ports/seeded-chance.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { loadTenantFile } from '../scenario/library.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions, parsePort, parseSeed } from './options.ts'
import { print, printNote } from './print.ts'
import type { Beginning } from './serve/beginning.ts'
import { DataFolder } from './serve/data-folder.ts'
import { createDevelopmentCa, createServerCertificate } from './serve/development-ca.ts'
import { serveTenant } from './serve/served-tenant.ts'
import { DEFAULT_TENANT } from './tenant/live-tenant.ts'

const HELP = `oobe serve                the mocked services of a school over HTTPS, on loopback

  --tenant T             which school (default: ${DEFAULT_TENANT})
  --port N               0 takes a free one (default: 8443)
  --ca-file FILE         writes the certificate of the development CA there, for --trust of a device
  --data DIR             keeps the school's state there: a server that was killed continues where it was
  --http                 plain HTTP, for a proxy in front that ends TLS
  --origin URL           where the proxy is: what answers name as their address; with --http
  --trusted-proxy ADDR   believes Client-Cert (RFC 9440) and X-Forwarded-For of that address; with --http
  --seed N               the same seed gives the same ids (default: a fresh one)
  --quiet                no line for each request
  --json                 every line is an object: where it listens, each request, the end

Ctrl+C stops it: what is under way is finished. exit: 0 stopped, 2 bad usage or a bad file, 3 the port is taken`

const OPTIONS = {
  tenant: { type: 'string' },
  port: { type: 'string' },
  'ca-file': { type: 'string' },
  data: { type: 'string' },
  http: { type: 'boolean' },
  origin: { type: 'string' },
  'trusted-proxy': { type: 'string' },
  seed: { type: 'string' },
  quiet: { type: 'boolean' },
  json: { type: 'boolean' },
} as const
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values']

const DEFAULT_PORT = 8443

export async function serveCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe serve')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', `serve takes no operand: ${positionals[0]}`)
  if (values['trusted-proxy'] !== undefined && !values.http) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--trusted-proxy goes with --http', [
      'Over HTTPS the client certificate comes from TLS, and no header can replace it',
    ])
  }
  const trustedProxy = values['trusted-proxy']
  if (trustedProxy !== undefined && !canConnect(trustedProxy)) {
    throw new UserError('ERR_BAD_ARGUMENTS', `--trusted-proxy: no proxy can connect from "${trustedProxy}"`, [
      'oobe serve listens on this machine alone: the address is 127.0.0.1, or another one that begins with 127.',
    ])
  }
  const proxy = values.origin === undefined ? undefined : parseOrigin(values.origin, values.http === true)
  const port = values.port === undefined ? DEFAULT_PORT : parsePort(values.port)
  const data = values.data === undefined ? undefined : new DataFolder(values.data)
  try {
    await serveUntilStopped(values, { port, proxy, data })
  } finally {
    data?.close()
  }
  print(values.json ? JSON.stringify({ stopped: true }) : 'stopped')
  return EXIT.pass
}

async function serveUntilStopped(
  values: Values,
  { port, proxy, data }: { port: number; proxy: string | undefined; data: DataFolder | undefined },
): Promise<void> {
  const resumed = data?.resume()
  if (resumed) refuseOther(values, resumed.beginning)
  const definition = resumed?.beginning.definition ?? loadTenantFile(values.tenant ?? DEFAULT_TENANT)
  const seed = values.seed === undefined ? freshSeed() : parseSeed(values.seed)
  const ca = resumed?.beginning.ca ?? createDevelopmentCa(wallClock())
  if (values['ca-file'] !== undefined) writeCa(values['ca-file'], ca.certificate)
  const certificate = values.http ? undefined : createServerCertificate(ca, wallClock())
  let served: ReturnType<typeof serveTenant> | undefined
  const listening = await listen(
    (request, peer) => {
      if (new URL(request.url).pathname === '/healthz') return json(200, { status: 'ok' })
      return served!.handle(proxy === undefined ? request : asAskedAt(proxy, request), peer)
    },
    {
      port,
      ...(certificate ? { tls: certificate } : {}),
      ...(values['trusted-proxy'] === undefined ? {} : { trustedProxies: [values['trusted-proxy']] }),
      onExchange: (exchange) => report(exchange, values),
    },
  )
  try {
    const origin = proxy ?? listening.origin
    const beginning: Beginning = resumed?.beginning ?? { definition, startedAt: wallClock(), seed, ca, origin }
    if (beginning.origin !== origin) refuseOrigin(values.data!, beginning.origin, proxy)
    if (!resumed) data?.begin(beginning)
    served = serveTenant(resumed ?? { beginning, state: undefined, requests: [] }, data, wallClock, printNote)
    const introduction = values.json ? introduceAsJson : introduce
    introduction(beginning, listening.origin, resumed?.count, values)
    await stopped()
  } finally {
    await listening.close()
  }
  served.stop()
}

/** A folder holds one school, with its seed. */
function refuseOther({ data, tenant, seed }: Values, beginning: Beginning): void {
  const { id } = beginning.definition
  if (tenant !== undefined && tenant !== id) {
    throw new UserError('ERR_BAD_ARGUMENTS', `${data} holds the tenant "${id}", not "${tenant}"`)
  }
  if (seed !== undefined && parseSeed(seed) !== beginning.seed) {
    throw new UserError('ERR_BAD_ARGUMENTS', `${data} has the seed ${beginning.seed}, not ${seed}`)
  }
}

function refuseOrigin(folder: string, origin: string, proxy: string | undefined): never {
  throw new UserError('ERR_BAD_ARGUMENTS', `${folder} was served at ${origin}`, [
    proxy === undefined
      ? `--port ${new URL(origin).port} serves it there again`
      : `--origin ${origin} serves it there again`,
  ])
}

/** What a proxy was asked: it may say neither its name nor that it speaks TLS. */
function asAskedAt(origin: string, request: HttpRequest): HttpRequest {
  const { pathname, search } = new URL(request.url)
  return { ...request, url: `${origin}${pathname}${search}` }
}

function parseOrigin(text: string, isHttp: boolean): string {
  if (!isHttp) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--origin goes with --http', [
      'Over HTTPS the server names its own address',
    ])
  }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text}" is no origin`, ['such as https://school.example:9443'])
}

function writeCa(file: string, certificate: string): void {
  try {
    writeFileSync(file, certificate)
  } catch (cause) {
    throw new InfrastructureError('ERR_CANNOT_WRITE', `${file}: ${(cause as Error).message}`, { cause })
  }
}

function introduceAsJson({ definition, origin, ca }: Beginning, listensAt: string, resumed: number | undefined): void {
  const { id: tenant, name } = definition
  print(JSON.stringify({ tenant, name, origin, listensAt, requestsKnown: resumed ?? 0, ca: ca.certificate }))
}

function introduce(
  { definition, ca, origin }: Beginning,
  listensAt: string,
  resumed: number | undefined,
  values: { 'ca-file'?: string | undefined; http?: boolean | undefined; data?: string | undefined },
): void {
  const caFile = values['ca-file'] ?? 'oobe-ca.pem'
  print(`${definition.name} is served at ${origin}`)
  if (listensAt !== origin) print(`It listens at ${listensAt}`)
  if (resumed !== undefined) print(`It continues where it was. Requests known from ${values.data}: ${resumed}`)
  print('')
  if (values.http) {
    print(
      'Device management requires client certificates, which plain HTTP does not have: devices go through a proxy that ends TLS,',
    )
    print('sends on the certificate (--trusted-proxy) and is where answers lead (--origin).')
  } else {
    print('A device that talks to it:')
    print(`  oobe boot --service ${origin} --trust ${caFile}`)
    print(`  oobe run surface-wifi-happy-path --service ${origin} --trust ${caFile}`)
  }
  print("Any MDM client, and administrators' scripts:")
  print(`  discovery   ${origin}/EnrollmentServer/Discovery.svc`)
  print(`  Graph       ${origin}/v1.0, ${origin}/beta`)
  if (values['ca-file'] === undefined && !values.http) {
    print('')
    print('The development CA, for --trust (--ca-file FILE writes it):')
    print(ca.certificate.trimEnd())
  }
  print('')
}

function report({ request, status, tookMs, bug }: Exchange, { quiet, json: isJson }: Values): void {
  if (bug instanceof InfrastructureError) printNote(`${bug.code}: ${bug.message}`)
  else if (bug !== undefined) {
    const text = bug instanceof Error ? (bug.stack ?? bug.message) : JSON.stringify(bug)
    printNote(`this is a bug in oobe-sim; please report it: ${text}`)
  }
  if (quiet) return
  const { pathname: path } = URL.canParse(request.url) ? new URL(request.url) : { pathname: request.url }
  const { method } = request
  const at = new Date(wallClock()).toISOString()
  if (isJson) print(JSON.stringify({ at, method, path, status, tookMs: Number(tookMs.toFixed(1)) }))
  else print(`${at} ${method} ${path} ${status} ${tookMs.toFixed(1)} ms`)
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
