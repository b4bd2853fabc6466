import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { summed } from '../../src/cli/serve/sums.ts'
import { UserError } from '../../src/domain/trouble.ts'
import { keptDefinition } from '../../src/scenario/kept-definition.ts'
import { loadTenantFile, namesOf } from '../../src/scenario/library.ts'
import { call, file, folder } from './call.ts'
import { beginning, begun, contentsOf, requests, START, state } from './data-folder-scene.ts'

type Spoil = (text: string) => string | undefined

/** A folder with three requests in its state and two after, one of its files changed or (undefined) removed. */
function spoilt(name: string, spoil: Spoil): string {
  const { data, path } = begun()
  for (const one of requests(3)) data.record(one)
  data.snapshot(state(1_002))
  for (const one of requests(5).slice(3)) data.record(one)
  data.close()
  const changed = spoil(readFileSync(join(path, name), 'utf8'))
  if (changed === undefined) rmSync(join(path, name))
  else writeFileSync(join(path, name), changed)
  return path
}

/** The message of the start, which has changed nothing. */
function refusal(path: string): string {
  const before = contentsOf(path)
  const data = new DataFolder(path)
  try {
    data.resume()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    expect(error.details.at(-1)).toMatch(/^Nothing was changed\. Put the folder back from a backup, or start/)
    return error.message.replaceAll(`${path}/`, '')
  } finally {
    data.close()
    expect(contentsOf(path)).toEqual(before)
  }
  return 'it was taken'
}

