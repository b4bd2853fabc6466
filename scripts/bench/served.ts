import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadTarget } from '../../src/scenario/target.ts'
import { makeSchool, scenarioOf } from './school-of-many.ts'

/**
 * One school in `oobe serve --data`, with many devices: first boots over mutual TLS, with connections that are kept. Arguments: the built
 * program, a folder for files, how many devices the school knows, and how many of them have their first boot now.
 */
const [, , oobe, out, countText, freshText] = process.argv
const [count, fresh] = [Number(countText), Number(freshText)]
/** Devices under way at a time. */
const ABREAST = 10

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

/** Milliseconds from its start until it answers. */
async function start(folder: string, port: number): Promise<{ server: ChildProcess; ms: number }> {
  const startedAt = performance.now()
  const server = spawn(process.execPath, [oobe!, 'serve', '--data', folder, '--port', String(port), '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  await new Promise<void>((done, fail) => {
    server.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('is served at')) done()
    })
    server.once('exit', () => fail(new Error(`the server ended: ${text}`)))
  })
  return { server, ms: performance.now() - startedAt }
}

async function end(server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const startedAt = performance.now()
  const ended = new Promise((done) => server.once('exit', done))
  server.kill(signal)
  await ended
  return performance.now() - startedAt
}

/** Of another process, by Linux' count: hundredths of a second, and kilobytes. */
function usedBy({ pid }: ChildProcess): { cpuMs: number; rssMb: number; peakMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
    rssMb: megabytes('VmRSS'),
    peakMb: megabytes('VmHWM'),
  }
}

async function load(origin: string, ca: string): Promise<{ requests: number; slowestMs: number; medianMs: number }> {
  const target = loadTarget(origin, [ca])
  const times: number[] = []
  let next = count - fresh
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next++
      const result = await runScenario(scenarioOf(index, Date.now()), {
        seed: index,
        transport: 'direct',
        target,
        wrap: (transport) => async (request, peer, signal) => {
          const askedAt = performance.now()
          const response = await transport(request, peer, signal)
          times.push(performance.now() - askedAt)
          return response
        },
      })
      if (!result.passed) throw new Error(`device ${index}: ${result.failures.join('; ')}`)
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, lane))
  times.sort((a, b) => a - b)
  return { requests: times.length, slowestMs: times.at(-1)!, medianMs: times[times.length >> 1]! }
}

const folder = mkdtempSync(join(out!, 'school-'))
const port = await freePort()
const origin = `https://localhost:${port}`
const ca = join(out!, 'many-ca.pem')
writeFileSync(ca, await makeSchool(folder, origin, count, fresh))
const sizeOf = (name: string) => statSync(join(folder, name)).size

const first = await start(folder, port)
const before = usedBy(first.server)
const startedAt = performance.now()
const loaded = await load(origin, ca)
const wallMs = performance.now() - startedAt
const after = usedBy(first.server)
const logBytes = sizeOf('requests.ndjson')
// As a machine that loses its power leaves it: the state, and the requests since.
await end(first.server, 'SIGKILL')
const killed = await start(folder, port)
const stoppedMs = await end(killed.server, 'SIGTERM')
const stopped = await start(folder, port)
await end(stopped.server, 'SIGTERM')
const cpuMs = after.cpuMs - before.cpuMs
console.log(
  JSON.stringify({
    count,
    fresh,
    requests: loaded.requests,
    cpuMs,
    perSecondAndCore: (loaded.requests * 1_000) / cpuMs,
    perSecond: (loaded.requests * 1_000) / wallMs,
    medianMs: loaded.medianMs,
    slowestMs: loaded.slowestMs,
    rssMb: { before: before.rssMb, after: after.rssMb, peak: after.peakMb },
    stateMb: sizeOf('state.json') / 1e6,
    logMb: logBytes / 1e6,
    files: readdirSync(folder),
    restartMs: { first: first.ms, killed: killed.ms, stopped: stopped.ms },
    stoppedMs,
  }),
)
