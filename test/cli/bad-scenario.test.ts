import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { call, expectRefused, file, GOOD, STACK } from './call.ts'
import { HAPPY_PATH } from './files.ts'

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
      '6:21: network.wifi.0.colour: unknown key "colour"\n     5 |   wifi:\n  >  6 |     - { ssid: Home, colour: red, key: •••••••••• }\n       |                     ^^^^^^',
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
      '8:43: person.signIn.password: must be a text: put numbers in quotes\n     7 | person:\n  >  8 |   signIn: { email: a@b.example, password: ••••• }\n       |                                           ^^^^^',
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
      '1:1: tenant is missing\n  >  1 | title: A good file\n       | ^^^^^^^^^^^^^^^^^^\n  Name one, or give the project one: defaults: { tenant: … } in oobe.config.yaml',
    ],
    [
      'a required key missing inside',
      GOOD.replace('ssid: Home, ', ''),
      'ERR_FILE_INVALID',
      '6:7: network.wifi.0.ssid is missing\n     5 |   wifi:\n  >  6 |     - { key: •••••••••• }\n       |       ^^^^^^^^^^^^^^^^^^^',
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
    expect(ended.stderr).toMatch(/^error ERR_(YAML_SYNTAX|FILE_ENCODING): \S+bad\.yaml:\d+:\d+: \S/)
    expect(ended.stderr).not.toMatch(STACK)
  })

  test('with a misspelt value: the message says the near one', async () => {
    const path = file('bad.yaml', GOOD.replace('outcome: unanswered', 'outcome: unaswered'))
    const { code, stderr } = await call('run', path)
    expect(code).toBe(2)
    expect(stderr).toContain(`${path}:10:12: expect.outcome: `)
    expect(stderr).toContain('received "unaswered". Did you mean "unanswered"?\n')
  })

  test('with an unknown page in its expectations: the message says the near one', async () => {
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
      'bad.yaml:12:5: events.0: needs one effect: network, cable',
    ],
    ['no effect', '{ when: { at: 1s } }', 'bad.yaml:12:5: events.0: needs one effect: network, cable'],
    [
      'two conditions',
      '{ when: { at: 1s, request: "*" }, hang: true }',
      'bad.yaml:12:13: events.0.when: needs one condition: state, left, page, request, csp, after or at',
    ],
    [
      'no condition',
      '{ when: {}, hang: true }',
      'bad.yaml:12:13: events.0.when: needs one condition: state, left, page, request, csp, after or at',
    ],
    ['a request that is no pattern', '{ when: { request: "GET  x" }, hang: true }', 'events.0.when.request: must be'],
  ])('with %s in one fault is refused, with the fault', async (_, fault, message) => {
    const path = file('bad.yaml', `${GOOD}events:\n  - ${fault}\n`)
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

  test.each(['device', 'tenant'])('with no %s in its matrix is refused: nothing played would pass', async (kind) => {
    const path = file('bad.yaml', `${GOOD}matrix:\n  ${kind}: []\n`)
    expect(await call('run', path)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^error ERR_FILE_INVALID: \\S+bad\\.yaml:12:\\d+: matrix\\.${kind}: must name at least one\\n`),
      ),
    })
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
    const path = file('bad.yaml', `${GOOD}events:\n  - { when: { state: deviceSetup.appz }, network: down }\n`)
    expect(await call('run', HAPPY_PATH, path)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^error ERR_UNKNOWN_STATE: \S+bad\.yaml:12:22: there is no state "deviceSetup\.appz"\n[\s\S]*deviceSetup\.apps/,
      ),
    })
  })

  test('with an event that waits for one that is not there is refused, and told the names', async () => {
    const event = '{ name: licence, when: { at: 1s }, network: down }\n  - { when: { after: licens }, push: true }'
    const path = file('bad.yaml', `${GOOD}events:\n  - ${event}\n`)
    const { code, stderr } = await call('run', path)
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/ERR_UNKNOWN_EVENT: [^\n]+: no event is called "licens"\n[\s\S]*There are: licence/),
    ])
  })

  test.each([
    [
      '{ assignLicence: carl@contoso.example }',
      'has no user "carl@contoso.example"',
      'Did you mean "carla@contoso.example"?',
    ],
    [
      '{ assign: { profile: classroom, to: clasroom-devices } }',
      'has no group "clasroom-devices"',
      'classroom-devices',
    ],
    ['{ delete: { app: nothing } }', 'has no app "nothing"', 'There are: '],
  ])('with an administrator who does %s is refused, with its line', async (action, message, hint) => {
    const path = file('bad.yaml', `${GOOD}events:\n  - { when: { at: 1s }, administrator: ${action} }\n`)
    const { code, stderr } = await call('run', path)
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/ERR_NOT_FOUND: \S+bad\.yaml:12:\d+: the tenant "contoso-school" has/),
    ])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
  })

  test.each([
    ['{}', 'needs one action: assignLicence'],
    ['{ deregister: true, device: wipe }', 'needs one action: assignLicence'],
    ['{ asignLicence: a@b.example }', 'unknown key "asignLicence". Did you mean "assignLicence"?'],
    ['{ graph: { method: GET, path: users } }', 'must begin with /'],
  ])('with the action %s is refused', async (action, message) => {
    const path = file('bad.yaml', `${GOOD}events:\n  - { when: { at: 1s }, administrator: ${action} }\n`)
    const { code, stderr } = await call('run', path)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  test('says what the key faults is called now', async () => {
    const { stderr } = await call('run', file('bad.yaml', `${GOOD}faults: []\n`))
    expect(stderr).toContain('unknown key "faults". It is called "events" now')
  })

  test('with many mistakes: the message says several of them, and not without end', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `    - { ssid: Home, key: ${index} }\n`).join('')
    const { code, stderr } = await call('run', file('bad.yaml', GOOD.replace('person:', `${many}person:`)))
    expect(code).toBe(2)
    expect(stderr.match(/must be a text/g)!.length).toBeGreaterThan(2)
    expect(stderr.split('\n').length).toBeLessThan(60)
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
