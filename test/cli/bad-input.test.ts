import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { changedScenario, type Ended, HAPPY_PATH, journalOf, oobe, start, temporaryFolder } from './program.ts'

const STACK = /\n\s+at /

/** Calls the program's own main in this process; a call that hangs fails by the deadline. */
async function call(...args: string[]): Promise<Ended> {
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

let folder: string
let cwd: { mockRestore(): void }
beforeEach(() => {
  folder = temporaryFolder()
  // Workers of the test runner cannot change the real one.
  cwd = vi.spyOn(process, 'cwd').mockImplementation(() => folder)
})
afterEach(() => cwd.mockRestore())

/** A file in the test's folder, by absolute path. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

/** One message on stderr, nothing on stdout, code 2, no stack. */
function expectRefused(ended: Ended, message: string, ...details: string[]) {
  expect(ended.stderr).not.toMatch(STACK)
  expect(ended).toEqual({ code: 2, stdout: '', stderr: `${[`error ${message}`, ...details].join('\n')}\n` })
}

const DEVICES = '  There are: asus-br1100fka, dell-latitude-3120, lenovo-300w-gen-3, surface-laptop-se'

describe('words that mean nothing', { timeout: 10_000 }, () => {
  test.each<[string[], string, string]>([
    [['rnu'], 'ERR_UNKNOWN_COMMAND: there is no command "rnu"', '  Did you mean "oobe run"?'],
    [['devices'], 'ERR_UNKNOWN_COMMAND: there is no command "devices"', '  Did you mean "oobe device"?'],
    [['fabricate'], 'ERR_UNKNOWN_COMMAND: there is no command "fabricate"', '  "oobe --help" lists the commands'],
    [['device', 'lst'], 'ERR_UNKNOWN_COMMAND: there is no "oobe device lst"', '  There are: list, hash'],
    [['--tennant', 'x'], 'ERR_UNKNOWN_OPTION: oobe boot has no option "--tennant"', '  Did you mean "--tenant"?'],
    [['boot', '--sped=1'], 'ERR_UNKNOWN_OPTION: oobe boot has no option "--sped"', '  Did you mean "--speed"?'],
    [
      ['run', '--reportr', 'x'],
      'ERR_UNKNOWN_OPTION: oobe run has no option "--reportr"',
      '  Did you mean "--reporter"?',
    ],
    [
      ['run', '--frobnicate'],
      'ERR_UNKNOWN_OPTION: oobe run has no option "--frobnicate"',
      '  "oobe run --help" lists the options',
    ],
    [
      ['device', '--al'],
      'ERR_UNKNOWN_OPTION: oobe device has no option "--al"',
      '  "oobe device --help" lists the options',
    ],
    [['run', '-z'], "ERR_BAD_ARGUMENTS: Unknown option '-z'", '  "oobe run --help" lists the options'],
    [['run', '--no-out'], "ERR_BAD_ARGUMENTS: Unknown option '--no-out'", '  "oobe run --help" lists the options'],
    [
      ['run', '--seed'],
      "ERR_BAD_ARGUMENTS: Option '--seed <value>' argument missing",
      '  "oobe run --help" lists the options',
    ],
    [
      ['run', '--seed', '-1'],
      "ERR_BAD_ARGUMENTS: Option '--seed' argument is ambiguous",
      '  "oobe run --help" lists the options',
    ],
    [['boot', 'a', 'b'], 'ERR_BAD_ARGUMENTS: one device at a time: a, b', ''],
    [
      ['boot', 'surface-laptop-s'],
      'ERR_NOT_FOUND: there is no device "surface-laptop-s"',
      '  Did you mean "surface-laptop-se"?',
    ],
    [['boot', 'toaster'], 'ERR_NOT_FOUND: there is no device "toaster"', DEVICES],
    [['device', 'hash', 'toaster'], 'ERR_NOT_FOUND: there is no device "toaster"', DEVICES],
    [['device', 'hash'], 'ERR_BAD_ARGUMENTS: which device?', DEVICES],
    [
      ['--tenant', 'contoso-scholl'],
      'ERR_NOT_FOUND: there is no tenant "contoso-scholl"',
      '  Did you mean "contoso-school"?',
    ],
    [['--tenant', 'hogwarts'], 'ERR_NOT_FOUND: there is no tenant "hogwarts"', '  There are: contoso-school'],
    [
      ['--scenario', 'not-regstered'],
      'ERR_NOT_FOUND: there is no scenario "not-regstered"',
      '  Did you mean "not-registered"?',
    ],
    [
      ['run', 'wifi-wrong-kee'],
      'ERR_NOT_FOUND: there is no scenario "wifi-wrong-kee"',
      '  Did you mean "wifi-wrong-key"?',
    ],
    [
      ['run', './wrong-pasword.yaml'],
      'ERR_NOT_FOUND: there is no scenario "./wrong-pasword.yaml"',
      '  Did you mean "wrong-password"?',
    ],
    [
      ['run', HAPPY_PATH, '--reporter', 'list,junt'],
      'ERR_UNKNOWN_REPORTER: there is no reporter "junt"',
      '  Did you mean "junit"?',
    ],
    [
      ['run', HAPPY_PATH, '--reporter', 'telegram'],
      'ERR_UNKNOWN_REPORTER: there is no reporter "telegram"',
      '  There are: list, junit, plain',
    ],
    [
      ['run', HAPPY_PATH, '--transport', 'udp'],
      'ERR_UNKNOWN_TRANSPORT: there is no transport "udp"',
      '  There are: msw, direct',
    ],
    ...['x', '', '1.5', '-1', '0x10', '1e3', '9007199254740993'].map((seed): [string[], string, string] => [
      ['run', HAPPY_PATH, `--seed=${seed}`],
      `ERR_BAD_SEED: "${seed}" is no seed`,
      '  a whole number from 0 on',
    ]),
    [['--plain', '--speed', 'fast'], 'ERR_BAD_SPEED: "fast" is no speed', '  real, instant, or a number such as 60'],
  ])('are refused before anything is played: oobe %j', async (args, message, detail) => {
    expectRefused(await call(...args), message, ...(detail ? [detail] : []))
    expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
  })

  test('are refused in a list of scenarios before the first is played', async () => {
    const ended = await call('run', HAPPY_PATH, 'nonsense-of-mine')
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(
      /^error ERR_NOT_FOUND: there is no scenario "nonsense-of-mine"\n {2}There are: .*not-registered/,
    )
    expect(existsSync(join(folder, 'oobe-results'))).toBe(false)
  })

  test.each([['--help'], ['-h'], ['help'], ['run', '--help'], ['boot', '-h'], ['device']])(
    'are none of oobe %s %s, which helps',
    async (...args) => {
      const ended = await call(...args.filter(Boolean))
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      expect(ended.stdout).toMatch(/^oobe/)
    },
  )
})

const GOOD = `title: A good file
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

describe('a scenario file', { timeout: 10_000 }, () => {
  test('without a mistake is played', async () => {
    expect(await call('run', file('good.yaml', GOOD), '--transport', 'direct')).toMatchObject({ code: 0, stderr: '' })
  })

  /** What was changed, into what, and the message that follows `error CODE: file:`. */
  test.each<[string, string, string, string]>([
    [
      'an unknown key',
      GOOD.replace('expect:', 'netwrok: {}\nexpect:'),
      'ERR_FILE_INVALID',
      '9:1: netwrok: unknown key "netwrok". Did you mean "network"?\n      8 |   region: United States\n  >   9 | netwrok: {}\n        | ^^^^^^^',
    ],
    [
      'an unknown key deep inside, and nothing that is near',
      GOOD.replace('{ ssid: Home,', '{ ssid: Home, colour: red,'),
      'ERR_FILE_INVALID',
      '6:21: network.wifi.0.colour: unknown key "colour"\n     5 |   wifi:\n  >  6 |     - { ssid: Home, colour: red, key: some-key-1 }\n       |                     ^^^^^^',
    ],
    [
      'an answer for a page that is none',
      GOOD.replace('region:', 'regoin:'),
      'ERR_FILE_INVALID',
      '8:3: person.regoin: unknown key "regoin". Did you mean "region"?\n     7 | person:\n  >  8 |   regoin: United States\n       |   ^^^^^^',
    ],
    [
      'a prototype for a key',
      `${GOOD}__proto__: { title: x }\n`,
      'ERR_FILE_INVALID',
      '11:1: __proto__: unknown key "__proto__"\n     10 |   outcome: unanswered\n  >  11 | __proto__: { title: x }\n        | ^^^^^^^^^',
    ],
    [
      'a number for a text',
      GOOD.replace('A good file', '2024'),
      'ERR_FILE_INVALID',
      '1:8: title: must be a text\n  >  1 | title: 2024\n       |        ^^^^',
    ],
    [
      'a list for a text',
      GOOD.replace('A good file', '[a, b]'),
      'ERR_FILE_INVALID',
      '1:8: title: must be a text\n  >  1 | title: [a, b]\n       |        ^^^^^^',
    ],
    [
      'a password that YAML takes for a number',
      GOOD.replace('  region: United States', '  signIn: { email: a@b.example, password: 12345 }'),
      'ERR_FILE_INVALID',
      '8:43: person.signIn.password: must be a text: put numbers in quotes\n     7 | person:\n  >  8 |   signIn: { email: a@b.example, password: 12345 }\n       |                                           ^^^^^',
    ],
    [
      'the same key twice',
      `${GOOD}title: Again\n`,
      'ERR_YAML_SYNTAX',
      '11:1: Map keys must be unique\n     10 |   outcome: unanswered\n  >  11 | title: Again\n        | ^',
    ],
    [
      'an alias',
      GOOD.replace('device: surface-laptop-se', 'device: &it surface-laptop-se').replace('contoso-school', '*it'),
      'ERR_YAML_SYNTAX',
      '3:9: aliases are not supported: *it\n     2 | device: &it surface-laptop-se\n  >  3 | tenant: *it\n       |         ^',
    ],
    [
      'a tag',
      GOOD.replace('A good file', '!!js/function x'),
      'ERR_YAML_SYNTAX',
      '1:8: Unresolved tag: tag:yaml.org,2002:js/function\n  >  1 | title: !!js/function x\n       |        ^',
    ],
    [
      'a required key missing',
      GOOD.replace('tenant: contoso-school\n', ''),
      'ERR_FILE_INVALID',
      '1:1: tenant is missing\n  >  1 | title: A good file\n       | ^^^^^^^^^^^^^^^^^^',
    ],
    [
      'a required key missing inside',
      GOOD.replace('ssid: Home, ', ''),
      'ERR_FILE_INVALID',
      '6:7: network.wifi.0.ssid is missing\n     5 |   wifi:\n  >  6 |     - { key: some-key-1 }\n       |       ^^^^^^^^^^^^^^^^^^^',
    ],
    [
      'a bracket that stays open',
      GOOD.replace('A good file', '[A'),
      'ERR_YAML_SYNTAX',
      '2:1: Flow sequence in block collection must be sufficiently indented and end with a ]\n     1 | title: [A\n  >  2 | device: surface-laptop-se\n       | ^',
    ],
    [
      'a tab for indentation',
      GOOD.replace('  region', '\tregion'),
      'ERR_YAML_SYNTAX',
      '8:1: Tabs are not allowed as indentation\n     7 | person:\n  >  8 | \tregion: United States\n       | ^',
    ],
    [
      'two documents',
      `${GOOD}---\n${GOOD}`,
      'ERR_YAML_SYNTAX',
      '11:1: one document in a file, please\n     10 |   outcome: unanswered\n  >  11 | ---\n        | ^',
    ],
  ])('with %s is refused, with the place and the line', async (_, text, code, message) => {
    const path = file('bad.yaml', text)
    expectRefused(await call('run', path), `${code}: ${path}:${message}`)
  })

  test.each<[string, string | Uint8Array]>([
    ['nothing in it', ''],
    ['a comment only', '# to do\n'],
    ['a text only', 'hello\n'],
    ['a list', '- title: x\n'],
    ['a picture', Uint8Array.from({ length: 2_000 }, (_, index) => (index * 7919) % 251)],
  ])('with %s is refused on one line', async (_, content) => {
    const ended = await call('run', file('bad.yaml', content))
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^error ERR_YAML_SYNTAX: \S+bad\.yaml:\d+:\d+: \S/)
    expect(ended.stderr).not.toMatch(STACK)
  })

  test('with a misspelt value is told the near one', async () => {
    const path = file('bad.yaml', GOOD.replace('outcome: unanswered', 'outcome: unaswered'))
    const { code, stderr } = await call('run', path)
    expect(code).toBe(2)
    expect(stderr).toContain(`${path}:10:12: expect.outcome: `)
    expect(stderr).toContain('received "unaswered". Did you mean "unanswered"?\n')
  })

  test('with an unknown page in its expectations is told the near one', async () => {
    const path = file('bad.yaml', `${GOOD}  pages: [region, keybord]\n  never: [welcom]\n`)
    const { code, stderr } = await call('run', path)
    expect(code).toBe(2)
    expect(stderr).toContain(`${path}:11:19: expect.pages.1: `)
    expect(stderr).toContain('received "keybord". Did you mean "keyboard"?\n')
    expect(stderr).toContain(`${path}:12:11: expect.never.0: `)
    expect(stderr).toContain('received "welcom". Did you mean "welcome"?\n')
  })

  test.each([
    [
      'two effects',
      '{ when: { at: 1s }, drop: true, hang: true }',
      'bad.yaml:12:5: faults.0: needs one effect: network, cable',
    ],
    ['no effect', '{ when: { at: 1s } }', 'bad.yaml:12:5: faults.0: needs one effect: network, cable'],
    [
      'two conditions',
      '{ when: { at: 1s, request: "*" }, hang: true }',
      'bad.yaml:12:13: faults.0.when: needs one condition: state, request or at',
    ],
    [
      'no condition',
      '{ when: {}, hang: true }',
      'bad.yaml:12:13: faults.0.when: needs one condition: state, request or at',
    ],
    ['a request that is no pattern', '{ when: { request: "GET  x" }, hang: true }', 'faults.0.when.request: must be'],
  ])('with %s in one fault is refused, with the fault', async (_, fault, message) => {
    const path = file('bad.yaml', `${GOOD}faults:\n  - ${fault}\n`)
    const ended = await call('run', path)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^error ERR_FILE_INVALID: [^\n]+\n/)
    expect(ended.stderr).toContain(path)
    expect(ended.stderr).toContain(message)
    expect(ended.stderr).not.toMatch(STACK)
  })

  test('with a device or a tenant that is not there is refused, with the near one', async () => {
    const device = file('device.yaml', GOOD.replace('surface-laptop-se', 'surface-laptop-xe'))
    expect(await call('run', device)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /device\.yaml:2:9: there is no device "surface-laptop-xe"\n[\s\S]*\n {2}Did you mean "surface-laptop-se"\?\n$/,
      ),
    })
    const tenant = file('tenant.yaml', GOOD.replace('contoso-school', 'contoso-schol'))
    expect(await call('run', tenant)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /tenant\.yaml:3:9: there is no tenant "contoso-schol"\n[\s\S]*\n {2}Did you mean "contoso-school"\?\n$/,
      ),
    })
  })

  test('with a changed fact that a device cannot have is refused', async () => {
    const text = GOOD.replace('surface-laptop-se', '{ use: surface-laptop-se, with: { title: 5 } }')
    const path = file('bad.yaml', text)
    const ended = await call('run', path)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^error ERR_FILE_INVALID: \S+bad\.yaml:2:50: device\.with: title: /)
  })

  test.each([
    ['a fact that is misspelt', 'device', '{ tmp: { vendor: IFX } }', /:2:43: device\.with: tmp: unknown key "tmp"/],
    [
      'a fact taken away that is none',
      'tenant',
      '{ uzers: null }',
      /: tenant\.with: there is no "uzers" to take away\n/,
    ],
  ])('with %s is refused, at its place', async (_, kind, changes, message) => {
    const name = kind === 'device' ? 'surface-laptop-se' : 'contoso-school'
    const path = file('bad.yaml', GOOD.replace(name, `{ use: ${name}, with: ${changes} }`))
    const ended = await call('run', path)
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
    expect(ended.stderr).toMatch(/^error ERR_FILE_INVALID: \S+bad\.yaml:\d+:\d+: [^\n]+\n[\s\S]*\n +\| +\^+\n/)
  })

  test('with a name in its matrix that is not there is refused, at its place', async () => {
    const path = file('bad.yaml', `${GOOD}matrix:\n  device: [surface-laptop-se, del-latitude-3120]\n`)
    expect(await call('run', path)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error ERR_NOT_FOUND: \S+bad\.yaml:12:31: there is no device/),
    })
  })

  test('with a fault on a state that is not there is refused before anything is played', async () => {
    const path = file('bad.yaml', `${GOOD}faults:\n  - { when: { state: deviceSetup.appz }, network: down }\n`)
    expect(await call('run', HAPPY_PATH, path)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^error ERR_UNKNOWN_STATE: \S+bad\.yaml:12:22: there is no state "deviceSetup\.appz"\n[\s\S]*deviceSetup\.apps/,
      ),
    })
  })

  test('with many mistakes is told several of them, and not without end', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `    - { ssid: Home, key: ${index} }\n`).join('')
    const { code, stderr } = await call('run', file('bad.yaml', GOOD.replace('person:', `${many}person:`)))
    expect(code).toBe(2)
    expect(stderr.match(/must be a text/g)!.length).toBeGreaterThan(2)
    expect(stderr.split('\n').length).toBeLessThan(60)
  })
})

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
    expectRefused(await call('run', path), `ERR_NOT_READABLE: ${path} cannot be read: ${reason}`)
    expectRefused(await call('boot', path), `ERR_NOT_READABLE: ${path} cannot be read: ${reason}`)
    expectRefused(await call('--tenant', path), `ERR_NOT_READABLE: ${path} cannot be read: ${reason}`)
  })

  test('is not found when it is a link to nothing', async () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.yaml'))
    expect(await call('run', join(folder, 'link.yaml'))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error ERR_NOT_FOUND: there is no scenario ".*link\.yaml"\n/),
    })
  })
})

describe('a device and a tenant file', { timeout: 10_000 }, () => {
  test('are read as strictly as a scenario', async () => {
    const device = readFileSync(new URL('../../devices/surface-laptop-se.yaml', import.meta.url), 'utf8')
    const path = file('devices/mine.yaml', device.replace(/^smbios:/m, 'smbois:'))
    const { code, stderr } = await call('boot', 'mine')
    expect(path).toMatch(/mine\.yaml$/)
    expect(code).toBe(2)
    expect(stderr).toMatch(/devices\/mine\.yaml:\d+:1: smbois: unknown key "smbois"\. Did you mean "smbios"\?\n/)
  })
})

describe('a person without an answer', { timeout: 30_000 }, () => {
  test('fails the scenario, with the page and what it offers, and the journal up to there', async () => {
    const path = file('shy.yaml', changedScenario(HAPPY_PATH, '  secondKeyboard: skip\n', ''))
    const { code, stdout, stderr } = await call('run', path, '--transport', 'direct', '--out', join(folder, 'out'))
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain(
      'expected the outcome desktop, got unanswered: nobody has an answer for the page secondKeyboard ("Want to add a second keyboard layout?"); its controls: back (button), addLayout (button), skip (button)',
    )
    const entries = journalOf(join(folder, 'out'), 'shy')
    expect(entries.at(-1)).toMatchObject({ kind: 'verdict', passed: false, outcome: { page: 'secondKeyboard' } })
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
  // Tests may run as root, for whom no folder is forbidden: a file stands in the way instead.
  test.each([
    ['run', HAPPY_PATH],
    ['boot', '--plain'],
  ])('ends oobe %s with code 3', async (...args) => {
    const out = file('in-the-way', '')
    expect(await call(...args, '--out', out)).toEqual({
      code: 3,
      stdout: '',
      stderr: `error ERR_OUTPUT_NOT_WRITABLE: ${out}/${HAPPY_PATH} cannot be written: ENOTDIR: not a directory, mkdir '${out}/${HAPPY_PATH}'\n`,
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

  test.runIf(existsSync('/dev/full'))('on a full disk ends the run with code 3', async () => {
    const out = join(folder, 'out')
    mkdirSync(join(out, HAPPY_PATH), { recursive: true })
    symlinkSync('/dev/full', join(out, HAPPY_PATH, 'journal.ndjson'))
    const { code, stderr } = await call('run', HAPPY_PATH, '--transport', 'direct', '--out', out)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error ERR_OUTPUT_NOT_WRITABLE: \S+journal\.ndjson cannot be written: ENOSPC[^\n]*\n$/)
  })
})

describe('the built program', () => {
  test.each([
    [['rnu'], 2, 'error ERR_UNKNOWN_COMMAND: '],
    [['run', 'nonsense-of-mine'], 2, 'error ERR_NOT_FOUND: '],
    [['--speed', 'fast'], 2, 'error ERR_BAD_SPEED: '],
    [['--out', '/dev/null'], 3, 'error ERR_OUTPUT_NOT_WRITABLE: '],
  ])('ends oobe %j with code %i and one message', async (args, code, message) => {
    const ended = await oobe(args, folder)
    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) })
    expect(ended.stderr.indexOf(message)).toBe(0)
    expect(ended.stderr).not.toMatch(STACK)
  })

  test('ends without a complaint when its reader goes away', async () => {
    const { child, ended } = start(['run', '--reporter', 'plain', '--transport', 'direct'], folder)
    child.stdout!.once('data', () => child.stdout!.destroy())
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })
})
