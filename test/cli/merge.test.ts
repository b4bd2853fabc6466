import { mkdirSync, readFileSync, truncateSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BlobFile } from '../../src/cli/merge/blob-file.ts'
import { inOrder } from '../../src/cli/merge/in-order.ts'
import { blobReporter } from '../../src/report/blob.ts'
import { failed, played, tell } from '../report/finished-scene.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { changedScenario } from './files.ts'

const head = (index: number, count: number, total: number, run = 'a-run') => ({
  product: '0.1.0',
  run,
  total,
  shard: { index, count },
})

/** A blob with the plays at these places; `wrong` fails. */
function blob(
  name: string,
  of: ReturnType<typeof head>,
  places: readonly number[],
  stopped?: 'signal' | 'bail',
): string {
  let text = ''
  const reporter = blobReporter(
    (whole) => {
      text = whole
    },
    of,
    places,
  )
  const end = {
    startedAt: 1_000 + places.length,
    endedAt: 5_000 + of.shard.index * 100,
    ...(stopped ? { stopped } : {}),
  }
  tell(
    reporter,
    places.map((place) => (place % 5 === 3 ? failed(`wrong-${place}`) : played(`good-${place}`))),
    end,
  )
  return file(name, text)
}

const merge = (...args: string[]) => call('merge', ...args, '--out', join(folder, 'merged'))
const ids = (stdout: string) => [...stdout.matchAll(/^[✓✗] (\S+)/gm)].map(([, id]) => id)

