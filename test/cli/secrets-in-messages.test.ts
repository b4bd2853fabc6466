import { describe, expect, test } from 'vitest'
import { call, file, GOOD } from './call.ts'

const SECRET = 'hunter2-and-more'

/** A message about a file, with the secret nowhere in it, nor a part of it. */
async function refused(kind: 'scenario' | 'tenant' | 'target', text: string): Promise<string> {
  const path = file('bad.yaml', text)
  const args = {
    scenario: ['run', path],
    tenant: ['tenant', 'show', path],
    target: ['doctor', '--service', path],
  }[kind]
  const { code, stdout, stderr } = await call(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^error ERR_(FILE_INVALID|YAML_SYNTAX|TARGET|NOT_FOUND): \S+bad\.yaml:\d+:\d+: /)
  expect(stderr).not.toMatch(/hunter2|and-more|2-and/)
  return stderr
}

describe('the line that a message shows has no secret', () => {
  test.each<[string, string]>([
    ['a Wi-Fi key', GOOD.replace('key: some-key-1', `key: ${SECRET}, barz: 4`)],
    ['one in quotes', GOOD.replace('key: some-key-1', `key: "${SECRET}", barz: 4`)],
    ['one in single quotes, with its key in quotes', GOOD.replace('key: some-key-1', `"key": '${SECRET}', barz: 4`)],
    ['one on its own line', GOOD.replace('- { ssid: Home, key: some-key-1 }', `- key: ${SECRET}, }\n      barz: 4`)],
    [
      'a block',
      GOOD.replace('- { ssid: Home, key: some-key-1 }', `- ssid: Home\n      key: |\n        ${SECRET}\n      barz: 4`),
    ],
    [
      'a folded block',
      GOOD.replace('- { ssid: Home, key: some-key-1 }', `- key: >-\n        ${SECRET}\n      barz: 4`),
    ],
    [
      'a plain text over two lines',
      GOOD.replace('- { ssid: Home, key: some-key-1 }', `- key: begin\n        ${SECRET}\n      barz: 4`),
    ],
    ['one behind a tag', GOOD.replace('key: some-key-1', `key: !!str ${SECRET}, barz: 4`)],
    ['one behind an anchor', GOOD.replace('key: some-key-1', `key: &x ${SECRET}, barz: 4`)],
    ['one that YAML takes for an alias', GOOD.replace('key: some-key-1', `key: *${SECRET}`)],
    ['one that YAML takes for a tag', GOOD.replace('key: some-key-1', `key: !${SECRET} x`)],
    ['a list in its place', GOOD.replace('key: some-key-1', `key: [${SECRET}]`)],
    ['a mapping in its place', GOOD.replace('key: some-key-1', `key: { a: ${SECRET} }`)],
    [
      'the line above the mistake',
      GOOD.replace(
        '  region: United States',
        `  signIn:\n    email: a@b.example\n    password: ${SECRET}\n    pin: 1234`,
      ),
    ],
    [
      'several visits',
      GOOD.replace(
        '  region: United States',
        `  signIn: [{ password: ${SECRET} }, { password: ${SECRET}, pin: 1234 }]`,
      ),
    ],
    [
      'the facts of a changed tenant',
      GOOD.replace(
        'contoso-school',
        `{ use: contoso-school, with: { users: [{ email: a@b.example, password: ${SECRET} }] } }`,
      ),
    ],
    ['a slip in its own key', GOOD.replace('key: some-key-1', `kye: ${SECRET}`)],
    [
      'a header that is sent',
      `${GOOD}events:\n  - { when: { at: 1s }, answer: { status: 200, headers: { Set-Cookie: ${SECRET} }, barz: 1 } }\n`,
    ],
    ['a comment', GOOD.replace('person:', `# password: ${SECRET}\nperson: 4 #`)],
    ['a bracket that stays open', GOOD.replace('key: some-key-1 }', `key: ${SECRET}`)],
    ['a quotation mark that stays open', GOOD.replace('key: some-key-1 }', `key: "${SECRET} }`)],
    ['a quotation mark that ends too early', GOOD.replace('key: some-key-1', `key: "x"${SECRET}`)],
    [
      'a block in a file that is broken',
      GOOD.replace('- { ssid: Home, key: some-key-1 }', `- key: |\n        ${SECRET}\n     ]`),
    ],
    ['a sign that no plain text may begin with', GOOD.replace('key: some-key-1', `key: @${SECRET}`)],
  ])('in a scenario: %s', async (_, text) => {
    await refused('scenario', text)
  })

  test.each<[string, string]>([
    ['an application', `applications: [{ id: 1, name: x, secret: ${SECRET} }]`],
    ['an application, line by line', `applications:\n  - secret: ${SECRET}\n    id: 1`],
    ['a user', `users: [{ email: a@b.example, password: ${SECRET}, barz: 4 }]`],
  ])('in a tenant: %s', async (_, text) => {
    await refused('tenant', `title: x\n${text}\n`)
  })

  test.each<[string, string]>([
    ['a token', `enrollment: { token: { text: ${SECRET}, barz: 1 } }`],
    ['a password', `enrollment:\n  password:\n    text: ${SECRET}\n    username: 4`],
    ['the secret of a client', `enrollment: { token: { oidc: { clientSecret: { text: "${SECRET}" }, flow: x } } }`],
  ])('in a target profile: %s', async (_, text) => {
    await refused('target', `title: x\n${text}\n`)
  })

  test('keeps its length, so that the marks are below what they mean', async () => {
    const stderr = await refused('scenario', GOOD.replace('key: some-key-1', `key: ${SECRET}, barz: 4`))
    expect(stderr).toContain(`  >  6 |     - { ssid: Home, key: ${'•'.repeat(SECRET.length)}, barz: 4 }\n`)
    expect(stderr).toMatch(/\n {7}\| {44}\^{4}\n/)
  })

  test('shows all the rest, and where a secret is', async () => {
    const stderr = await refused(
      'target',
      `title: x\nenrollment: { password: { username: anna, text: ${SECRET}, file: secrets/password.txt, barz: 4 } }\n`,
    )
    expect(stderr).toContain(
      `password: { username: anna, text: ${'•'.repeat(SECRET.length)}, file: secrets/password.txt, `,
    )
  })
})
