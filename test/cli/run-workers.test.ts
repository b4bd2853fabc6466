import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { changedScenario, filesBelow, HAPPY_PATH, journalOf, temporaryFolder } from './files.ts'
import { oobe, start } from './program.ts'

const QUICK = ['not-registered', 'wifi-wrong-key', 'tenant-lock', 'wrong-password', 'multifactor-denied']

/** Times of this machine are not the same twice. */
const withoutTimes = (text: string): string => text.replace(/ in [\d.]+ s\)/, ' in … s)')

const END = [
  { kind: 'stimulus', by: 'terminal', stimulus: { kind: 'stop' } },
  { kind: 'outcome', outcome: { kind: 'stopped' } },
  { kind: 'verdict', passed: false },
]

/** Processes that a process has started; where there is no /proc, none can be seen. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.split(' ').flatMap((one) => (one.trim() === '' ? [] : [Number(one)]))
}

const isThere = (pid: number): boolean =>
  existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''

/** Without /proc the processes cannot be seen. */
const isBlind = !existsSync('/proc/self/task')

/** Two workers in the middle of long plays, and one scenario that has to wait. */
async function playing(out: string, speed: string) {
  const { child, ended } = start([
    'run',
    HAPPY_PATH,
    'wifi-wrong-key',
    'not-registered',
    '--workers',
    '2',
    '--speed',
    speed,
    '--out',
    out,
  ])
  const journals = [HAPPY_PATH, 'wifi-wrong-key'].map((name) => join(out, name, 'journal.ndjson'))
  const hasPage = (path: string) => existsSync(path) && readFileSync(path, 'utf8').includes('"page":"region"')
  await vi.waitUntil(() => journals.every(hasPage), { timeout: 30_000, interval: 20 })
  return { child, ended, workers: childrenOf(child.pid!) }
}

const gone = (pids: readonly number[]) => vi.waitUntil(() => !pids.some(isThere), { timeout: 5_000, interval: 20 })

describe('two workers', { timeout: 60_000 }, () => {
  test('print what one process prints, and write the same bytes', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    const wrong = join(temporaryFolder(), 'wrong.yaml')
    writeFileSync(wrong, changedScenario(HAPPY_PATH, 'account: standard', 'account: administrator'))
    const play = (out: string, workers: string) =>
      oobe(['run', ...QUICK, wrong, '--workers', workers, '--reporter', 'plain,junit', '--out', out], temporaryFolder())
    const [alone, both] = [await play(one, '1'), await play(two, '2')]
    expect(alone.code).toBe(1)
    expect(both.code).toBe(1)
    expect(withoutTimes(both.stdout).replaceAll(two, one)).toBe(withoutTimes(alone.stdout))
    expect(both.stderr).toBe(alone.stderr)
    const journals = filesBelow(one).filter((path) => /journal|vault/.test(path))
    expect(journals).toHaveLength(12)
    for (const path of journals) expect(readFileSync(join(two, path)).equals(readFileSync(join(one, path)))).toBe(true)
    expect(filesBelow(two)).toEqual(filesBelow(one))
  })

  test.skipIf(isBlind)(
    'lose one scenario with a worker that is killed: the others are played, and it is our bug',
    async () => {
      const out = temporaryFolder()
      const { ended, workers } = await playing(out, '600')
      expect(workers).toHaveLength(2)
      process.kill(workers[0]!, 'SIGKILL')
      const { code, stdout, stderr } = await ended
      expect(code).toBe(70)
      const lost = /^! (\S+)\n {4}ERR_BUG: a bug in oobe-sim: its process ended: SIGKILL$/m.exec(stdout)?.[1]
      expect([HAPPY_PATH, 'wifi-wrong-key']).toContain(lost)
      expect(stdout).toContain('2 passed, 1 failed')
      expect(stdout).toMatch(/^✓ not-registered/m)
      expect(stderr).toBe(`error ERR_BUG: ${lost}: a bug in oobe-sim: its process ended: SIGKILL\n`)
    },
  )

  test.skipIf(isBlind).each([
    ['to the program alone', (child: number): number[] => [child]],
    ['to all, as a terminal sends it', (child: number, workers: number[]) => [child, ...workers]],
  ])('end in order on a signal %s', async (_, receivers) => {
    const out = temporaryFolder()
    const { child, ended, workers } = await playing(out, '60')
    for (const pid of receivers(child.pid!, workers)) process.kill(pid, 'SIGINT')
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
    expect(stdout).toMatch(
      /^✗ surface-wifi-happy-path {2}stopped .*\n {4}the run was stopped after \S+, before its end\n✗ wifi-wrong-key {2}stopped .*\n {4}the run .*\n- not-registered {2}not played\n\n0 passed, 2 failed, 1 not played /,
    )
    for (const name of [HAPPY_PATH, 'wifi-wrong-key']) {
      expect(journalOf(out, name).slice(-END.length)).toMatchObject(END)
    }
    await gone(workers)
  })

  test.skipIf(isBlind)('end at once on a second signal, and leave no process', async () => {
    const out = temporaryFolder()
    const { child, workers } = await playing(out, '60')
    // In the middle of a stop that takes its time: the workers cannot answer.
    for (const pid of workers) process.kill(pid, 'SIGSTOP')
    const exit = new Promise((done) => child.once('exit', done))
    child.kill('SIGINT')
    await wait(200)
    expect(child.exitCode).toBe(null)
    child.kill('SIGINT')
    expect(await exit).toBe(130)
    for (const pid of workers) process.kill(pid, 'SIGCONT')
    await gone(workers)
  })

  test.skipIf(isBlind)('end with a reader that goes away', async () => {
    const out = temporaryFolder()
    const { child, ended, workers } = await playing(out, '600')
    child.stdout!.destroy()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    await gone(workers)
  })

  test.skipIf(isBlind)('end when the program is killed', async () => {
    const out = temporaryFolder()
    const { child, ended, workers } = await playing(out, '60')
    child.kill('SIGKILL')
    await ended
    await gone(workers)
    expect(journalOf(out, HAPPY_PATH).length).toBeGreaterThan(1)
  })
})

test('against a real service scenarios are played one after the other', async () => {
  const { code, stderr } = await oobe(['run', HAPPY_PATH, '--workers', '2', '--service', 'https://localhost:1'])
  expect(code).toBe(2)
  expect(stderr).toBe(
    'error ERR_BAD_ARGUMENTS: --workers goes with the mock: against a real service scenarios are played one after the other\n',
  )
})

test.skipIf(isBlind)('a few scenarios start no process', async () => {
  const { child, ended } = start(['run', 'not-registered', 'wifi-wrong-key', '--out', temporaryFolder()])
  const seenChildren = new Set<number>()
  const timer = setInterval(() => {
    if (existsSync(`/proc/${child.pid}`)) for (const pid of childrenOf(child.pid!)) seenChildren.add(pid)
  }, 20)
  expect((await ended).code).toBe(0)
  clearInterval(timer)
  expect([...seenChildren]).toEqual([])
})