describe('oobe merge', () => {
  test('tells the plays of all parts in the order of the run', async () => {
    blob('blobs/b.blob.ndjson', head(2, 3, 7), [0, 3, 6])
    blob('blobs/deep/a.blob.ndjson', head(1, 3, 7), [1, 2])
    const third = blob('other/c.ndjson', head(3, 3, 7), [4, 5])
    const { code, stdout, stderr } = await merge('blobs', third)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(ids(stdout)).toEqual(['good-0', 'good-1', 'good-2', 'wrong-3', 'good-4', 'good-5', 'good-6'])
    expect(stdout).toContain('6 passed, 1 failed (14:35 of device time in 4.3 s)')
    const lastRun = JSON.parse(readFileSync(join(folder, 'merged', 'last-run.json'), 'utf8'))
    expect(lastRun).toMatchObject({ failed: ['wrong-3'], times: { 'good-0': 1234, 'wrong-3': 1234 } })
  })

  test('writes what one machine would have written', { timeout: 60_000 }, async () => {
    const wrong = file('wrong.yaml', changedScenario('not-registered', 'outcome: desktop', 'outcome: signInScreen'))
    const args = [
      wrong,
      'not-registered',
      'tenant-lock',
      '--repeat',
      '2',
      '--transport',
      'direct',
      '--out',
      join(folder, 'out'),
    ]
    const reporters = ['--reporter', 'junit,markdown,tap=tap.txt,json']
    const texts = (at: string) =>
      ['junit.xml', 'report.md', 'report.json', '../tap.txt'].map((name) =>
        readFileSync(join(folder, at, name), 'utf8')
          .replace(/(time=")[\d.]+/g, '$1')
          .replace(/("realMs": |duration_ms: |in |"(?:started|ended)At": )[\d".:TZ-]+/g, '$1'),
      )
    expect((await call('run', ...args, ...reporters)).code).toBe(1)
    const whole = texts('out')
    for (const shard of ['1/2', '2/2'])
      expect([0, 1]).toContain((await call('run', ...args, '--shard', shard, '--reporter', 'blob')).code)
    const merged = await call('merge', 'out', '--out', join(folder, 'merged-real'), ...reporters)
    expect(merged).toMatchObject({ code: 1, stderr: '' })
    expect(texts('merged-real')).toEqual(whole)
  })

  test.each([
    ['a part is missing', [1, 3], 'note: missing: part 2 of 3\nnote: 2 of 6 plays are in none of the parts\n'],
    ['two are missing', [2], 'note: missing: part 1, 3 of 3\nnote: 4 of 6 plays are in none of the parts\n'],
  ])('ends with 5 when %s, after all reports', async (_, parts, message) => {
    for (const index of parts) blob(`blobs/${index}.blob.ndjson`, head(index, 3, 6), [index * 2 - 2, index * 2 - 1])
    const ended = await merge('blobs', '--reporter', 'list,junit')
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 5, stderr: message })
    expect(ids(ended.stdout)).toHaveLength(parts.length * 2)
    expect(readFileSync(join(folder, 'merged', 'junit.xml'), 'utf8')).toContain(`tests="${parts.length * 2}"`)
  })

  test('ends with 5 when a part was stopped, and with its failures when --bail ended it', async () => {
    blob('stopped.ndjson', head(1, 1, 1), [0], 'signal')
    expect(await merge(join(folder, 'stopped.ndjson'))).toMatchObject({
      code: 5,
      stderr: `note: part 1 was not played to its end: ${join(folder, 'stopped.ndjson')}\n`,
    })
    blob('bail.ndjson', head(1, 1, 1), [0], 'bail')
    expect(await merge(join(folder, 'bail.ndjson'))).toMatchObject({ code: 0, stderr: '' })
  })

  test.each([1, 120, 2_000])(
    'takes a blob without its last %i bytes as far as it goes, and ends with 5',
    async (bytes) => {
      const path = blob('torn.ndjson', head(1, 1, 9), [0, 1, 2, 4, 5, 6, 7, 8, 3])
      const whole = blob('torn.ndjson', head(1, 1, 9), [0, 1, 2, 3, 4, 5, 6, 7, 8])
      expect(path).toBe(whole)
      truncateSync(whole, readFileSync(whole).length - bytes)
      const ended = await merge(whole)
      expect(ended.code).toBe(5)
      expect(ended.stderr).toContain(`note: part 1 was not written to its end: ${whole}\n`)
      expect(ids(ended.stdout).length).toBeGreaterThan(0)
    },
  )

  test('of two blobs for one part takes the later one, and says so', async () => {
    const older = blob('blobs/older.blob.ndjson', head(1, 1, 4), [3])
    const newer = blob('blobs/newer.blob.ndjson', head(1, 1, 4), [0, 1, 2, 3])
    utimesSync(older, 100, 100)
    const ended = await merge('blobs')
    expect(ended.code).toBe(1)
    expect(ended.stderr).toBe(`note: ${older} and ${newer} are both part 1: the second was written later, and counts\n`)
    expect(ids(ended.stdout)).toHaveLength(4)
  })

  test('refuses blobs of different runs, versions and numbers of parts', async () => {
    const one = blob('1.ndjson', head(1, 2, 4), [0, 1])
    for (const other of [head(2, 2, 4, 'another-run'), head(2, 3, 4), head(2, 2, 5)]) {
      const two = blob('2.ndjson', other, [2, 3])
      expectRefused(
        await merge(one, two),
        `ERR_BLOB: ${two} and ${one} are parts of different runs`,
        '  All parts have the same scenarios, options and number of parts; remove the blobs of earlier runs',
      )
    }
    const two = blob('2.ndjson', { ...head(2, 2, 4), product: '9.9.9' }, [2, 3])
    expectRefused(
      await merge(one, two),
      `ERR_BLOB: ${two} is of oobe-sim 9.9.9, ${one} of 0.1.0`,
      '  All parts of a run are played by the same version',
    )
  })

  test('refuses one play in two parts', async () => {
    const [one, two] = [blob('1.ndjson', head(1, 2, 4), [0, 2]), blob('2.ndjson', head(2, 2, 4), [1, 2, 3])]
    const ended = await merge(one, two)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/^error ERR_BLOB: .* both hold play 2\n$/)
  })

  const HEAD = JSON.stringify({ oobeBlob: 1, ...head(1, 1, 3) })
  const PLAY = JSON.stringify({ at: 0, finished: played('a') })
  test.each([
    ['nothing', '', /this is no blob of "oobe run": its first line has no end/],
    ['a line without an end', HEAD, /its first line has no end/],
    ['text', 'hello\n', /:1: not JSON: /],
    ['a journal', '{"at":0,"seq":0,"kind":"run"}\n', /:1: this is no blob of "oobe run"/],
    ['null', 'null\n', /:1: not an object/],
    ['another format', '{"oobeBlob":2}\n', /:1: this blob has format 2; this version reads format 1/],
    [
      'a first line without a part',
      '{"oobeBlob":1,"product":"0.1.0","run":"x","total":1}\n',
      /:1: the first line of this blob was changed/,
    ],
    [
      'part 3 of 2',
      `${JSON.stringify({ oobeBlob: 1, ...head(3, 2, 3) })}\n`,
      /:1: the first line of this blob was changed/,
    ],
    ['a line that is no JSON', `${HEAD}\n{"at":0,"fin\n`, /:2: not JSON: /],
    [
      'a place that the run has not',
      `${HEAD}\n${PLAY.replace('"at":0', '"at":3')}\n`,
      /:2: a play has a place from 0 to 2/,
    ],
    ['a play twice', `${HEAD}\n${PLAY}\n${PLAY}\n`, /:3: play 0 comes after play 0: the blob was changed/],
    [
      'a play without its verdict',
      `${HEAD}\n${PLAY.replace('"passed":true', '"passed":"yes"')}\n`,
      /:2: this is no play of a scenario/,
    ],
    ['an end without times', `${HEAD}\n{"end":{}}\n`, /:2: the end of a run has two times/],
  ])('refuses %s', async (_, text, message) => {
    const { code, stdout, stderr } = await merge(file('bad.ndjson', text))
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) })
    expect(stdout).toBe(/:[23]: /.test(stderr) ? stdout : '')
  })

  test('refuses a folder without a blob, a path that is not there, a reporter of runs, and nothing', async () => {
    mkdirSync(join(folder, 'empty'))
    expect(await merge('empty')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no blob in the folder empty'),
    })
    expect(await merge('nowhere')).toMatchObject({
      code: 2,
      stderr: 'error ERR_NOT_FOUND: there is no blob at nowhere\n',
    })
    const one = blob('1.ndjson', head(1, 1, 1), [0])
    expectRefused(
      await merge(one, '--reporter', 'blob'),
      'ERR_BAD_ARGUMENTS: blob and plain are for "oobe run": a merge plays nothing',
    )
    expectRefused(await merge(), 'ERR_BAD_ARGUMENTS: which blobs?', '  oobe merge blobs/')
  })
})

test('a thousand blobs are read a piece at a time, in order', () => {
  const count = 1_000
  const each = 20
  const paths = Array.from({ length: count }, (_, part) =>
    blob(
      `${part}.ndjson`,
      head(part + 1, count, count * each),
      Array.from({ length: each }, (_, index) => index * count + part),
    ),
  )
  const blobs = paths.map((path) => new BlobFile(path))
  let next = 0
  for (const { at } of inOrder(blobs)) expect(at).toBe(next++)
  expect(next).toBe(count * each)
  expect(blobs.every(({ end }) => end !== undefined)).toBe(true)
})

test('a reporter that would be mixed with another on standard output is refused', async () => {
  expectRefused(
    await call('run', 'not-registered', '--reporter', 'list,tap'),
    'ERR_BAD_ARGUMENTS: tap and list would be mixed on standard output',
    '  Give one a file: --reporter tap=tap.txt,list',
  )
  expectRefused(
    await call('run', 'not-registered', '--reporter', 'json=-', '--reporter', 'dot'),
    'ERR_BAD_ARGUMENTS: json and dot would be mixed on standard output',
    '  Give one a file: --reporter json=report.json,dot',
  )
})
