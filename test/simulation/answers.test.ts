import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { changedScenario, temporaryFolder } from '../cli/files.ts'

const HAPPY = 'surface-wifi-happy-path'
const SIGN_IN = 'signIn: { email: alice@contoso.example, password: correct-horse }'

async function played(was: string, is: string) {
  const path = join(temporaryFolder(), 'story.yaml')
  writeFileSync(path, changedScenario(HAPPY, was, is))
  const { outcome, failures } = await runScenario(loadScenarios(path)[0]!, { seed: 1, transport: 'direct' })
  return { outcome, failures }
}

test.each([
  [
    'a button that is not there',
    'secondKeyboard: skip',
    'secondKeyboard: { press: addLayuot, layout: Spanish }',
    /"addLayuot" is nothing that the page secondKeyboard .* did you mean "addLayout"\?/,
    'addLayout (button)',
  ],
  [
    'a button after all fields are filled in',
    SIGN_IN,
    'signIn: { email: alice@contoso.example, password: correct-horse, press: forgotMyPassword }',
    /the answer is nothing that the page signIn\/password/,
    undefined,
  ],
  [
    'an option in a later step',
    'secondKeyboard: skip',
    'secondKeyboard: { press: addLayout, layout: Spnish }',
    /"Spnish" is nothing .* did you mean "Spanish"\?/,
    undefined,
  ],
  [
    'a field in the place of one that is needed',
    SIGN_IN,
    'signIn: { emial: alice@contoso.example, password: correct-horse }',
    /"emial" of the answer is no field of the page signIn\/email .* did you mean "email"\?/,
    'email (text)',
  ],
  [
    'a secret field, whose value is not repeated',
    SIGN_IN,
    'signIn: { email: alice@contoso.example, pasword: correct-horse }',
    /"pasword" of the answer is no field .* did you mean "password"\?/,
    'password (secret)',
  ],
  [
    'a secret in the place of a name',
    SIGN_IN,
    'signIn: [{ email: alice@contoso.example }, correct-horse]',
    /^the answer is nothing/,
    undefined,
  ],
  [
    'a button in place of a field',
    'region: United States',
    'region: { press: yess }',
    /did you mean "yes"/i,
    'yes (button)',
  ],
])('an answer that names %s ends the run', async (_, was, is, text, nearest) => {
  const { outcome } = await played(was, is)
  expect(outcome).toMatchObject({ kind: 'unanswered', text: expect.stringMatching(text) })
  if (nearest) expect((outcome as { controls: string[] }).controls[0]).toBe(nearest)
  expect(JSON.stringify(outcome)).not.toContain('correct-horse')
})

test.each([
  [
    'of a page that is not shown',
    '  keyboard: US',
    '  keyboard: US\n  deviceUsage: personal',
    /^person\.deviceUsage was never used: the page was not shown.*story\.yaml:\d+$/,
  ],
  [
    'of a page that is skipped',
    '  keyboard: US',
    '  keyboard: US\n  language: French',
    /^person\.language was never used: the page was not shown: one preinstalled language\. /,
  ],
  [
    'that is left over in a list',
    '  keyboard: US',
    '  keyboard: [US, Spanish]',
    /^person\.keyboard\.1 was never used: the page asked once and had: keyboard, /,
  ],
  [
    'with a field that is never asked for',
    SIGN_IN,
    'signIn: { email: alice@contoso.example, password: correct-horse, code: "123456" }',
    /^person\.signIn\.code was never used: the page asked 2 times/,
  ],
  [
    'that waits where nothing has to be waited for',
    '  keyboard: US',
    '  keyboard: US\n  deviceName: wait',
    /^person\.deviceName was never used/,
  ],
])('an answer %s fails the scenario', async (_, was, is, text) => {
  const { outcome, failures } = await played(was, is)
  expect(outcome.kind).toBe('desktop')
  expect(failures).toEqual([expect.stringMatching(text)])
  expect(failures[0]).not.toMatch(/123456|correct-horse/)
})

test('an answer that no page has used is no failure of a run that ended otherwise', async () => {
  const { failures } = await played('password: correct-horse', 'password: wrong')
  expect(failures.filter((failure) => failure.startsWith('person.'))).toEqual([])
  expect(failures).not.toEqual([])
})

test('what one case of a matrix does not need is for another', async () => {
  const path = join(temporaryFolder(), 'cases.yaml')
  const text = changedScenario(
    HAPPY,
    'secondKeyboard: skip',
    'secondKeyboard: skip\n  language: English (United States)',
  )
  writeFileSync(path, `${text}matrix: { tenant: [contoso-school, contoso-school] }\n`)
  const { failures } = await runScenario(loadScenarios(path)[0]!, { seed: 1, transport: 'direct' })
  expect(failures).toEqual([])
})
