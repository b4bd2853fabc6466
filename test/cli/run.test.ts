import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PAGE_IDS } from '../../src/domain/pages.ts'
import { parseXml, type XmlElement } from '../../src/protocols/xml/read.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { changedScenario, filesBelow, HAPPY_PATH, journalOf, temporaryFolder } from './files.ts'
import { oobe, start } from './program.ts'

const journalText = (out: string, run: string) => readFileSync(join(out, run, 'journal.ndjson'), 'utf8')

/** A scenario file in an empty folder. */
function written(name: string, text: string) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), text)
  return folder
}

describe('oobe run', () => {
  test('plays the scenarios that it is given, lists and counts them', async () => {
    const out = temporaryFolder()
    const { code, stdout, stderr } = await oobe(['run', HAPPY_PATH, 'not-registered', '--out', out])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [first, second, blank, counts] = stdout.split('\n')
    expect(first).toMatch(
      /^✓ surface-wifi-happy-path {2}desktop \(standard user, managed, Autopilot\) {2}\[38:15, seed 1\]$/,
    )
    expect(second).toMatch(/^✓ not-registered {2}desktop \(local administrator, not managed, no Autopilot profile\)/)
    expect(blank).toBe('')
    expect(counts).toMatch(/^2 passed, 0 failed \([\d:]+ of device time in [\d.]+ s\)$/)
  })

  test('writes a journal and its vault for each scenario, and what the last run was, into the folder of --out', async () => {
    const out = join(temporaryFolder(), 'deep', 'er')
    const cwd = temporaryFolder()
    expect((await oobe(['run', HAPPY_PATH, 'wifi-wrong-key', '--out', out], cwd)).code).toBe(0)
    const files = [HAPPY_PATH, 'wifi-wrong-key'].flatMap((run) =>
      ['journal.ndjson', 'vault.json'].map((name) => join(run, name)),
    )
    expect(filesBelow(out)).toEqual(['last-run.json', ...files])
    expect(statSync(join(out, HAPPY_PATH, 'vault.json')).mode & 0o777).toBe(0o600)
    expect(filesBelow(cwd)).toEqual([])
    const entries = journalOf(out, HAPPY_PATH)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index))
    expect(entries[0]).toMatchObject({ kind: 'run', spec: { scenario: HAPPY_PATH, seed: 1 } })
    expect(entries.at(-1)).toMatchObject({ kind: 'verdict', passed: true, failures: [] })
  })

  test('writes into oobe-results when no folder is named', async () => {
    const cwd = temporaryFolder()
    expect((await oobe(['run', HAPPY_PATH], cwd)).code).toBe(0)
    const names = ['last-run.json', join(HAPPY_PATH, 'journal.ndjson'), join(HAPPY_PATH, 'vault.json')]
    expect(filesBelow(cwd)).toEqual(names.map((name) => join('oobe-results', name)))
  })

  test('takes every shipped scenario when none is named, one case of a matrix each', async () => {
    const { code, stdout } = await oobe(['run', '--list'])
    const taken = [...stdout.matchAll(/^(\S+) /gm)].map(([, id]) => id!)
    const shipped = namesOf('scenario')
    expect(code).toBe(0)
    expect(shipped.length).toBeGreaterThan(200)
    expect(shipped.filter((name) => !taken.some((id) => id === name || id.startsWith(`${name}-`)))).toEqual([])
  })

  test('finds scenarios of the working folder by name, before the shipped ones', async () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'scenarios'))
    writeFileSync(join(cwd, 'scenarios', 'ours.yaml'), changedScenario(HAPPY_PATH, 'within: 90m', 'within: 89m'))
    const { code, stdout } = await oobe(['run', 'ours'], cwd)
    expect({ code, passed: stdout.includes('✓ ours') }).toEqual({ code: 0, passed: true })
  })

  test('prints each page of each scenario with the reporter plain', async () => {
    const { code, stdout } = await oobe(['run', HAPPY_PATH, '--reporter', 'plain', '--out', temporaryFolder()])
    expect(code).toBe(0)
    expect(stdout).toContain('[region] Is this the right country or region?')
    expect(stdout).toContain('1 passed, 0 failed')
  })

  test.each(['plain,list', 'list,plain', 'plain,plain'])('prints one verdict with the reporters %s', async (names) => {
    const { code, stdout } = await oobe(['run', HAPPY_PATH, '--reporter', names, '--out', temporaryFolder()])
    expect(code).toBe(0)
    expect(stdout.split('1 passed, 0 failed')).toHaveLength(2)
    expect(stdout).toContain('[region] ')
  })

  test('ends in order on Ctrl+C, with its own code and the journal up to there', async () => {
    const out = temporaryFolder()
    const args = ['run', HAPPY_PATH, '--speed', '60', '--reporter', 'plain', '--out', out]
    const { child, ended } = start(args)
    child.stdout!.on('data', (text: string) => text.includes('[region]') && child.kill('SIGINT'))
    const { code, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
    expect(journalOf(out, HAPPY_PATH)).toContainEqual(
      expect.objectContaining({ kind: 'screen', screen: expect.objectContaining({ page: 'region' }) }),
    )
  })
})

