import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Tpm } from '../../../src/device/tpm/tpm.ts'
import { messageSize } from '../../../src/protocols/tpm/frames.ts'
import { missing } from './tools.ts'

const PROGRAM = 'swtpm'
const DEADLINE_MS = 10_000

export interface Swtpm {
  tpm: Tpm
  /** Raw bytes over the data port, until as many have come back. */
  exchange(bytes: Uint8Array, length: number): Promise<Uint8Array>
  /** The same TPM for a program of tpm2-tools. */
  tcti: string
  stop(): Promise<void>
}

const ATTEMPTS_MAX = 3

/** A separate software TPM in a separate process, started but for Startup. */
export async function startSwtpm(flags = 'not-need-init'): Promise<Swtpm> {
  if (missing.includes(PROGRAM)) throw new Error(`${PROGRAM} is missing`)
  for (let attempt = 1; ; attempt++) {
    const swtpm = await tryToStart(flags)
    if (swtpm) return swtpm
    // Another process took the port before.
    if (attempt === ATTEMPTS_MAX) throw new Error('swtpm does not start')
  }
}

async function tryToStart(flags: string): Promise<Swtpm | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-swtpm-'))
  const [port, control] = await freePorts()
  const child = spawn(
    PROGRAM,
    [
      ...['socket', '--tpm2', '--tpmstate', `dir=${folder}`],
      ...['--server', `type=tcp,port=${port},bindaddr=127.0.0.1,disconnect`],
      ...['--ctrl', `type=tcp,port=${control},bindaddr=127.0.0.1`],
      ...['--flags', flags],
    ],
    { stdio: 'ignore' },
  )
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    const late = setTimeout(kill, DEADLINE_MS)
    await ended
    clearTimeout(late)
    process.off('exit', kill)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    ;(await connectTo(port, child)).destroy()
  } catch {
    await stop()
    return undefined
  }
  return {
    tpm: { execute: (command) => send(port, child, command, messageSize) },
    exchange: (bytes, length) => send(port, child, bytes, () => length),
    tcti: `swtpm:host=127.0.0.1,port=${port}`,
    stop,
  }
}

/** One connection for each message: swtpm closes it behind its answer, so that programs can come in between. */
async function send(
  port: number,
  child: ChildProcess,
  bytes: Uint8Array,
  sizeOf: (received: Uint8Array) => number | undefined,
): Promise<Uint8Array> {
  const socket = await connectTo(port, child)
  try {
    return await new Promise((resolve, reject) => {
      let received = Buffer.alloc(0)
      const timer = setTimeout(() => reject(new Error('swtpm does not answer')), DEADLINE_MS)
      socket
        .on('data', (chunk: Buffer) => {
          received = Buffer.concat([received, chunk])
          const size = sizeOf(received)
          if (size !== undefined && received.length >= size) resolve(new Uint8Array(received))
        })
        .once('close', () => {
          clearTimeout(timer)
          reject(new Error('swtpm closed the connection'))
        })
      socket.write(bytes)
    })
  } finally {
    socket.destroy()
  }
}

async function connectTo(port: number, child: ChildProcess): Promise<Socket> {
  const end = performance.now() + DEADLINE_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`swtpm ended with ${child.exitCode}`)
    const socket = connect({ port, host: '127.0.0.1' })
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    if (isOpen) return socket
    if (performance.now() > end) throw new Error('swtpm does not listen')
    await wait(20)
  }
}

/** Two neighbours: tpm2-tools look for the control port behind the data port. */
export async function freePorts(): Promise<[number, number]> {
  for (;;) {
    const server = createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    )
    const next = createServer()
    const isFree = await new Promise<boolean>((resolve) =>
      next.once('error', () => resolve(false)).listen(port + 1, '127.0.0.1', () => resolve(true)),
    )
    await Promise.all([closed(server), isFree ? closed(next) : undefined])
    if (isFree) return [port, port + 1]
  }
}

const closed = (server: ReturnType<typeof createServer>) => new Promise((resolve) => server.close(resolve))
