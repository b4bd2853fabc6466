import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { type Ended, temporaryFolder } from './files.ts'

export const STACK = /\n\s+at /

/** Calls the program's own main in this process; a call that hangs fails by the deadline. */
export async function call(...args: string[]): Promise<Ended> {
  const output = { stdout: '', stderr: '' }
  const catching = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      output[stream] += String(text)
      return true
    })
  const spies = [catching('stdout'), catching('stderr')]
  try {
    return { code: await main(args), ...output }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

/** Where the program believes to stand. */
export let folder: string
let cwd: { mockRestore(): void }

beforeEach(() => {
  folder = temporaryFolder()
  // Workers of the test runner cannot change the real one.
  cwd = vi.spyOn(process, 'cwd').mockImplementation(() => folder)
})
afterEach(() => cwd.mockRestore())

/** A file in the test's folder, by absolute path. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** One message on stderr, nothing on stdout, code 2, no stack. */
export function expectRefused(ended: Ended, message: string, ...details: string[]) {
  expect(ended.stderr).not.toMatch(STACK)
  expect(ended).toEqual({ code: 2, stdout: '', stderr: `${[`error ${message}`, ...details].join('\n')}\n` })
}

/** A scenario without a mistake. */
export const GOOD = `title: A good file
device: surface-laptop-se
tenant: contoso-school
network:
  wifi:
    - { ssid: Home, key: some-key-1 }
person:
  region: United States
expect:
  outcome: unanswered
`