describe('the junit reporter', () => {
  const find = (element: XmlElement, name: string): XmlElement[] => [
    ...(element.local === name ? [element] : []),
    ...element.children.flatMap((child) => find(child, name)),
  ]
  const attribute = (element: XmlElement | undefined, name: string) =>
    element?.attributes.find(({ local }) => local === name)?.value

  test('writes what a CI server reads, with the counts of the run', async () => {
    const out = temporaryFolder()
    const failing = join(out, 'wrong "<&>".yaml')
    writeFileSync(failing, changedScenario(HAPPY_PATH, 'account: standard', 'account: administrator'))
    const { code, stdout } = await oobe(['run', 'wifi-wrong-key', failing, '--reporter', 'list,junit', '--out', out])
    expect(code).toBe(1)
    expect(stdout).toContain('1 passed, 1 failed')
    expect(stdout).toContain(`junit report: ${join(out, 'junit.xml')}`)

    const root = parseXml(readFileSync(join(out, 'junit.xml')))
    const [suite] = find(root, 'testsuite')
    const cases = find(root, 'testcase')
    expect(root.local).toBe('testsuites')
    for (const element of [root, suite]) {
      expect(['tests', 'failures', 'errors'].map((name) => attribute(element, name))).toEqual(['2', '1', '0'])
      expect(Number(attribute(element, 'time'))).toBeGreaterThan(0)
    }
    expect(cases.map((one) => attribute(one, 'name'))).toEqual(['wifi-wrong-key', 'wrong "<&>"'])
    expect(cases.map((one) => find(one, 'failure').map(({ text }) => text))).toEqual([
      [],
      ['expected account administrator, got standard'],
    ])
    const properties = find(cases[0]!, 'property').map((one) => [attribute(one, 'name'), attribute(one, 'value')])
    expect(Object.fromEntries(properties)).toEqual({
      seed: '1',
      deviceSeconds: expect.stringMatching(/^\d{4}\.\d{3}$/),
      outcome: 'desktop (standard user, managed, Autopilot)',
    })
  })
})

describe('--seed', () => {
  test('gives the same journal bytes twice, and others with another seed', async () => {
    const out = temporaryFolder()
    const play = (seed: string, name: string) => oobe(['run', HAPPY_PATH, '--seed', seed, '--out', join(out, name)])
    const runs = [await play('42', 'one'), await play('42', 'two'), await play('43', 'other')]
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
    const [one, two, other] = ['one', 'two', 'other'].map((name) => journalText(join(out, name), HAPPY_PATH))
    expect(one!.length).toBeGreaterThan(10_000)
    expect(two).toBe(one)
    expect(other).not.toBe(one)
    expect(other!.replace('"seed":43', '"seed":42')).not.toBe(one)
  })

  test('gives the same journal through MSW as by a call', async () => {
    const out = temporaryFolder()
    const play = (transport: string) =>
      oobe(['run', HAPPY_PATH, '--transport', transport, '--out', join(out, transport)])
    expect([(await play('msw')).code, (await play('direct')).code]).toEqual([0, 0])
    expect(journalText(join(out, 'direct'), HAPPY_PATH)).toBe(journalText(join(out, 'msw'), HAPPY_PATH))
  })
})

describe('--speed', () => {
  test.each(['fast', '0', '-1', 'x', 'NaN', 'Infinity', '1e999'])('refuses "%s"', async (speed) => {
    const { code, stdout, stderr } = await oobe(['run', HAPPY_PATH, `--speed=${speed}`, '--out', temporaryFolder()])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`error ERR_BAD_SPEED: "${speed}" is no speed\n  real, instant, or a number such as 60\n`)
  })

  test.each(['instant', '1e7', 'x1000000'])('takes "%s"', async (speed) => {
    const out = temporaryFolder()
    expect((await oobe(['run', HAPPY_PATH, '--speed', speed, '--out', out])).code).toBe(0)
    expect(journalOf(out, HAPPY_PATH).at(-1)).toMatchObject({ kind: 'verdict', passed: true })
  })
})

