import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../cli/files.ts'

/** A Redis of the test, on a free port of loopback. What it is given is kept in a folder, also when it is killed. */
export interface TestRedis {
  url: string
  kill(): Promise<void>
  /** Again on the same port, with what it has kept. */
  restart(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

export async function startRedis(...options: string[]): Promise<TestRedis> {
  const port = await freePort()
  const folder = temporaryFolder()
  let child: ChildProcess | undefined
  const begin = async () => {
    const kept = ['--appendonly', 'yes', '--save', '', '--dir', folder]
    const args = ['--port', String(port), '--bind', '127.0.0.1', ...kept, ...options]
    const started = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    child = started
    let text = ''
    await new Promise<void>((done, fail) => {
      started.once('exit', () => fail(new Error(`redis-server has ended: ${text}`)))
      started.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.includes('Ready to accept connections')) done()
      })
    })
  }
  const kill = async () => {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((done) => running.once('exit', done))
    running.kill('SIGKILL')
    await gone
  }
  onTestFinished(kill)
  await begin()
  return { url: `redis://127.0.0.1:${port}`, kill, restart: begin }
}
