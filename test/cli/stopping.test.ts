import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { call, folder } from './call.ts'
import { HAPPY_PATH, journalOf, temporaryFolder } from './files.ts'
import { start } from './program.ts'

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 143],
  ['SIGQUIT', 131],
] as const

const FAILURE = expect.stringMatching(/^the run was stopped after \S+, before its end$/)

/** What each journal of a stopped run ends with. */
const END = [
  { kind: 'stimulus', by: 'terminal', stimulus: { kind: 'stop' } },
  { kind: 'outcome', outcome: { kind: 'stopped' } },
  { kind: 'verdict', passed: false, failures: [FAILURE] },
]

/** Calls the program, and sends this process a signal in the middle. */
async function stopped(signal: NodeJS.Signals, afterMs: number, ...args: string[]) {
  const before = process.listenerCount(signal)
  const ended = call(...args)
  await vi.waitUntil(() => process.listenerCount(signal) > before, 20_000)
  await wait(afterMs)
  process.emit(signal)
  const result = await ended
  expect(process.listenerCount(signal)).toBe(before)
  return result
}

describe('a signal', { timeout: 60_000 }, () => {
  test.each(SIGNALS)('%s stops the scenario that is played, and all reports are written', async (signal, code) => {
    const out = join(folder, 'out')
    const names = [HAPPY_PATH, 'not-registered', 'wifi-wrong-key']
    const args = ['run', ...names, '--transport', 'direct', '--speed', '60', '--reporter', 'list,junit', '--out', out]
    const ended = await stopped(signal, 400, ...args)
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: '' })
    expect(ended.stdout).toMatch(
      /^✗ surface-wifi-happy-path {2}stopped {2}\[\S+, seed 1\]\n {4}the run was stopped after \S+, before its end\n- not-registered {2}not played\n- wifi-wrong-key {2}not played\n\n0 passed, 1 failed, 2 not played /,
    )
    expect(journalOf(out, HAPPY_PATH).slice(-END.length)).toMatchObject(END)
    const junit = readFileSync(join(out, 'junit.xml'), 'utf8')
    expect(junit).toContain('tests="3" failures="1" errors="0" skipped="2"')
    expect(junit.match(/<skipped /g)).toHaveLength(2)
    const shown = await call('show', join(out, HAPPY_PATH))
    expect(shown.stdout).toMatch(/\n✗ stopped\n {4}the run was stopped after \S+, before its end\n$/)
    const again = await call('replay', join(out, HAPPY_PATH), '--out', out)
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('the recorded run, byte by byte') })
  })

  test('stops a first boot without a terminal', async () => {
    const out = join(folder, 'out')
    const { code, stdout } = await stopped('SIGTERM', 400, 'boot', '--plain', '--speed', '60', '--out', out)
    expect(code).toBe(143)
    expect(stdout).toMatch(/\noutcome: stopped, after .*\n {2}the run was stopped after \S+, before its end\n$/)
    expect(journalOf(out, HAPPY_PATH).slice(-END.length)).toMatchObject(END)
  })

  test('stops a replay, whose record is not blamed for it', async () => {
    const out = join(folder, 'out')
    expect((await call('run', 'wrong-password', '--transport', 'direct', '--out', out)).code).toBe(0)
    const recorded = join(out, 'wrong-password')
    const { code, stdout, stderr } = await stopped('SIGINT', 20, 'replay', recorded, '--choose', '1=0', '--out', out)
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
    expect(stdout).toMatch(/^wrong-password: the replay was stopped after \S+ of device time\njournal: /)
    expect(journalOf(out, 'wrong-password-replay').slice(-END.length)).toMatchObject(END)
  })
})

/** A service that takes connections, and answers no request. */
async function silentService() {
  let ask: () => void
  const asked = new Promise<void>((resolve) => (ask = resolve))
  const server = createServer(() => ask())
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** The program in the middle of a request, and how long it took to end after the signals. */
async function stoppedInRequest(...pausesMs: number[]) {
  const { origin, asked } = await silentService()
  const out = temporaryFolder()
  const service = `${origin}/EnrollmentServer/Discovery.svc`
  const args = ['run', HAPPY_PATH, 'not-registered', '--service', service, '--reporter', 'list,junit', '--out', out]
  const { child, ended } = start(args)
  await Promise.race([asked, ended])
  const begin = performance.now()
  child.kill('SIGINT')
  for (const ms of pausesMs) {
    await wait(ms)
    child.kill('SIGINT')
  }
  const { code, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
  return { out, tookMs: performance.now() - begin }
}

describe('a service that is silent', { timeout: 60_000 }, () => {
  test('holds up the end for a second at most', async () => {
    const { out, tookMs } = await stoppedInRequest()
    expect(tookMs).toBeLessThan(3_000)
    expect(journalOf(out, HAPPY_PATH).slice(-END.length)).toMatchObject(END)
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain('tests="2" failures="1" errors="0" skipped="1"')
  })

  test('is not waited for after a second signal', async () => {
    const { out, tookMs } = await stoppedInRequest(200)
    expect(tookMs).toBeLessThan(900)
    expect(journalOf(out, HAPPY_PATH).at(-1)).toMatchObject({ kind: 'request' })
  })
})
