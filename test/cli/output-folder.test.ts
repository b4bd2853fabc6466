import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { openRunFolder } from '../../src/cli/output-folder.ts'
import { silentKeys } from '../../src/cli/reported-keys.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { call, folder } from './call.ts'
import { filesBelow, HAPPY_PATH, journalOf, temporaryFolder } from './files.ts'
import { start } from './program.ts'

const PRECIOUS = 'what must not be lost'
const QUICK = 'not-registered'
const FILES = ['journal.ndjson', 'vault.json']

let out: string
let precious: string

beforeEach(() => {
  out = join(folder, 'out')
  precious = join(folder, 'precious')
  mkdirSync(precious)
  for (const name of [...FILES, 'file']) writeFileSync(join(precious, name), PRECIOUS)
})

const run = (...args: string[]) => call('run', ...args, '--transport', 'direct', '--out', out)

function expectPrecious() {
  for (const name of [...FILES, 'file']) expect(readFileSync(join(precious, name), 'utf8')).toBe(PRECIOUS)
  expect(filesBelow(precious)).toHaveLength(3)
}

describe('a link below the output folder', { timeout: 60_000 }, () => {
  test('in place of a file is replaced, and what it leads to stays as it is', async () => {
    mkdirSync(join(out, QUICK), { recursive: true })
    for (const name of FILES) symlinkSync('../../precious/file', join(out, QUICK, name))
    symlinkSync('../precious/file', join(out, 'junit.xml'))
    expect((await run(QUICK, '--reporter', 'list,junit')).code).toBe(0)
    expectPrecious()
    const places = [...FILES.map((name) => join(out, QUICK, name)), join(out, 'junit.xml')]
    expect(places.map((path) => lstatSync(path).isFile())).toEqual([true, true, true])
    expect(journalOf(out, QUICK).at(-1)).toMatchObject({ kind: 'verdict', passed: true })
    expect(statSync(join(out, QUICK, 'vault.json')).mode & 0o777).toBe(0o600)
  })

  test.each(['../precious', '../nowhere'])(
    'to %s in place of a folder is refused; the others are played',
    async (to) => {
      mkdirSync(out)
      symlinkSync(to, join(out, HAPPY_PATH))
      const ended = await run(HAPPY_PATH, QUICK, '--reporter', 'list,junit')
      expect(ended.code).toBe(3)
      expect(ended.stderr).toBe(
        `error ERR_OUTPUT_NOT_WRITABLE: ${join(out, HAPPY_PATH)} cannot be written: it is a symbolic link, and a run does not follow one. Remove it, or name another folder with --out\n`,
      )
      expect(ended.stdout).toContain(`! ${HAPPY_PATH}\n    ERR_OUTPUT_NOT_WRITABLE: `)
      expect(ended.stdout).toContain(`✓ ${QUICK}`)
      expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain('tests="2" failures="0" errors="1"')
      expectPrecious()
      expect(existsSync(join(folder, 'nowhere'))).toBe(false)
    },
  )

  test.each([
    ['boot', HAPPY_PATH, ['boot', '--plain']],
    ['replay', `${QUICK}-replay`, ['replay', QUICK]],
  ])('is followed by oobe %s neither', async (_, name, args) => {
    expect((await run(QUICK)).code).toBe(0)
    const recorded = args.map((arg) => (arg === QUICK ? join(out, QUICK) : arg))
    symlinkSync('../precious', join(out, name))
    const ended = await call(...recorded, '--out', out)
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining('it is a symbolic link'),
    })
    expectPrecious()
  })

  test('may be the output folder itself, which the user has named', async () => {
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync('elsewhere', out)
    expect((await run(QUICK)).code).toBe(0)
    expect(filesBelow(join(folder, 'elsewhere'))).toEqual(['last-run.json', ...FILES.map((name) => join(QUICK, name))])
  })
})

describe('a journal is written', () => {
  const line = (entry: object) => `${JSON.stringify(entry)}\n`
  const lines = [
    { at: 0, seq: 0, kind: 'run' },
    { at: 0, seq: 1, kind: 'power', event: 'on' },
    { at: 1, seq: 2, kind: 'screen', screen: { page: 'region', title: 'Where?' }, isWaiting: true },
    { at: 2, seq: 3, kind: 'screen', screen: { page: 'region', title: 'Where then?' } },
    { at: 2, seq: 4, kind: 'log', text: 'x' },
  ].map(line)

  test('at each page at once, and the rest within 200 milliseconds', async () => {
    const journal = openRunFolder(out, 'r', {})
    const written = () => readFileSync(journal.path, 'utf8')
    journal.write(lines[0]!)
    expect(written()).toBe(lines[0])
    journal.write(lines[1]!)
    expect(written()).toBe(lines[0])
    journal.write(lines[2]!)
    expect(written()).toBe(lines.slice(0, 3).join(''))
    journal.write(lines[3]!)
    journal.write(lines[4]!)
    expect(written()).toBe(lines.slice(0, 3).join(''))
    await wait(200)
    expect(written()).toBe(lines.join(''))
    journal.write(lines[1]!)
    journal.close()
    expect(written()).toBe([...lines, lines[1]].join(''))
    // A request that comes to its end after its run.
    journal.write(lines[1]!)
    journal.close()
    expect(written()).toBe([...lines, lines[1]].join(''))
  })

  test('before a search of primes, which lets no timer fire', () => {
    const journal = openRunFolder(out, 'r', {})
    journal.write(lines[0]!)
    journal.write(lines[1]!)
    silentKeys.rsa2048('a seed of no shipped device', 'ek')
    expect(readFileSync(journal.path, 'utf8')).toBe(lines.slice(0, 2).join(''))
    journal.close()
  })

  test('so that kill -9 leaves what was there to see', { timeout: 60_000 }, async () => {
    const place = temporaryFolder()
    const { child, ended } = start(['run', HAPPY_PATH, '--speed', '60', '--reporter', 'plain', '--out', place])
    let isSeen = false
    child.stdout!.on('data', (text: string) => {
      if (isSeen || !text.includes('[region]')) return
      isSeen = true
      child.kill('SIGKILL')
    })
    expect((await ended).code).toBe(null)
    const text = readFileSync(join(place, HAPPY_PATH, 'journal.ndjson'), 'utf8')
    const { entries } = readJournal(text, 'journal.ndjson')
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'screen', isWaiting: true, screen: expect.objectContaining({ page: 'region' }) }),
    )
    expect(statSync(join(place, HAPPY_PATH, 'vault.json')).mode & 0o777).toBe(0o600)
    const shown = await call('show', join(place, HAPPY_PATH))
    expect(shown.stdout).toContain('The journal ends before the run did.')
  })
})
