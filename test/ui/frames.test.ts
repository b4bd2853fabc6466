import { describe, expect, test } from 'vitest'
import type { Screen } from '../../src/domain/screen.ts'
import { frameOf } from '../../src/ui/frame-text.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'
import { widthOf } from '../../src/ui/text-width.ts'
import { everywhere, HOSTILE } from './hostile.ts'
import * as samples from './samples.ts'

const SIZE = { columns: 80, rows: 24 }
const frame = (screen: Screen | null, patch: Partial<SessionSnapshot> = {}, size = SIZE) =>
  frameOf({ ...samples.SNAPSHOT, screen, ...patch }, size)

const suggestion = {
  values: { email: 'alice@contoso.example' },
  press: 'next',
  text: 'fills in: alice@contoso.example',
}

describe('whole frames at 80x24', () => {
  test('a list that is longer than the card', () =>
    expect(frame(samples.REGION)).toMatchInlineSnapshot(`
    " Windows 11 SE  simulated                                     Surface Laptop SE
      ╭──────────────────────────────────────────────────────────────────────────╮
      │                                                                          │
      │  Is this the right country or region?                                    │
      │                                                                          │
      │  ▸ Australia                                                          ┃  │
      │    Austria                                                            ┃  │
      │    Belgium                                                            ┃  │
      │    Brazil                                                             ┃  │
      │    Canada                                                             ┃  │
      │    Chile                                                              ┃  │
      │    Denmark                                                            ┃  │
      │    Finland                                                            ┃  │
      │    France                                                             ┃  │
      │    Germany                                                            ┃  │
      │    Greece                                                             │  │
      │    Iceland                                                            │  │
      │    India                                                              │  │
      │    Ireland                                                            │  │
      │                                                                          │
      │                                                                 [ Yes ]  │
      ╰──────────────────────────────────────────────────────────────────────────╯

     F1 help  Enter go  Tab move                 ▂▄▆· Contoso-Students  ×1  0:01:02"
  `))
  test('a Wi-Fi list in which nothing is selected', () =>
    expect(frame(samples.WIFI)).toMatchInlineSnapshot(`
    " Windows 11 SE  simulated                                     Surface Laptop SE
      ╭──────────────────────────────────────────────────────────────────────────╮
      │                                                                          │
      │  Let’s connect you to a network                                          │
      │                                                                          │
      │  You’ll need an internet connection to finish setting up your device.    │
      │                                                                          │
      │  Wi-Fi                                                                   │
      │  ▹ ▂▄▆█ Contoso-Students ⚿  Secured                                      │
      │    ▂▄·· Contoso-Guest  Open                                              │
      │    ▂··· カフェ 漢字 ⚿  Secured                                           │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                         [ Back ]  [ Connect ]  [ Next ]  │
      ╰──────────────────────────────────────────────────────────────────────────╯

     F1 help  Enter go  Tab move  Esc back       ▂▄▆· Contoso-Students  ×1  0:01:02"
  `))
  test('a branded password page', () =>
    expect(frame(samples.PASSWORD)).toMatchInlineSnapshot(`
    " Windows 11 SE  simulated                                     Surface Laptop SE
      ╭──────────────────────────────────────────────────────────────────────────╮
      │                                                                          │
      │   Contoso School                                                         │
      │  Enter your password                                                     │
      │                                                                          │
      │  alice@contoso.example                                                   │
      │  ✗ Your account or password is incorrect.                                │
      │  Pupils of Contoso School sign in with the account on their card.        │
      │                                                                          │
      │  Password                                                                │
      │  ▸  ___________________________________________________                  │
      │                                                                          │
      │    Forgot my password                                                    │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                   [ Back ]  [ Sign in ]  │
      ╰──────────────────────────────────────────────────────────────────────────╯

     F1 help  Enter next  Tab move  Esc back     ▂▄▆· Contoso-Students  ×1  0:01:02"
  `))
  test('an e-mail page with a suggestion', () =>
    expect(frame(samples.EMAIL, { suggestion })).toMatchInlineSnapshot(`
    " Windows 11 SE  simulated                                     Surface Laptop SE
      ╭──────────────────────────────────────────────────────────────────────────╮
      │                                                                          │
      │  Let’s set things up for your work or school                             │
      │                                                                          │
      │  You’ll use this info to sign in to your devices.                        │
      │                                                                          │
      │  Email                                                                   │
      │  ▸  someone@contoso.example____________________________                  │
      │                                                                          │
      │    Sign-in options                                                       │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                [ Next ]  │
      ╰──────────────────────────────────────────────────────────────────────────╯
                         Ctrl+F fills in: alice@contoso.example
     F1 help  Enter next  Tab move               ▂▄▆· Contoso-Students  ×1  0:01:02"
  `))
  test('the enrollment status page', () =>
    expect(frame(samples.STATUS)).toMatchInlineSnapshot(`
      " Windows 11 SE  simulated                                     Surface Laptop SE
        ╭──────────────────────────────────────────────────────────────────────────╮
        │                                                                          │
        │    ▄█▄                                                                   │
        │   ▀███▀                                                                  │
        │   Contoso School                                                         │
        │  Setting up your device for work or school                               │
        │                                                                          │
        │  This could take a while and your device may need to restart.            │
        │                                                                          │
        │  ⠋ Working…                                                              │
        │  ✓ Device preparation                                          Complete  │
        │  ├ ✓ Securing your hardware                                    Complete  │
        │  └ ✓ Joining your organization’s network                       Complete  │
        │  ● Device setup                                           Working on it  │
        │  ├ ✓ Security policies                                   1 of 1 applied  │
        │  ├ – Certificates                                       No setup needed  │
        │  ├ ✗ Network connections                                     0x87D1FDE8  │
        │  └ ● Apps                                              2 of 5 installed  │
        │  ○ Account setup                                                Waiting  │
        │                                                                          │
        ╰──────────────────────────────────────────────────────────────────────────╯

       F1 help  Ctrl+B details  Ctrl+T speed       ▂▄▆· Contoso-Students  ×1  0:01:02"
    `))
  test('a failure', () =>
    expect(frame(samples.FAILURE, { speed: 0 })).toMatchInlineSnapshot(`
    " Windows 11 SE  simulated                                     Surface Laptop SE
      ╭──────────────────────────────────────────────────────────────────────────╮
      │                                                                          │
      │  Something went wrong                                                    │
      │                                                                          │
      │  ✗ Installing apps took longer than the time limit of 60 minutes.        │
      │    Error code: 0x800705B4                                                │
      │                                                                          │
      │  Try again, or ask your support person for help.                         │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │                                                                          │
      │  [ Reset device ]  [ Collect logs ]  [ Continue anyway ]  ▸ Try again ◂  │
      ╰──────────────────────────────────────────────────────────────────────────╯

     F1 help  Enter go  Tab move                 ▂▄▆· Contoso-Students  ❚❚  0:01:02"
  `))
  test('the end', () => {
    const ended = { title: 'The desktop is ready', lines: ['Alice signed in after 0:41:07.'] }
    expect(frame(null, { ended })).toMatchInlineSnapshot(`
      " Windows 11 SE  simulated                                     Surface Laptop SE
        ╭──────────────────────────────────────────────────────────────────────────╮
        │  The desktop is ready                                                    │
        │                                                                          │
        │  Alice signed in after 0:41:07.                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │                                                                          │
        │  ▸ Press Enter to leave                                                  │
        ╰──────────────────────────────────────────────────────────────────────────╯

       Enter leave  Ctrl+B details  F1 help        ▂▄▆· Contoso-Students  ×1  0:01:02"
    `)
  })
})