describe('a planted wrong expectation', () => {
  test.each([
    [
      'outcome: desktop',
      'outcome: signInScreen',
      'expected the outcome signInScreen, got desktop (standard user, managed, Autopilot)',
    ],
    ['account: standard', 'account: administrator', 'expected account administrator, got standard'],
    ['autopilot: true', 'autopilot: false', 'expected autopilot false, got true'],
    ['within: 90m', 'within: 10m', 'expected it within 10:00, took 38:15'],
    [
      'never: [enrollmentStatusFailure]',
      'never: [welcome]',
      'expected never to see the page welcome; it came after 36:33',
    ],
    ['never: [enrollmentStatusFailure]', 'code: "0x800705b4"', 'expected the code 0x800705b4, got none'],
    ['never: [enrollmentStatusFailure]', 'boots: 7', 'expected 7 starts, got 3'],
    [
      'pages: [region, keyboard,',
      'pages: [keyboard, region,',
      /expected the pages keyboard → region → .*; region is missing in powerOn → region → keyboard → /,
    ],
  ])('fails the scenario: %s, changed to %s', async (was, is, message) => {
    const folder = written('wrong.yaml', changedScenario(HAPPY_PATH, was, is))
    const { code, stdout, stderr } = await oobe(['run', './wrong.yaml', '--out', 'kept'], folder)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^✗ wrong /)
    expect(stdout.split('\n')[1]!.trim()).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    )
    expect(stdout).toContain('0 passed, 1 failed')
    expect(journalOf(join(folder, 'kept'), 'wrong').at(-1)).toMatchObject({ kind: 'verdict', passed: false })
  })

  test('of one scenario leaves the others to be played', async () => {
    const folder = written('wrong.yaml', changedScenario(HAPPY_PATH, 'account: standard', 'account: administrator'))
    const { code, stdout } = await oobe(['run', './wrong.yaml', 'wifi-wrong-key'], folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^✗ wrong .*^✓ wifi-wrong-key .*^1 passed, 1 failed/ms)
  })
})

describe('oobe without a terminal', () => {
  test('plays the default scenario without a person and prints each page with its text, and the outcome', async () => {
    const out = temporaryFolder()
    const { code, stdout, stderr } = await oobe(['--out', out])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^A student sets up a Surface Laptop SE on the school Wi-Fi — Microsoft Surface Laptop SE, Contoso School, seed 1\n/,
    )
    expect(stdout).toMatch(/\noutcome: desktop \(standard user, managed, Autopilot\), after 38:15 of device time\n$/)
    const texts = [
      '[powerOn] Just a moment…',
      '[region] Is this the right country or region?',
      '[keyboard] Is this the right keyboard layout or input method?',
      '[secondKeyboard] Want to add a second keyboard layout?',
      "[network] Let's connect you to a network",
      '[network/key] ',
      '[autopilotProfile] ',
      '[criticalUpdates] Checking for updates',
      '[naming] Setting up your device',
      "[signIn/email] Let's set things up for your work or school",
      '[signIn/password] Enter password',
      '[deviceJoin] ',
      '[enrollment] ',
      '[enrollmentStatus] Setting up for work or school',
      '[qualityUpdates] ',
      '[welcome] Welcome to Contoso School',
      '[firstLogon] Hi Alice Park',
      '[desktop] Desktop',
    ]
    const places = texts.map((text) => stdout.indexOf(text))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(stdout).toContain('Standard user, no local administrator rights')

    // Every page of the journal is printed, and nothing that is no page.
    const printed = new Set([...stdout.matchAll(/^ *[\d:.s]+ {2}\[(\w+)(?:\/\w+)?\] \S/gm)].map(([, page]) => page!))
    const shown = journalOf(out, HAPPY_PATH).flatMap(({ screen }) =>
      screen ? [(screen as { page: string }).page] : [],
    )
    expect([...printed].sort()).toEqual([...new Set(shown)].sort())
    expect([...printed].filter((page) => !(PAGE_IDS as string[]).includes(page))).toEqual([])
  })

  test('fails with a planted wrong expectation, and says what it got', async () => {
    const folder = written('wrong.yaml', changedScenario(HAPPY_PATH, 'outcome: desktop', 'outcome: signInScreen'))
    const { code, stdout } = await oobe(['--scenario', './wrong.yaml'], folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /\n {2}expected the outcome signInScreen, got desktop \(standard user, managed, Autopilot\)\n$/,
    )
    expect(journalOf(join(folder, 'oobe-results'), 'wrong').at(-1)).toMatchObject({ kind: 'verdict', passed: false })
  })

  test('takes another device and another seed', async () => {
    const out = temporaryFolder()
    const { code, stdout } = await oobe(['boot', 'dell-latitude-3120', '--seed', '5', '--out', out])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^.* — Dell Latitude 3120, Contoso School, seed 5\n/)
    expect(journalOf(out, HAPPY_PATH)[0]).toMatchObject({ spec: { device: { id: 'dell-latitude-3120' }, seed: 5 } })
  })
})

