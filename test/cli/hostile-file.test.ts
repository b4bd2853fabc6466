import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { call, expectRefused, file, folder, GOOD, STACK } from './call.ts'

describe('a file made to hurt', { timeout: 10_000 }, () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (const [was, is] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map(
    (pair) => [...pair] as [string, string],
  )) {
    bomb.push(`${is}: &${is} [${Array(9).fill(`*${was}`).join(',')}]`)
  }
  const depths = [41, 500, 1_500, 2_500, 20_000]

  test.each<[string, string, RegExp]>([
    ['an alias bomb', bomb.join('\n'), /^error ERR_YAML_SYNTAX: \S+:2:8: aliases are not supported: \*a\n/],
    [
      '300 KB of one text',
      `title: ${'x'.repeat(300 * 1024)}`,
      /^error ERR_YAML_TOO_LARGE: \S+: larger than 256 KiB\n$/,
    ],
    ['300 KB of keys', Array.from({ length: 30_000 }, (_, n) => `k${n}: 1\n`).join(''), /^error ERR_YAML_TOO_LARGE: /],
    [
      'brackets 41 deep',
      `title: ${'['.repeat(41)}${']'.repeat(41)}`,
      /^error ERR_YAML_SYNTAX: \S+:1: nested more than 40 deep\n$/,
    ],
    [
      'braces 5000 deep on line 2',
      `title: x\nperson: ${'{a: '.repeat(5_000)}`,
      /^error ERR_YAML_SYNTAX: \S+:2: nested more than 40 deep\n$/,
    ],
    ...["it's", '"', '#', '# "', "a 'b", '|', 'a: |'].map((before): [string, string, RegExp] => [
      `brackets 5000 deep below ${before}`,
      `title: ${before}\nperson: ${'['.repeat(5_000)}`,
      /^error ERR_YAML_SYNTAX: /,
    ]),
    ...depths.map((depth): [string, string, RegExp] => [
      `lists ${depth} deep`,
      `title:\n  ${'- '.repeat(depth)}x`,
      /^error ERR_(YAML_SYNTAX|FILE_INVALID): \S+:\d+:\d+: /,
    ]),
    ...depths.map((depth): [string, string, RegExp] => [
      `keys of keys ${depth} deep`,
      `${'? '.repeat(depth)}x`,
      /^error ERR_(YAML_SYNTAX|FILE_INVALID): \S+:\d+:\d+: /,
    ]),
    [
      'indentation 480 deep',
      Array.from({ length: 480 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      /^error ERR_(YAML_SYNTAX|FILE_INVALID): /,
    ],
    ...[
      ['in a list', (pairs: string) => `events:\n  - { key: ${pairs} }`],
      ['in a mapping', (pairs: string) => `title: x\nnetwork: { ${pairs} }`],
      ['in brackets', (pairs: string) => `title: x\nevents: [ ${pairs} ]`],
    ].map(([where, around]): [string, string, RegExp] => [
      `values of values ${where}`,
      (around as (pairs: string) => string)('l=ear: '.repeat(2_000)),
      /^error ERR_YAML_SYNTAX: \S+:2: nested more than 40 deep\n$/,
    ]),
    [
      'values of values, on many lines',
      `title: x\nnetwork: {${'\n  "l": '.repeat(2_000)} }`,
      /^error ERR_YAML_SYNTAX: \S+:43: nested more than 40 deep\n$/,
    ],
    ['brackets and values in turn', `title: ${'- { key: l=ear: l=ear: '.repeat(2_000)}`, /^error ERR_YAML_SYNTAX: /],
    ['a key of 200 KB', `? ${'y'.repeat(200_000)}\n: 1`, /^error ERR_FILE_INVALID: /],
    ['a value of 200 KB', `${GOOD}  within: ${'y'.repeat(200_000)}`, /^error ERR_FILE_INVALID: /],
    ['a line of 200 KB', `title: x\nbogus: ${'y'.repeat(200_000)}`, /^error ERR_FILE_INVALID: /],
  ])('is refused at once: %s', async (_, text, message) => {
    const { code, stdout, stderr } = await call('run', file('hostile.yaml', text))
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(STACK)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.length).toBeLessThan(10_000)
  })

  test('may have many values beside each other', async () => {
    const pairs = Array.from({ length: 2_000 }, (_, index) => `k${index}: [a, b]`)
    const { stderr } = await call('run', file('wide.yaml', `title: x\nnetwork: { ${pairs.join(', ')} }`))
    expect(stderr).toMatch(/^error ERR_FILE_INVALID: /)
  })

  test.each([
    [
      'events:\n  - { when: { at: 1s }, answer: { status: 200, headers: { __proto__: x } } }',
      '12:59: events.answer.headers.__proto__',
    ],
    ['events:\n  - { when: { at: 1s }, constructor: 1 }', '12:25: events.constructor'],
    ['seed: 1\nconstructor: 1', '12:1: constructor'],
  ])('cannot name what every object has: %s', async (more, place) => {
    const path = file('proto.yaml', `${GOOD}${more}\n`)
    const { code, stderr } = await call('run', path)
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      `error ERR_FILE_INVALID: ${path}:${place}: unknown key "${place.split('.').at(-1)!.replace(/.*: /, '')}"`,
    ])
  })

  test.each([
    ['tenant', 'contoso-school', '{ constructor: { a: 1 } }', 'unknown key "constructor"'],
    ['tenant', 'contoso-school', '{ toString: null }', 'there is no "toString" to take away'],
    ['device', 'surface-laptop-se', '{ hasOwnProperty: null }', 'there is no "hasOwnProperty" to take away'],
    ['device', 'surface-laptop-se', '{ valueOf: { a: 1 } }', 'unknown key "valueOf"'],
  ])('cannot change what every object has: %s %s', async (_, name, changes, message) => {
    const path = file('proto.yaml', GOOD.replace(name, `{ use: ${name}, with: ${changes} }`))
    const { code, stderr } = await call('run', path)
    expect([code, stderr.split('\n')[0]]).toEqual([2, expect.stringMatching(`^error ERR_FILE_INVALID: .*${message}$`)])
  })

  test('cannot send escape sequences to the terminal, neither in a message nor in a title', async () => {
    const [message, title] = [
      await call('run', file('bad.yaml', 'title: "\u001b[2J\u009b31m\u001b]0;gone\u0007"\nbogus: 1\n')),
      await call('--plain', '--scenario', file('evil.yaml', GOOD.replace('A good file', '"\\e[2J\\a\\x9b evil"'))),
    ]
    expect([message.code, title.code]).toEqual([2, 0])
    expect(title.stdout).toContain('evil')
    for (const text of [message.stderr, title.stdout]) {
      expect(text).toContain('\ufffd')
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    }
  })
})

describe('a file that cannot be read', { timeout: 10_000 }, () => {
  test('is named, with the reason', async () => {
    const path = join(folder, 'folder.yaml')
    mkdirSync(path)
    const reason = 'EISDIR: illegal operation on a directory, read'
    expectRefused(await call('run', path), `ERR_NO_SCENARIO: there is no scenario in the folder ${path}`)
    expectRefused(await call('boot', path), `ERR_NOT_READABLE: ${path} cannot be read: ${reason}`)
    expectRefused(await call('--tenant', path), `ERR_NOT_READABLE: ${path} cannot be read: ${reason}`)
  })

  test('is not found when it is a link to nothing', async () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.yaml'))
    expect(await call('run', join(folder, 'link.yaml'))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error ERR_NOT_FOUND: there is no scenario at .*link\.yaml\n/),
    })
  })
})
