import { expect, test } from 'vitest'
import { call, file, GOOD } from './call.ts'

test.each([
  [
    'a state',
    'reach: [network.askingForUser]',
    'ERR_UNKNOWN_NAME',
    '11:11: there is no page or state "network.askingForUser"',
    'Nearest: network.askingForKey, ',
  ],
  [
    'a pattern that nothing is like',
    "never: ['networkk.*']",
    'ERR_UNKNOWN_NAME',
    '11:11: there is no page or state like "networkk.*"',
    'Nearest: network.',
  ],
  [
    'a step of an order',
    'follow: { exactly: [region, deviceSetup.appz] }',
    'ERR_UNKNOWN_NAME',
    '11:31: there is no page or state "deviceSetup.appz"',
    'Nearest: deviceSetup.apps, ',
  ],
  [
    'a transition',
    "take: ['network.choosing -> conecting']",
    'ERR_UNKNOWN_NAME',
    '11:10: there is no transition "network.choosing → conecting"',
    'Nearest: ',
  ],
  [
    'a text',
    'show: [{ wording: signIn.emial }]',
    'ERR_UNKNOWN_NAME',
    '11:21: there is no text "signIn.emial"',
    'Nearest: signIn.email, ',
  ],
  [
    'an event of the log',
    'logged: [mdmEnrolSucceeded]',
    'ERR_UNKNOWN_NAME',
    '11:12: there is no event of docs/events.md "mdmEnrolSucceeded"',
    'Nearest: mdmEnrollSucceeded, ',
  ],
  [
    'an event of the scenario',
    'happened: [outage]',
    'ERR_UNKNOWN_NAME',
    '11:14: no event is called "outage"',
    'Give an event a name',
  ],
  [
    'a member',
    'recorded: [{ kind: tpm, with: { comand: x } }]',
    'ERR_UNKNOWN_NAME',
    '11:43: there is no member of an entry "tpm comand"',
    'Nearest: tpm command, ',
  ],
  [
    'a state in a group',
    'anyOf: [{ reach: [network.askingForUser] }]',
    'ERR_UNKNOWN_NAME',
    '11:21: there is no page or state',
    'Nearest: ',
  ],
  ['a page', 'reach: [welcom]', 'ERR_FILE_INVALID', '11:11: expect.reach.0: ', 'Did you mean "welcome"?'],
  [
    'a key',
    'reached: [welcome]',
    'ERR_FILE_INVALID',
    '11:3: expect.reached: unknown key "reached"',
    'Did you mean "reach"?',
  ],
  [
    'a key in a list',
    'show: [{ txt: a }]',
    'ERR_FILE_INVALID',
    '11:12: expect.show.0.txt: unknown key "txt"',
    'Did you mean "text"?',
  ],
  ['a kind of times', 'boots: often', 'ERR_FILE_INVALID', '11:10: expect.boots: must be a number', ''],
])('%s that there is not is refused with its place and what is near', async (_, line, code, at, hint) => {
  const path = file('bad.yaml', `${GOOD}\n  ${line}\n`.replace('\n\n', '\n'))
  const ended = await call('run', path)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toContain(`error ${code}: ${path}:${at}`)
  expect(ended.stderr).toContain(hint)
})
