import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readJournal } from '../../src/journal/read-journal.ts'
import { isWithout } from '../without.ts'
import { call, file, folder } from './call.ts'
import { changedScenario, HAPPY_PATH, journalOf } from './files.ts'
import { PROGRAM, plainEnvironment } from './program.ts'

const FULL = /^error ERR_OUTPUT_NOT_WRITABLE: \S+journal\.ndjson cannot be written: EFBIG[^\n]*\n$/

/** As on a disk that takes no more than so many bytes of one file: the kernel refuses to write on. */
function onFullDisk(...args: string[]) {
  const program = [`--fsize=${150 * 1024}`, process.execPath, PROGRAM]
  return spawnSync('prlimit', [...program, ...args], { encoding: 'utf8', env: plainEnvironment() })
}

describe('a person without an answer', { timeout: 30_000 }, () => {
  test('fails the scenario, with the page and what it offers, and the journal up to there', async () => {
    const path = file('shy.yaml', changedScenario(HAPPY_PATH, '  secondKeyboard: skip\n', ''))
    const { code, stdout, stderr } = await call('run', path, '--transport', 'direct', '--out', join(folder, 'out'))
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain(
      'expected the outcome desktop, got unanswered: there is no answer for the page secondKeyboard ("Want to add a second keyboard layout?"); its controls: back (button), addLayout (button), skip (button)',
    )
    const entries = journalOf(join(folder, 'out'), 'shy')
    expect(entries.slice(-2)).toMatchObject([
      { kind: 'outcome', outcome: { page: 'secondKeyboard' } },
      { kind: 'verdict', passed: false },
    ])
    expect(entries.filter(({ kind }) => kind === 'screen').at(-1)).toMatchObject({ screen: { page: 'secondKeyboard' } })
  })

  test('or with one that fits nothing on the page, fails likewise', async () => {
    const path = file('odd.yaml', changedScenario(HAPPY_PATH, 'region: United States', 'region: Atlantis'))
    const { code, stdout } = await call('run', path, '--transport', 'direct', '--out', join(folder, 'out'))
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /unanswered: the answer "Atlantis" is nothing that the page region \(.*\) offers.*; its controls: /,
    )
    expect(journalOf(join(folder, 'out'), 'odd').at(-1)).toMatchObject({ kind: 'verdict', passed: false })
  })
})

describe('an output folder that cannot be written', { timeout: 30_000 }, () => {
  // Tests may run as root, for whom no folder is forbidden: a file is in the way instead.
  test.each([
    ['run', HAPPY_PATH],
    ['boot', '--plain'],
  ])('ends oobe %s with code 3', async (...args) => {
    const out = file('in-the-way', '')
    expect(await call(...args, '--out', out)).toEqual({
      code: 3,
      stdout: '',
      stderr: `error ERR_OUTPUT_NOT_WRITABLE: ${out} cannot be written: it is no folder. Remove it, or name another folder with --out\n`,
    })
  })

  test('for a report ends the run with code 3, after the list', async () => {
    const out = join(folder, 'out')
    mkdirSync(join(out, 'junit.xml'), { recursive: true })
    const args = ['run', HAPPY_PATH, '--transport', 'direct', '--reporter', 'list,junit', '--out', out]
    const { code, stdout, stderr } = await call(...args)
    expect(code).toBe(3)
    expect(stdout).toContain('1 passed, 0 failed')
    expect(stderr).toMatch(/^error ERR_OUTPUT_NOT_WRITABLE: \S+junit\.xml cannot be written: EISDIR[^\n]*\n$/)
  })

  test.skipIf(isWithout('prlimit')).each(['boot', 'replay'])(
    'on a full disk ends oobe %s with code 3',
    async (command) => {
      const out = join(folder, 'out')
      expect((await call('run', 'wrong-password', '--transport', 'direct', '--out', join(folder, 'record'))).code).toBe(
        0,
      )
      const args = command === 'boot' ? ['boot', '--plain'] : ['replay', join(folder, 'record', 'wrong-password')]
      const ended = onFullDisk(...args, '--out', out)
      expect(ended.status).toBe(3)
      expect(ended.stderr).toMatch(FULL)
    },
  )

  test.skipIf(isWithout('prlimit'))('on a full disk ends the run with code 3; the others are played', async () => {
    const out = join(folder, 'out')
    const ended = onFullDisk('run', 'wifi-wrong-key', 'not-registered', '--reporter', 'list,junit', '--out', out)
    expect(ended.status).toBe(3)
    expect(ended.stderr).toMatch(FULL)
    expect(ended.stdout).toMatch(/^! wifi-wrong-key\n {4}ERR_OUTPUT_NOT_WRITABLE: .*\n✓ not-registered/)
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain('tests="2" failures="0" errors="1"')
    // What was written before is a journal, up to a last line that may be torn.
    const { entries, isTorn } = readJournal(readFileSync(join(out, 'wifi-wrong-key', 'journal.ndjson'), 'utf8'), 'j')
    expect({ isTorn, isLong: entries.length > 50 }).toEqual({ isTorn: true, isLong: true })
  })
})
