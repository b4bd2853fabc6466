import { appendFileSync, chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { VERSION } from '../../src/run/version.ts'
import { call, expectRefused, folder } from './call.ts'
import { journalOf } from './files.ts'

const RUN = 'wrong-password'
const out = () => join(folder, 'oobe-results')
const journal = () => join(out(), RUN, 'journal.ndjson')
/** With its results in the test's folder. */
const inFolder = (...args: string[]) => call(...args, '--out', out())
const lines = () => readFileSync(journal(), 'utf8').split('\n')

beforeEach(async () => {
  const { code } = await inFolder('run', RUN, '--transport', 'direct')
  expect(code).toBe(0)
})

describe('oobe replay', { timeout: 60_000 }, () => {
  test('plays a run again into a separate folder, byte by byte', async () => {
    const { code, stdout, stderr } = await inFolder('replay', RUN)
    const count = lines().length - 1
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(
      `✓ ${RUN}  desktop (standard user, managed, Autopilot)  [38:17, seed 1]\n` +
        `the recorded run, byte by byte: ${count} entries\njournal: ${join(out(), `${RUN}-replay`, 'journal.ndjson')}\n`,
    )
    expect(readFileSync(join(folder, 'oobe-results', `${RUN}-replay`, 'journal.ndjson'), 'utf8')).toBe(
      lines().join('\n'),
    )
    const again = await call('replay', `${RUN}-replay`, '--out', join(folder, 'elsewhere'))
    expect(again.stdout).toContain('byte by byte')
  })

  test('stops at a moment, and shows what was on the screen', async () => {
    const { code, stdout } = await inFolder('replay', RUN, '--until', '0:07')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^wrong-password: played up to 7\.0s, entry #\d+\non the screen: \[keyboard\] Is this the right/,
    )
  })

  test.each([
    ['cable: out', { kind: 'cable', position: 'out' }],
    ['power: cut', { kind: 'power' }],
    ['push', { kind: 'push' }],
    ['clock: -2h', { kind: 'clockJump', ms: -7_200_000 }],
    ['wait: 5m', { kind: 'wait', ms: 300_000 }],
    ['keys: Shift+F10', { kind: 'keyChord', keys: 'Shift+F10' }],
    ['{ hang: true, request: "POST *oauth2*" }', { kind: 'hang', on: 'POST *oauth2*' }],
    ['{ answer: { status: 503 } }', { kind: 'answer', on: '*', status: 503, headers: {}, body: '' }],
    ['person: Back', { kind: 'press', page: 'keyboard', control: 'back', values: { keyboard: '00000409' } }],
  ])('forks with %s', async (words, stimulus) => {
    const { code, stderr } = await inFolder('replay', RUN, '--until', '0:07', '--then', words)
    expect([0, 1]).toContain(code)
    expect(stderr).toBe('')
    const forked = journalOf(join(folder, 'oobe-results'), `${RUN}-replay`)
    const at = forked.findIndex(({ by }) => by === 'fork')
    expect(forked[at]).toMatchObject({ at: 7_000, stimulus })
    expect(forked.slice(0, at).map((entry) => JSON.stringify(entry))).toEqual(lines().slice(0, at))
    expect(forked.at(-1)).toMatchObject({ kind: 'verdict' })
    // A fork is a record like any other.
    expect(await inFolder('replay', `${RUN}-replay`)).toMatchObject({
      stderr: '',
      stdout: expect.stringContaining('byte by byte'),
    })
  })

  test('types a password of the command line into the vault, and nowhere else', async () => {
    const asked = journalOf(out(), RUN).findIndex(({ stimulus }) => JSON.stringify(stimulus)?.includes('password'))
    const words = ['--until', `#${asked - 1}`, '--then', 'person: { password: Never-Before }']
    const { code, stdout, stderr } = await inFolder('replay', RUN, ...words)
    expect(code).toBeLessThan(2)
    expect(stdout + stderr).not.toContain('Never-Before')
    const folderOf = (file: string) => readFileSync(join(folder, 'oobe-results', `${RUN}-replay`, file), 'utf8')
    expect(folderOf('journal.ndjson')).toContain('"by":"fork","stimulus":{"kind":"press"')
    expect(folderOf('journal.ndjson')).not.toContain('Never-Before')
    expect(folderOf('vault.json')).toContain('"typed.0": "Never-Before"')
  })
})

