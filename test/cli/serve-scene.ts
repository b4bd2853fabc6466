import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { targetTransport } from '../../src/ports/target-transport.ts'
import { folder } from './call.ts'
import { type Started, start } from './program.ts'

// biome-ignore lint/suspicious/noExplicitAny: every answer has its own shape, which its test expects
type Json = any

export interface Server extends Started {
  origin: string
  ca: string
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; json: Json }>
}

/** Starts the real program, and waits until it serves. */
export async function serve(...args: string[]): Promise<Server> {
  const caFile = join(folder, 'ca.pem')
  const started = start(['serve', '--port', '0', '--ca-file', caFile, ...args], folder)
  onTestFinished(() => void started.child.kill('SIGKILL'))
  let output = ''
  const origin = await new Promise<string>((done, fail) => {
    started.child.stdout!.on('data', (text: string) => {
      output += text
      const match = /is served at (\S+)\n|"origin":"([^"]+)"/.exec(output)
      if (match) done((match[1] ?? match[2])!)
    })
    void started.ended.then(({ stderr }) => fail(new Error(stderr)))
  })
  const ca = readFileSync(caFile, 'utf8')
  const transport = targetTransport({ hosts: new Set(), trust: [ca], keyOf: () => undefined })
  onTestFinished(() => transport.close())
  return {
    ...started,
    origin,
    ca: caFile,
    async ask(method, path, body = '', headers = {}) {
      const request = { method, url: `${origin}${path}`, headers, body: new TextEncoder().encode(body) }
      const answer = await transport(request, {}, new AbortController().signal)
      const text = new TextDecoder().decode(answer.body)
      return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : text }
    },
  }
}

/** Of an application that may do all. */
export async function tokenOf(server: Server): Promise<Record<string, string>> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b',
    client_secret: 'chalk-and-blackboard',
    scope: 'https://graph.microsoft.test/.default',
  }).toString()
  const path = '/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/oauth2/v2.0/token'
  const { access_token: token } = (await server.ask('POST', path, form)).json
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}
