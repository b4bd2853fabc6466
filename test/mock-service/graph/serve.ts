import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, type Context, HTTPMessageHandler, type Middleware } from '@microsoft/microsoft-graph-client'
import type { HttpRequest, HttpResponse } from '../../../src/domain/http.ts'
import { encodeJwt } from '../../../src/protocols/jwt/jwt.ts'
import { START, type TenantScene, tenantOf } from '../directory/tenant-of.ts'

export const APPLICATION = { id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b', secret: 'chalk-and-blackboard' }
export const TENANT = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'

const request = (method: HttpRequest['method'], url: string, body = '', headers = {}): HttpRequest => ({
  method,
  url,
  headers,
  body: new TextEncoder().encode(body),
})

// biome-ignore lint/suspicious/noExplicitAny: every answer has its own shape, which its test expects
export type Json = any

export const jsonOf = ({ body }: HttpResponse): Json => JSON.parse(new TextDecoder().decode(body))

/** A token as a script gets it: by its own id and secret. */
export function tokenOf({ handle }: Pick<TenantScene, 'handle'>, changes: Record<string, string> = {}): HttpResponse {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: APPLICATION.id,
    client_secret: APPLICATION.secret,
    scope: 'https://graph.microsoft.test/.default',
    ...changes,
  })
  return handle(request('POST', `https://login.microsoftonline.test/${TENANT}/oauth2/v2.0/token`, form.toString()))
}

/** A token of the tenant with these claims: what no sign-in of the mock issues yet. */
export const tokenWith = ({ tenant }: Pick<TenantScene, 'tenant'>, claims: Record<string, unknown>): string =>
  encodeJwt(
    { aud: 'https://graph.microsoft.test', exp: START / 1000 + 3_600, ...claims },
    tenant.tokenKey(),
    'oobe-sim-1',
  )

export interface Answer {
  status: number
  headers: Record<string, string>
  /** The sentence of a refusal of Intune takes the place of the JSON around it. */
  json: Json
  /** The body as it came. */
  text: string
}

/** Intune puts its own JSON into the message of an error. */
function withPlainMessage(json: Json): Json {
  const message = json?.error?.message
  if (typeof message !== 'string' || !message.startsWith('{')) return json
  const [sentence] = JSON.parse(message).Message.split(' - Operation ID')
  return { ...json, error: { ...json.error, message: sentence } }
}

/** Asks the mock without a connection. A body that is a text is sent as it is. */
export const asking =
  ({ handle }: Pick<TenantScene, 'handle'>, token: string) =>
  (method: HttpRequest['method'], path: string, body?: object | string, more: Record<string, string> = {}): Answer => {
    const headers = {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    }
    const sent = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const response = handle(request(method, `https://graph.microsoft.test${path}`, sent, headers))
    const text = new TextDecoder().decode(response.body)
    const isJson = response.headers['content-type']?.includes('json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      json: isJson ? withPlainMessage(JSON.parse(text)) : undefined,
      text,
    }
  }

export const directly = (...scene: Parameters<typeof tenantOf>) => {
  const made = tenantOf(...scene)
  return { ...made, ask: asking(made, jsonOf(tokenOf(made)).access_token) }
}

async function bytesOf(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return new Uint8Array(Buffer.concat(chunks))
}

/** The mock on a loopback port, and Microsoft's own client in front of it. */
export async function served(...scene: Parameters<typeof tenantOf>) {
  const made = tenantOf(...scene)
  const server = createServer((message, answer) => {
    void bytesOf(message).then((body) => {
      const url = `https://graph.microsoft.test${message.url!}`
      const headers = message.headers as Record<string, string>
      const response = made.handle({ method: message.method as HttpRequest['method'], url, headers, body })
      answer.writeHead(response.status, response.headers).end(response.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = new HTTPMessageHandler()
  // The client's own authentication gives its token to https alone, and this is loopback.
  const authentication: Middleware = {
    execute(context: Context) {
      const headers = { ...(context.options?.headers as object), authorization: `Bearer ${token}` }
      context.options = { ...context.options, headers }
      return http.execute(context)
    },
  }
  const token: string = jsonOf(tokenOf(made)).access_token
  const client = Client.initWithMiddleware({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    defaultVersion: 'beta',
    middleware: authentication,
  })
  return { ...made, client, close: () => new Promise((resolve) => server.close(resolve)) }
}
