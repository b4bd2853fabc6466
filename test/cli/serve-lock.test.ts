import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { startOf } from '../../src/cli/serve/process-start.ts'
import { begun } from './data-folder-scene.ts'

/** A separate process, for as long as the test. */
async function running(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  return child.pid!
}

function folderWith(lock: string): string {
  const { data, path } = begun()
  data.close()
  writeFileSync(join(path, 'lock'), lock)
  return path
}

const start = (path: string): 'started' | 'refused' => {
  try {
    new DataFolder(path).close()
    return 'started'
  } catch (error) {
    expect((error as Error).message).toMatch(/is in use by the process \d+$/)
    return 'refused'
  }
}

test('the lock of a server that runs blocks, and stays', async () => {
  const pid = await running()
  const lock = JSON.stringify({ pid, start: startOf(pid) })
  const path = folderWith(lock)
  expect(start(path)).toBe('refused')
  expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(lock)
  expect(readdirSync(path).filter((name) => name.startsWith('lock.'))).toEqual([])
})

test.runIf(process.platform === 'linux')(
  'the lock of a server that is gone does not, though its id is in use again',
  async () => {
    const pid = await running()
    const [boot, ticks] = startOf(pid)!.split('/')
    expect(start(folderWith(JSON.stringify({ pid, start: `${boot}/${Number(ticks) - 100}` })))).toBe('started')
    // Before the machine was started anew.
    expect(start(folderWith(JSON.stringify({ pid, start: `another-boot/${ticks}` })))).toBe('started')
    // This process itself, in a container where every server has the same id.
    expect(start(folderWith(JSON.stringify({ pid: process.pid, start: `${boot}/1` })))).toBe('started')
  },
)

test('a lock of version 0.1.0 has the id alone', async () => {
  expect(start(folderWith(String(await running())))).toBe('refused')
})

test.each(['999999999', '0', '-1', 'junk', '', 'null', '{}', '{"pid":"1"}', '{"pid":999999999,"start":"x"}'])(
  'a lock of no process does not block: %s',
  (lock) => {
    expect(start(folderWith(lock))).toBe('started')
  },
)

test('what is no process has no start', () => {
  const none = [0, -1, 1.5, Number.NaN, 999_999_999].map(startOf)
  expect(none).toEqual(none.map(() => undefined))
})

test.runIf(process.platform === 'linux')(
  'a process that ended, and that its parent has not looked after, is gone',
  async () => {
    // The shell becomes a program that never asks for the end of its child.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [text] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(String(text))
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /), { timeout: 10_000 })
    expect(startOf(pid)).toBeUndefined()
  },
)

test('a lock is written whole and taken away at the end', () => {
  const { data, path } = begun()
  expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))).toEqual({
    pid: process.pid,
    start: startOf(process.pid),
  })
  data.close()
  expect(existsSync(join(path, 'lock'))).toBe(false)
})