describe('a record that cannot be played again', { timeout: 60_000 }, () => {
  const entry = (change: (lines: string[]) => string[]) => writeFileSync(journal(), change(lines()).join('\n'))
  const path = `oobe-results/${RUN}/journal.ndjson`

  test('of another format', async () => {
    entry((all) => [all[0]!.replace('"format":2', '"format":3'), ...all.slice(1)])
    expectRefused(
      await inFolder('replay', RUN),
      `ERR_JOURNAL_FORMAT: ${path}:1: this is journal format 3; this version reads format 2`,
      '  Play the scenario again: "oobe run" writes a new journal',
    )
  })

  test.each([
    ['in the middle of a line', (text: string) => text.slice(0, -40)],
    ['between two lines', (text: string) => `${text.trimEnd().split('\n').slice(0, -5).join('\n')}\n`],
  ])('that ends %s', async (_, cut) => {
    writeFileSync(journal(), cut(lines().join('\n')))
    const { code, stdout, stderr } = await inFolder('replay', RUN)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const [, last] =
      /^error ERR_JOURNAL_TORN: \S+ ends before the run did: after entry #(\d+)\n {2}"--until '#\1'" plays/.exec(
        stderr,
      )!
    expect(await inFolder('replay', RUN, '--until', `#${last}`)).toMatchObject({ code: 0, stderr: '' })
  })

  test('whose vault is missing, is none, or is another run’s', async () => {
    const vault = join(folder, 'oobe-results', RUN, 'vault.json')
    await inFolder('run', 'wifi-wrong-key', '--transport', 'direct')
    cpSync(join(folder, 'oobe-results', 'wifi-wrong-key', 'vault.json'), vault)
    chmodSync(vault, 0o600)
    expect((await inFolder('replay', RUN)).stderr).toMatch(
      /^error ERR_VAULT: \S+vault\.json belongs to another journal\n/,
    )
    writeFileSync(vault, '{"format":1}')
    expect((await inFolder('replay', RUN)).stderr).toMatch(
      /^error ERR_VAULT: \S+vault\.json is no vault of this version/,
    )
    rmSync(vault)
    const { code, stderr } = await inFolder('replay', RUN)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error ERR_VAULT: \S+vault\.json cannot be read: it is missing\n {2}It holds the secrets/)
  })

  test.each([
    ['entry 0', (all: string[]) => [all[0]!.replace('"seed":1', '"seed":2'), ...all.slice(1)], 'ERR_VAULT'],
    ['a line is gone', (all: string[]) => all.filter((_, index) => index !== 40), 'ERR_JOURNAL'],
    [
      'a value',
      (all: string[]) => all.map((line) => line.replace('"control":"yes"', '"control":"no"')),
      'ERR_JOURNAL_DIFFERS',
    ],
    ['rubbish', (all: string[]) => all.map((line, index) => (index === 7 ? '{"at":' : line)), 'ERR_JOURNAL'],
    [
      'a stimulus from outside',
      (all: string[]) =>
        all.map((line) =>
          line.replace('"by":"script","stimulus":{"kind":"press"', '"by":"terminal","stimulus":{"kind":"jump"'),
        ),
      'ERR_JOURNAL',
    ],
  ])('that was edited by hand: %s', async (_, change, code) => {
    entry(change)
    const ended = await inFolder('replay', RUN)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr.split('\n')[0]).toMatch(new RegExp(`^error ${code}: `))
  })

  test('of another version is played with a note', async () => {
    entry((all) => [all[0]!.replace(`"product":"${VERSION}"`, '"product":"0.0.1"'), ...all.slice(1)])
    expect((await inFolder('replay', RUN)).stderr).toContain(`note: recorded by oobe-sim 0.0.1, played by ${VERSION}`)
  })

  test('a kind of entry that this version does not know is skipped by readers, and refused by a replay', async () => {
    const { length } = lines()
    appendFileSync(journal(), `{"at":9000000,"seq":${length - 1},"kind":"weather","sun":true}\n`)
    expect(await call('show', RUN)).toMatchObject({ code: 0, stderr: '' })
    expect(await inFolder('replay', RUN)).toMatchObject({ code: 2, stderr: expect.stringContaining('does not know') })
  })
})

describe('bad words', { timeout: 60_000 }, () => {
  test.each([
    [['--until', '3x'], 'ERR_BAD_MOMENT: "3x" is no moment of a run'],
    [['--until', '#99999'], 'ERR_BAD_MOMENT: the run does not reach entry #99999'],
    [['--until', '9h'], 'ERR_BAD_MOMENT: the run does not reach 9:00:00 of device time'],
    [['--then', 'push'], 'ERR_BAD_ARGUMENTS: --then needs --until: the moment at which it happens'],
    [['--until', '1m', '--then', 'cabel: out'], 'ERR_STIMULUS: "cabel: out": there is no stimulus "cabel"'],
    [['--until', '1m', '--then', 'cable: off'], 'ERR_STIMULUS: "cable: off": cable: '],
    [
      ['--until', '1m', '--then', '{ cable: out, wifi: off }'],
      'ERR_STIMULUS: "{ cable: out, wifi: off }": it needs one name',
    ],
    [['--until', '1m', '--then', '{ cable: out, request: "*" }'], 'does not go with a request'],
    [['--until', '1m', '--then', '[1'], 'it cannot be read'],
    [
      ['--until', '0:07', '--then', 'person: Atlantis'],
      'the page keyboard ("Is this the right keyboard layout or input method?") does not take this answer',
    ],
    [['--choose', '0=77'], 'ERR_CHOICE: choice 0 has'],
    [['--choose', '7777=0'], 'ERR_CHOICE: choice 7777 never came'],
    [['--choose', 'first'], 'ERR_CHOICE: "first" is no answer to a choice'],
  ])('%j: one error, exit 2', async (args, message) => {
    const { code, stdout, stderr } = await inFolder('replay', RUN, ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error \S+: /)
    expect(stderr).toContain(message)
  })

  test('boot --from needs both words and a terminal, and nothing that the record has', async () => {
    expect((await call('boot', '--from', RUN)).stderr).toContain('--from and --at go together')
    expect((await call('boot', '--from', RUN, '--at', '1m', '--seed', '2')).stderr).toContain(
      '--seed does not go with --from',
    )
    expect((await call('boot', '--from', RUN, '--at', '1m')).stderr).toContain('--from needs a terminal')
  })
})