describe('oobe device hash', () => {
  const HASH = /^[A-Za-z0-9+/]{4000}\n$/

  test('of a shipped device searches no key', async () => {
    expect(await oobe(['device', 'hash', 'surface-laptop-se'])).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(HASH),
    })
  })

  test('of another device says on the side why that takes a moment', async () => {
    const device = readFileSync('devices/surface-laptop-se.yaml', 'utf8')
    const folder = written('own.yaml', device.replace('endorsementSeed: 53', 'endorsementSeed: 54'))
    expect(await oobe(['device', 'hash', './own.yaml'], folder)).toEqual({
      code: 0,
      stderr: 'note: deriving the key "ek" of a device or school that is not shipped: about half a second\n',
      stdout: expect.stringMatching(HASH),
    })
  })
})

describe('secrets', () => {
  const WIFI_KEY = 'canary-Wifi-7f3a'
  const OTHER_KEY = 'canary-Other-55c1'
  const WRONG_KEY = 'canary-Wrong-b8e2'
  const PASSWORD = 'canary-Pass-91d4'
  const WRONG_PASSWORD = 'canary-Miss-0c6e'
  const SCENARIO = `
title: Every secret is a canary
device: surface-laptop-se
tenant:
  use: contoso-school
  with: { users: [{ email: alice@contoso.example, password: ${PASSWORD}, name: Alice Park }] }
network:
  wifi:
    - { ssid: Contoso-Students, key: ${WIFI_KEY} }
    - { ssid: Neighbours, key: ${OTHER_KEY} }
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  network: [{ wifi: Contoso-Students, key: ${WRONG_KEY} }, { key: ${WIFI_KEY} }]
  signIn:
    - { email: alice@contoso.example, password: ${WRONG_PASSWORD} }
    - { password: ${PASSWORD} }
  welcome: { password: ${PASSWORD} }
expect: { outcome: desktop, account: standard }
`

  test.each([
    ['run', ['run', './canary.yaml', '--reporter', 'list,junit,plain', '--out', 'out']],
    ['boot', ['boot', '--scenario', './canary.yaml', '--plain', '--out', 'out']],
  ])('occur neither in what oobe %s prints nor in a file that it writes', async (_, args) => {
    const folder = written('canary.yaml', SCENARIO)
    const { code, stdout, stderr } = await oobe(args, folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const files = filesBelow(join(folder, 'out'))
    expect(files).toContain(join('canary', 'journal.ndjson'))
    // Both the wrong ones and the right ones were given, and are written down as given.
    const stimuli = journalOf(join(folder, 'out'), 'canary').flatMap(({ stimulus }) =>
      stimulus === undefined ? [] : [stimulus as { values?: Record<string, unknown> }],
    )
    const given = stimuli.flatMap(({ values }) => Object.entries(values ?? {}))
    expect(given.filter(([id]) => id === 'key' || id === 'password').length).toBe(5)

    // The vault is where they are.
    const shown = files.filter((file) => !file.endsWith('vault.json'))
    const everything = [stdout, stderr, ...shown.map((file) => readFileSync(join(folder, 'out', file), 'latin1'))]
    for (const secret of [WIFI_KEY, OTHER_KEY, WRONG_KEY, PASSWORD, WRONG_PASSWORD]) {
      const encodings = ['utf8', 'base64', 'base64url', 'hex'] as const
      for (const form of encodings.map((encoding) => Buffer.from(secret).toString(encoding).replace(/=+$/, ''))) {
        expect(everything.filter((text) => text.includes(form))).toEqual([])
      }
    }
  })
})