const long = (words: number) => Array.from({ length: words }, (_, index) => `word${index}`).join(' ')
describe('a frame always fits', () => {
  test.each([
    [
      'pages',
      [samples.REGION, samples.WIFI, samples.PASSWORD, samples.STATUS, samples.FAILURE, samples.DOWNLOAD, null],
    ],
    ['hostile text', HOSTILE.map(everywhere)],
    ['long body text', [{ ...samples.EMAIL, body: [{ text: long(400) }] }]],
  ])('%s', (_, screens) => {
    for (const size of [SIZE, { columns: 110, rows: 30 }, { columns: 200, rows: 60 }]) {
      for (const screen of screens) {
        const rows = frame(screen, {}, size).split('\n')
        expect(rows).toHaveLength(size.rows)
        expect(Math.max(...rows.map(widthOf))).toBeLessThanOrEqual(size.columns)
        // The frame of the card closes in the same column in every row; a dark screen has none.
        const edges = rows.filter((row) => /[│╮╯]\s*$/.test(row)).map((row) => widthOf(row.trimEnd()))
        expect(new Set(edges).size).toBe(screen === null ? 0 : 1)
      }
    }
  })

  test('body text gives way, errors and controls do not', () => {
    const body = [{ text: long(400) }, { text: 'This is wrong.', tone: 'error' as const }]
    const shown = frame({ ...samples.EMAIL, body })
    expect(shown).toContain('…')
    expect(shown).toContain('✗ This is wrong.')
    expect(shown).toContain('Sign-in options')
    expect(shown).toContain('[ Next ]')
  })

  test('steps of quiet categories fold before a category is lost', () => {
    const categories = Array.from({ length: 4 }, (_, at) => ({
      id: `c${at}`,
      label: `Category ${at}`,
      state: at === 2 ? ('inProgress' as const) : ('notStarted' as const),
      status: '',
      steps: Array.from({ length: 6 }, (_, step) => ({
        id: `${at}.${step}`,
        label: `Step ${at}.${step}`,
        state: 'notStarted' as const,
        status: '',
      })),
    }))
    const shown = frame({ ...samples.STATUS, progress: { categories } })
    for (const { label } of categories) expect(shown).toContain(label)
    expect(shown).toContain('Step 2.5')
    expect(shown).not.toContain('Step 3.5')
  })
})

test('a known share is a bar', () => {
  expect(frame(samples.DOWNLOAD)).toMatch(/━{20,}─{20,} {2}42%/)
})