const withFields = (changes: object): string => JSON.stringify({ format: 2, ...beginning, ...changes })
const lines = (change: (lines: string[]) => string[]): Spoil => {
  return (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`
}
const line = (index: number, change: (line: string) => string): Spoil =>
  lines((all) => all.map((one, at) => (at === index ? change(one) : one)))
const fields = (index: number, changes: object): Spoil =>
  line(index, (one) => {
    const { crc: _, ...known } = JSON.parse(one) as object & { crc: string }
    return summed({ ...known, ...changes })
  })

describe('a folder that is not as it was written is refused by file and line, and nothing is changed', () => {
  test.each<[string, Spoil, RegExp]>([
    ['what is no JSON', () => '{"definition":\n', /^tenant\.json:\d: it is no JSON/],
    ['null', () => 'null', /^tenant\.json:1: .*it holds no object/],
    [
      'id and start alone',
      () => '{"definition":{"id":"x"},"startedAt":1730707200000}',
      /^tenant\.json:1: .*"seed" is missing/,
    ],
    ['no start', () => withFields({ startedAt: undefined }), /"startedAt" is missing/],
    ['a start out of all time', () => withFields({ startedAt: 1e300 }), /"startedAt" is missing, or is no time/],
    ['no address', () => withFields({ origin: 'here' }), /"origin" is missing, or is no URL/],
    ['no authority', () => withFields({ ca: { key: 'x', certificate: 'y' } }), /"ca" is missing/],
    ['no users', () => withFields({ definition: { ...beginning.definition, users: 7 } }), /"definition" .*users: /],
    ['no tenant', () => withFields({ definition: { id: 'x' } }), /"definition" is not a tenant: \w+: /],
    ['a later format', () => withFields({ format: 3 }), /the format 3 is not known to this version/],
    ['nothing', () => undefined, /^tenant\.json: the file is missing, and state\.json is there/],
  ])('tenant.json: %s', (_, spoil, message) => {
    expect(refusal(spoilt('tenant.json', spoil))).toMatch(message)
  })

  test.each<[string, Spoil, RegExp]>([
    ['null', line(1, () => 'null'), /^requests\.ndjson:2: it is no request/],
    ['a number', line(2, () => '7'), /^requests\.ndjson:3: it is no request/],
    ['half a line', line(1, (one) => one.slice(0, 20)), /^requests\.ndjson:2: it is no JSON/],
    ['a bit', line(1, (one) => one.replace('/3"', '/2"')), /^requests\.ndjson:2: .*its sum is another/],
    ['no time', fields(1, { at: 'now' }), /^requests\.ndjson:2: it is no request: "at" is missing/],
    ['a time out of all time', fields(1, { at: 1e300 }), /^requests\.ndjson:2: it is no request: "at" is missing/],
    ['no method', fields(1, { method: 'SEND' }), /"method" is missing/],
    ['no URL', fields(2, { url: '/x' }), /^requests\.ndjson:3: it is no request: "url" is missing/],
    ['no headers', fields(1, { headers: null }), /"headers" is missing/],
    ['headers that are no texts', fields(1, { headers: { a: 1 } }), /"headers" is missing/],
    ['a body that is no base64', fields(1, { body: '%%%%' }), /"body" is missing/],
    ['a certificate that is a number', fields(1, { certificate: 5 }), /"certificate" is missing/],
    ['a request left out', lines(([first, , third]) => [first!, third!]), /:2: request 4 is missing here/],
    ['a request twice', lines(([first, second]) => [first!, second!, second!]), /:3: request 5 is missing here/],
    ['the order of time', fields(2, { at: START + 1 }), /:3: it came before the request of the line before/],
    ['no first line', lines((all) => all.slice(1)), /:1: request 1 is missing here: this is request 4/],
    ['a first line of later requests', fields(0, { after: 9 }), /:1: the requests 4 to 9 are missing/],
    ['a first line of another school', fields(0, { startedAt: START + 1 }), /:1: it is the log of another school/],
    ['a first line of a later version', fields(0, { format: 2 }), /:1: it is no first line of a log of this version/],
    ['an empty file', () => '', /^requests\.ndjson:1: its first line is missing/],
    ['nothing', () => undefined, /^requests\.ndjson: the file is missing/],
  ])('requests.ndjson: %s', (_, spoil, message) => {
    expect(refusal(spoilt('requests.ndjson', spoil))).toMatch(message)
  })

  test.each<[string, Spoil, RegExp]>([
    ['junk', () => 'junk', /^state\.json:1: it does not begin as a state of oobe-sim/],
    ['half of it', (text) => text.slice(0, text.length - 30), /^state\.json:2: .*its sum is another/],
    ['a bit', (text) => text.replace('1002', '1003'), /^state\.json:2: .*its sum is another/],
    ['a count', line(0, (one) => one.replace('"count":3', '"count":5')), /^state\.json:1: it does not begin/],
    [
      'that of another school',
      fields(0, { startedAt: START + 1 }),
      /^state\.json:1: it is the state of another school/,
    ],
    [
      'a later format',
      fields(0, { format: 9, version: '7.0.0' }),
      /:1: version 7\.0\.0 of oobe-sim .* newer than this/,
    ],
    ['a state that has seen more', fields(0, { count: 6 }), /^requests\.ndjson:4: the requests 6 to 6 are missing/],
    ['nothing', () => undefined, /^requests\.ndjson:1: the requests 1 to 3 are missing/],
  ])('state.json: %s', (_, spoil, message) => {
    expect(refusal(spoilt('state.json', spoil))).toMatch(message)
  })

  test('a last line of a machine without power has its own message, since it may be removed', () => {
    const path = spoilt(
      'requests.ndjson',
      line(2, (one) => `\0\0\0${one.slice(3)}`),
    )
    const data = new DataFolder(path)
    const hint = expect.stringMatching(/lost its power .* was never answered: remove it/) as string
    expect(() => data.resume()).toThrow(expect.objectContaining({ details: expect.arrayContaining([hint]) }))
    data.close()
  })

  test('requests of a school without its beginning are not taken for a new school', () => {
    const { data, path } = begun()
    data.record(requests(1)[0]!)
    data.close()
    rmSync(join(path, 'tenant.json'))
    expect(refusal(path)).toMatch(/^tenant\.json: the file is missing, and requests\.ndjson holds requests/)
  })

  test('a start that was killed before its beginning was written is no damage', () => {
    const { data, path } = begun()
    data.close()
    rmSync(join(path, 'tenant.json'))
    const again = new DataFolder(path)
    expect(again.resume()).toBeUndefined()
    again.begin(beginning)
    again.close()
  })
})

test('the program says so with exit code 2, and leaves the folder as it was, without a lock', async () => {
  mkdirSync(join(folder, 'D'))
  file('D/tenant.json', withFields({}))
  file('D/requests.ndjson', 'null\n')
  const before = contentsOf(join(folder, 'D'))
  const refused = await call('serve', '--data', join(folder, 'D'), '--port', '0')
  expect(refused.code).toBe(2)
  expect(refused.stdout).toBe('')
  expect(refused.stderr).toMatch(
    /^error ERR_DATA_FOLDER: \S+requests\.ndjson:1: it is no request\n(.*\n)? {2}Nothing was changed\. /,
  )
  expect(contentsOf(join(folder, 'D'))).toEqual(before)
})

test('every shipped school can be kept', () => {
  for (const name of namesOf('tenant')) {
    const definition = loadTenantFile(name)
    expect(keptDefinition(JSON.parse(JSON.stringify(definition)))).toEqual(definition)
  }
})
