import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { find } from '../../src/scenario/library.ts'

/** How the program ended, in its own process or in this one. */
export interface Ended {
  /** Null when a signal ended it, as the deadline does. */
  code: number | null
  stdout: string
  stderr: string
}

/** An empty folder, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Paths of all files below a folder, relative to it, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

/** Entries of a run's journal. */
export function journalOf(out: string, run: string): { kind: string; [field: string]: unknown }[] {
  const lines = readFileSync(join(out, run, 'journal.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => JSON.parse(line))
}

export const HAPPY_PATH = 'surface-wifi-happy-path'

/** What an ordinary story does not ask of its person, and who writes it out would have to use. */
const SELDOM = /^ {2}(language|hello):.*\n/gm

/** A shipped scenario's text, its person and its network written out. */
function writtenOut(name: string): string {
  const text = readFileSync(find('scenario', name).path, 'utf8')
  return text.replace(/^(person|network): ([a-z-]+)\n/gm, (_, kind: 'person' | 'network', used: string) => {
    const facts = readFileSync(find(kind, used).path, 'utf8').replace(/^#.*\n/gm, '')
    return `${kind}:\n${facts.replace(/^/gm, '  ').trimEnd()}\n`.replace(SELDOM, '')
  })
}

/** That text, with one piece of it replaced. */
export function changedScenario(name: string, was: string, is: string): string {
  const text = writtenOut(name)
  if (!text.includes(was)) throw new Error(`${name}.yaml does not hold "${was}"`)
  return text.replaceAll(was, is)
}
