import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formsOf } from '../forms-of.ts'
import { call, file, folder } from './call.ts'
import { filesBelow, HAPPY_PATH } from './files.ts'

const quoted = (text: string): string => JSON.stringify(text)

/** Each is awkward by another rule, and long enough to be looked for. */
const SECRETS = {
  wifi: `key '"{}&<>% +=#`,
  otherWifi: 'Nachbars Schlüssel 🦊',
  user: 'Pa ss+w&rd=100%!?',
  wrong: 'Wr"ong\\wörd<x>&amp;',
  application: 'chalk & <blackboard> 100%',
  expected: 'eyJ.not-a-token.$&',
}

const SCENARIO = `
title: Every secret is a canary
device: surface-laptop-se
tenant:
  use: contoso-school
  with:
    users: [{ email: alice@contoso.example, password: ${quoted(SECRETS.user)}, name: Alice Park }]
    applications:
      - { id: 5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b, name: Script, secret: ${quoted(SECRETS.application)}, permissions: [] }
network:
  wifi:
    - { ssid: Contoso-Students, key: ${quoted(SECRETS.wifi)} }
    - { ssid: Neighbours, key: ${quoted(SECRETS.otherWifi)} }
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  network: { wifi: Contoso-Students, key: ${quoted(SECRETS.wifi)} }
  signIn:
    - { email: alice@contoso.example, password: ${quoted(SECRETS.wrong)} }
    - { password: ${quoted(SECRETS.user)} }
  welcome: { password: ${quoted(SECRETS.user)} }
`

const out = () => join(folder, 'out')

/** Everything that a command printed, and all that is below the output folder but the vaults, in which secrets belong. */
async function shownBy(...args: string[]): Promise<string> {
  const { stdout, stderr } = await call(...args)
  const files = filesBelow(out()).filter((path) => !path.endsWith('vault.json'))
  return [stdout, stderr, ...files.map((path) => readFileSync(join(out(), path), 'latin1'))].join('\n')
}

function expectNone(text: string): void {
  for (const [name, secret] of Object.entries(SECRETS)) {
    for (const form of formsOf(secret)) {
      expect(text.includes(form), `${name} as ${form}`).toBe(false)
      expect(text.includes(Buffer.from(form).toString('latin1')), `${name} as ${form}`).toBe(false)
    }
  }
}

test('a canary is found in each of some twenty forms: the search can fail', () => {
  const forms = formsOf(SECRETS.user)
  expect(new Set(forms).size).toBeGreaterThan(15)
  expect(() => expectNone(`x ${forms.at(-1)} y`)).toThrow()
})

describe('secrets of a scenario', { timeout: 120_000 }, () => {
  const scenario = (expected: string) => file('canary.yaml', `${SCENARIO}expect: { outcome: ${expected} }\n`)

  test.each(['desktop', 'signInScreen'])(
    'are in no artefact and no output of a run that expects %s',
    async (expected) => {
      const path = scenario(expected)
      const run = ['run', path, '--no-check-settings', '--transport', 'direct', '--out', out()]
      const text = await shownBy(...run, '--reporter', 'list,junit,plain')
      expect(text).toContain(expected === 'desktop' ? '✓ canary' : '✗ canary')
      expectNone(text)
      const folderOf = join(out(), 'canary')
      expectNone(await shownBy('show', folderOf))
      expectNone(await shownBy('show', folderOf, '--wire', '--full'))
      expectNone(await shownBy('show', folderOf, '--har', '-'))
      expectNone(await shownBy('replay', folderOf, '--out', out()))
      expectNone(await shownBy('diff', folderOf, folderOf, '--json'))
      expectNone(await shownBy('boot', '--scenario', path, '--plain', '--out', out()))
    },
  )

  test.each([
    [
      'a key that the schema does not know',
      (text: string) => text.replace('ssid: Neighbours,', 'ssid: Neighbours, barz: 4,'),
    ],
    ['a number in its place', (text: string) => text.replace('password: ', 'pin: 1234, password: ')],
    ['broken YAML behind it', (text: string) => text.replace('signIn:\n    - {', 'signIn:\n    - [{')],
    [
      'an answer that fits nothing',
      (text: string) => text.replace('wifi: Contoso-Students, key', 'wifi: Nowhere, key'),
    ],
  ])('are in no message about %s', async (_, change) => {
    const path = file('broken.yaml', `${change(SCENARIO)}expect: { outcome: desktop }\n`)
    const { code, stdout, stderr } = await call('run', path, '--transport', 'direct', '--out', out())
    expect(code).toBeGreaterThan(0)
    expectNone(stdout + stderr)
  })

  test.each([
    ['oobe run', ['run', HAPPY_PATH]],
    ['oobe boot', ['boot', '--plain']],
    ['oobe doctor', ['doctor']],
  ])('are in no message of %s about a URL with a user and a password', async (_, args) => {
    const { code, stdout, stderr } = await call(...args, '--service', 'https://alice:Pa55-of-the-URL@127.0.0.1:9/')
    expect(code).toBe(2)
    expect(stderr).toContain('ERR_TARGET')
    expect(stdout + stderr).not.toContain('Pa55-of-the-URL')
  })
})
