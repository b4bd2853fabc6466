import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceKey } from '../../src/device/device-keys.ts'
import type { KeySource } from '../../src/ports/keys.ts'
import { createKeySource, derivedKeys } from '../../src/ports/rsa-keys.ts'
import { type PlayOptions, runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { loadTarget } from '../../src/scenario/target.ts'

/**
 * Devices from power-on to the desktop, enrolment and all, by the way their requests take and by where their keys come
 * from. Arguments: the built program, a folder for files, and how many devices a case has.
 */
const [, , oobe, folder, countText] = process.argv
const count = Number(countText)
/** Devices that are not counted: what a process compiles on the way costs them, and no later one. */
const WARM = 5
const scenario = loadScenarios('surface-wifi-happy-path')[0]!

interface Measured {
  perSecond: number
  /** Of this process. */
  cpuMs: number
  /** Of the server's process, when there is one. */
  serverCpuMs: number | null
}

async function measure(devices: number, options: () => PlayOptions, server?: number): Promise<Measured> {
  const play = async (seed: number, startsAt: number) => {
    const result = await runScenario({ ...scenario, startsAt }, { seed, ...options() })
    if (!result.passed) throw new Error(`seed ${seed}: ${result.failures.join('; ')}`)
  }
  const startsAt = () => (server === undefined ? scenario.startsAt : Date.now())
  for (let seed = 1; seed <= WARM; seed++) await play(seed, startsAt())
  const before = { at: performance.now(), cpu: process.cpuUsage(), server: cpuOf(server) }
  for (let seed = 11; seed < 11 + devices; seed++) await play(seed, startsAt())
  const { user, system } = process.cpuUsage(before.cpu)
  return {
    perSecond: (devices * 1000) / (performance.now() - before.at),
    cpuMs: (user + system) / 1000 / devices,
    serverCpuMs: server === undefined ? null : (cpuOf(server) - before.server) / devices,
  }
}

/** Milliseconds of processor time of another process, by Linux' count in hundredths of a second. */
function cpuOf(pid: number | undefined): number {
  if (pid === undefined) return 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function overHttps(): Promise<{ kept: Measured; fresh: Measured }> {
  const ca = join(folder!, 'ca.pem')
  const server = spawn(process.execPath, [oobe!, 'serve', '--port', '0', '--ca-file', ca, '--seed', '1', '--quiet'])
  try {
    const origin = await new Promise<string>((resolve, reject) => {
      let text = ''
      server.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        const found = /https:\/\/localhost:\d+/.exec(text)?.[0]
        if (found) resolve(found)
      })
      server.once('exit', () => reject(new Error(`the server ended: ${text}`)))
    })
    const target = loadTarget(origin, [ca])
    const kept = await measure(count, () => ({ transport: 'direct', target }), server.pid)
    const fresh = await measure(
      Math.ceil(count / 2),
      () => ({
        transport: 'direct',
        target,
        wrap: (transport) => async (request, peer, signal) => {
          const closing = { ...request, headers: { ...request.headers, connection: 'close' } }
          return transport(closing, peer, signal)
        },
      }),
      server.pid,
    )
    return { kept, fresh }
  } finally {
    server.kill()
  }
}

/** Milliseconds that one call takes, over as many as fit into a moment. */
function each(work: () => unknown, atLeast = 3): number {
  const startedAt = performance.now()
  let done = 0
  while (done < atLeast || performance.now() - startedAt < 300) {
    work()
    done++
  }
  return (performance.now() - startedAt) / done
}

const withKeys = (keys: () => KeySource) => () => ({ transport: 'direct' as const, keys: keys() })
const none: KeySource = createKeySource({ counters: {} })
let drawn = 0

const direct = await measure(count, () => ({ transport: 'direct' }))
const msw = await measure(count, () => ({ transport: 'msw' }))
const derived = await measure(
  count,
  withKeys(() => createKeySource()),
)
const searched = await measure(
  2,
  withKeys(() => createKeySource({ counters: {} })),
)
const https = await overHttps()
const keys = {
  searchMs: each(() => none.rsa2048('bench', `label ${drawn++}`)),
  derivedMs: each(() => deviceKey(scenario.device, createKeySource(), 'mdm')),
  pooledMs: each(() => deviceKey(scenario.device, derivedKeys, 'mdm')),
  p256Ms: each(() => generateKeyPairSync('ec', { namedCurve: 'P-256' })),
}
console.log(JSON.stringify({ direct, msw, derived, searched, https, keys }))
