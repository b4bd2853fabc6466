import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { DeviceBehaviour } from '../../src/domain/device-behaviour.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import type { Answers } from '../../src/domain/person.ts'
import type { Target } from '../../src/domain/target.ts'
import type { Caller, Transport } from '../../src/ports/http.ts'
import type { Run } from '../../src/run/run.ts'
import type { RunResult } from '../../src/run/run-options.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { loadTarget } from '../../src/scenario/target.ts'

const SERVERS = resolve(import.meta.dirname, '../foreign')
const STARTS_WITHIN_MS = 30_000

/** A line of the server's log. */
export interface Seen {
  event: string
  [fact: string]: unknown
}

export interface Foreign {
  target: Target
  /** Where its authority, its keys and its profile are. */
  folder: string
  log(): Seen[]
  stop(): Promise<void>
}

/** Starts the strict server, in another process. */
export const startForeign = (...habits: string[]): Promise<Foreign> => startServer('server.py', habits)

/** Starts a server that knows nothing of us: a file of test/foreign. */
export async function startServer(file: string, habits: readonly string[]): Promise<Foreign> {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-foreign-'))
  const child = spawn('python3', ['-B', join(SERVERS, file), '--folder', folder, ...habits], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, errors] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  await new Promise<void>((ready, fail) => {
    const late = setTimeout(() => fail(new Error(`the foreign server does not start: ${errors}`)), STARTS_WITHIN_MS)
    const settle = (act: () => void) => {
      clearTimeout(late)
      act()
    }
    child.once('error', (error) => settle(() => fail(error)))
    child.once('exit', () => settle(() => fail(new Error(`the foreign server ended: ${errors}`))))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('--service')) settle(ready)
    })
  })
  return {
    target: loadTarget(join(folder, 'profile.yaml')),
    folder,
    log: () =>
      readFileSync(join(folder, 'log.ndjson'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Exchange {
  request: HttpRequest
  caller: Caller
  response: HttpResponse
}

export interface Played {
  result: RunResult
  run: Run
  exchanges: Exchange[]
}

export interface Playing {
  /** Of the device, where it differs from the best guess. */
  behaviour?: Partial<DeviceBehaviour>
  /** Another one than the happy path. */
  scenario?: string
  /** How long the person leaves the page of Windows Hello alone, where the server offers it: `hello=on`. */
  staysAtHello?: string
  /** Called before the device is powered on. */
  began?: (run: Run) => void
}

const DAY_MS = 86_400_000

const slowly = (wait: string): NonNullable<Answers['hello']> => [
  { wait, press: 'ok' },
  { pin: '482915', confirmPin: '482915' },
]

/** Plays a scenario against a server, or against the mock alone; the device's clock begins now, as it does with `--service`. */
export async function play(
  name: string,
  target?: Target,
  change: (request: HttpRequest) => HttpRequest = (request) => request,
  { behaviour, staysAtHello, began }: Playing = {},
): Promise<Played> {
  const [loaded] = loadScenarios(name)
  // The management extension has a channel that is the mock's own.
  const management = { ...loaded!.tenant.management, hasAgent: false }
  const scenario: Scenario = {
    ...loaded!,
    startsAt: Date.now(),
    tenant: { ...loaded!.tenant, management },
    device: { ...loaded!.device, behaviour: { ...loaded!.device.behaviour, ...behaviour } },
    ...(staysAtHello ? { stuckAfterMs: 2 * DAY_MS, person: { ...loaded!.person, hello: slowly(staysAtHello) } } : {}),
  }
  const exchanges: Exchange[] = []
  const wrap =
    (transport: Transport): Transport =>
    async (asked, caller, signal) => {
      const request = change(asked)
      const response = await transport(request, caller, signal)
      exchanges.push({ request, caller, response })
      return response
    }
  const { run, release } = await prepareRun(scenario, {
    seed: 5,
    transport: 'direct',
    wrap,
    ...(target ? { target } : {}),
  })
  began?.(run)
  const result = await run.play().finally(release)
  return { result, run, exchanges }
}

export const HAPPY_PATH = 'surface-wifi-happy-path'

/** Plays against a server with these habits, and says what both sides made of it. */
export async function against(
  habits: string[],
  change?: (request: HttpRequest) => HttpRequest,
  playing?: Playing,
): Promise<Played & { log: Seen[] }> {
  const foreign = await startForeign(...habits)
  try {
    const played = await play(playing?.scenario ?? HAPPY_PATH, foreign.target, change, playing)
    return { ...played, log: foreign.log() }
  } finally {
    await foreign.stop()
  }
}

export const textOf = ({ body }: { body: Uint8Array }): string => new TextDecoder().decode(body)

/** A request whose body was changed; a change that finds nothing is a mistake in the test. */
export function changed(request: HttpRequest, from: string | RegExp, to: string): HttpRequest {
  const text = textOf(request)
  const next = text.replace(from, to)
  if (next === text) throw new Error(`nothing of ${from} in ${text}`)
  return { ...request, body: new TextEncoder().encode(next) }
}

/** Base64 with one bit flipped, at a byte counted from the end. */
export function flipped(base64: string, fromEnd: number): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[bytes.length - fromEnd] = bytes[bytes.length - fromEnd]! ^ 1
  return bytes.toString('base64')
}

export const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})

/** Exchanges of a run with the management server. */
export const withCare = ({ exchanges }: Played): Exchange[] =>
  exchanges.filter(({ request }) => request.url.includes('/care/sync'))

/** What the server wrote of one kind. */
export const seenAs = (event: string, log: readonly Seen[]): Seen[] => log.filter((seen) => seen.event === event)
