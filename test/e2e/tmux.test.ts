import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HAPPY_PATH, journalOf, temporaryFolder } from '../cli/files.ts'
import { oobe } from '../cli/program.ts'
import { hasTmux, Terminal } from './tmux.ts'

const isCi = Boolean(process.env.CI)
if (!hasTmux && !isCi) console.warn('tmux is missing: the tests of the real terminal are skipped')

const RUN = 'surface-wifi-happy-path-terminal'
const REGION = 'Is this the right country or region?'
const KEYBOARD = 'Is this the right keyboard layout or input method?'
const SECOND_KEYBOARD = 'Want to add a second keyboard layout?'
const NETWORK = "Let's connect you to a network"

/** The program at the region page. */
async function atRegion(columns = 100, rows = 30, ...options: string[]) {
  const out = temporaryFolder()
  const terminal = new Terminal(columns, rows)
  await terminal.start('--speed', 'instant', '--seed', '7', '--out', out, ...options)
  await terminal.sees(REGION)
  return { terminal, out }
}

async function toNetwork(terminal: Terminal) {
  for (const page of [KEYBOARD, SECOND_KEYBOARD, NETWORK]) {
    terminal.press('Enter')
    await terminal.sees(page)
  }
  await terminal.sees('Contoso-Students')
}

/** The shell is back, on its own screen, with a cursor and with echo. */
async function expectShell(terminal: Terminal, code: number) {
  const screen = await terminal.sees(/^it ended with \d+$/m)
  expect(screen).toMatch(new RegExp(`^it ended with ${code}$`, 'm'))
  expect(screen).not.toContain('╭')
  terminal.type('echo still-$((40 + 2))-here')
  await terminal.sees('echo still-$((40 + 2))-here')
  terminal.press('Enter')
  await terminal.sees(/^still-42-here$/m)
  const names = ['cursor_flag', 'alternate_on', 'wrap_flag', 'mouse_any_flag', 'keypad_cursor_flag']
  expect(Object.fromEntries(names.map((name) => [name, terminal.state(name)]))).toEqual({
    cursor_flag: '1',
    alternate_on: '0',
    wrap_flag: '1',
    mouse_any_flag: '0',
    keypad_cursor_flag: '0',
  })
  terminal.type('[ "$modes" = "$(stty -g)" ] && echo modes-as-before')
  terminal.press('Enter')
  await terminal.sees(/^modes-as-before$/m)
}

test.runIf(isCi)('tmux is there, so that nothing below is skipped', () => {
  expect(hasTmux).toBe(true)
})

describe.skipIf(!hasTmux && !isCi)('a person at the terminal', () => {
  test('goes from power-on to the desktop with the keys of a keyboard', async () => {
    const { terminal, out } = await atRegion()
    expect(terminal.screen()).toContain('Microsoft Surface Laptop SE')
    expect(terminal.screen()).toContain('▸ United States')
    terminal.press('Enter')

    await terminal.sees(KEYBOARD)
    expect(terminal.screen()).toContain('▸ US ')
    terminal.press('Down')
    await terminal.sees('▸ US English Table for IBM Arabic 238_L')
    terminal.press('Up')
    await terminal.sees('▸ US ')
    terminal.press('Enter')

    await terminal.sees(SECOND_KEYBOARD)
    await terminal.sees('▸ Skip ◂')
    terminal.press('Enter')

    await terminal.sees('Contoso-Guests')
    terminal.press('Down')
    await terminal.sees(/▸ \S+ Contoso-Guests/)
    terminal.press('Up')
    await terminal.sees(/▸ \S+ Contoso-Students/)
    terminal.press('Enter')

    await terminal.sees('Enter the network security key')
    terminal.type('learn-anywhere')
    // Masked while it is typed, one dot a letter.
    expect(await terminal.sees(/▸ ●{14}[^●]/)).not.toContain('▸ learn')
    terminal.press('Enter')
    await terminal.sees('Contoso-Students — connected, secured')
    await terminal.sees('▸ Next ◂')
    terminal.press('Enter')

    await terminal.sees("Let's set things up for your work or school")
    await terminal.sees('Contoso School')
    terminal.type('alice@contoso.example')
    await terminal.sees('▸ alice@contoso.example ')
    terminal.press('Enter')

    await terminal.sees('Enter password')
    terminal.type('wrong-at-first')
    await terminal.sees(/▸ ●{14}[^●]/)
    terminal.press('Enter')
    const refused = await terminal.sees(/incorrect/)
    // The draft is gone; the hint below may still say how long the right one is.
    expect(refused).not.toMatch(/▸ ●/)
    // The second time as the scenario's person would: once to fill in, once to press the button.
    terminal.press('C-f')
    await terminal.sees('▸ Sign in ◂')
    expect(terminal.screen()).toMatch(/ ●{13}[^●]/)
    terminal.press('C-f')

    // The restart of the cumulative update has lost the password.
    await terminal.sees('Welcome to Contoso School')
    terminal.type('correct-horse')
    await terminal.sees(/▸ ●{13}[^●]/)
    terminal.press('Enter')

    const ended = await terminal.sees('The first boot has ended')
    expect(ended).toContain('desktop (standard user, managed, Autopilot)')
    expect(ended).toContain('Alice Park is signed in on CLS-MSLSE000001.')
    expect(ended).toContain('Standard user, no local administrator rights')
    terminal.press('Enter')

    await expectShell(terminal, 0)
    expect(terminal.screen()).toContain(`seed 7; journal: ${join(out, RUN, 'journal.ndjson')}`)
    const entries = journalOf(out, RUN)
    expect(entries[0]).toMatchObject({ kind: 'run', spec: { seed: 7 } })
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'screen', screen: expect.objectContaining({ page: 'desktop' }) }),
    )
    const journal = readFileSync(join(out, RUN, 'journal.ndjson'), 'utf8')
    expect(['learn-anywhere', 'correct-horse', 'wrong-at-first'].filter((secret) => journal.includes(secret))).toEqual(
      [],
    )
    expect(entries.slice(-2)).toMatchObject([{ kind: 'outcome' }, { kind: 'verdict', passed: true }])
    const replayed = await oobe(['replay', join(out, RUN), '--out', out])
    expect(replayed).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('byte by byte') })
  })

  test('continues by hand from a moment of a recorded run, and leaves its own record', async () => {
    const out = temporaryFolder()
    expect(await oobe(['run', HAPPY_PATH, '--out', out])).toMatchObject({ code: 0 })
    const recorded = join(out, HAPPY_PATH)
    const terminal = new Terminal(100, 30)
    await terminal.start('boot', '--from', recorded, '--at', '0:09', '--out', out)
    await terminal.sees(SECOND_KEYBOARD)
    terminal.press('Enter')
    await terminal.sees(NETWORK)
    terminal.press('C-c')
    await expectShell(terminal, 130)
    const entries = journalOf(out, `${HAPPY_PATH}-from`)
    const taken = entries.findIndex(({ stimulus }) => (stimulus as { kind?: string } | undefined)?.kind === 'person')
    expect(entries[taken]).toMatchObject({ at: 9_000, by: 'terminal' })
    expect(entries.slice(0, taken)).toEqual(journalOf(out, HAPPY_PATH).slice(0, taken))
    expect(entries.at(-2)).toMatchObject({ kind: 'outcome', outcome: { kind: 'stopped' } })
    const replayed = await oobe(['replay', join(out, `${HAPPY_PATH}-from`), '--out', out])
    expect(replayed).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('byte by byte') })
  })

  test('can leave with Ctrl+C in the middle, and has the shell and the journal back', async () => {
    const { terminal, out } = await atRegion()
    await toNetwork(terminal)
    terminal.press('Enter')
    await terminal.sees('Enter the network security key')
    terminal.type('half a ke')
    await terminal.sees(/▸ ●{9}[^●]/)
    terminal.press('C-c')
    await expectShell(terminal, 130)
    const pages = journalOf(out, RUN).flatMap(({ screen }) => (screen ? [(screen as { page: string }).page] : []))
    expect(pages).toEqual(expect.arrayContaining(['region', 'network']))
    expect(terminal.screen()).not.toContain('half a ke')
  })

  test('can leave with Ctrl+C while the device works without a person', async () => {
    const out = temporaryFolder()
    const terminal = new Terminal()
    await terminal.start('--speed', 'real', '--out', out)
    await terminal.sees('Just a moment…')
    terminal.press('C-c')
    await expectShell(terminal, 130)
  })

  test('sees with Ctrl+B where the statecharts are, and what was asked of whom', async () => {
    const { terminal } = await atRegion(150, 45)
    terminal.press('C-b')
    await terminal.sees('region.choosing')
    const panel = await terminal.sees(/Serial +SIM-SLSE-000001/)
    expect(panel).toContain('oobe.region')
    expect(panel).toContain(REGION)
    await toNetwork(terminal)
    await terminal.sees('network.choosing')
    terminal.press('Enter')
    await terminal.sees('Enter the network security key')
    terminal.type('learn-anywhere')
    terminal.press('Enter')
    await terminal.sees('▸ Next ◂')
    terminal.press('Enter')
    const later = await terminal.sees('signIn.enteringEmail')
    expect(later).toMatch(/Requests/)
    expect(later).toMatch(/0:\d\d:\d\d 200 .*https?:\/\//)
    terminal.press('C-b')
    await terminal.until('the panel to be gone', (screen) => !screen.includes('signIn.enteringEmail'))
  })

  test('has the panel over the page in a terminal that is too narrow for both', async () => {
    const { terminal } = await atRegion()
    terminal.press('C-b')
    const panel = await terminal.sees('region.choosing')
    expect(panel).not.toContain(REGION)
    // Keys for the page would be blind.
    terminal.press('Enter')
    terminal.press('Escape')
    await terminal.sees(REGION)
  })

  test('sees a message when the terminal becomes too small, and continues where it was', async () => {
    const { terminal } = await atRegion()
    await toNetwork(terminal)
    terminal.press('Enter')
    await terminal.sees('Enter the network security key')
    terminal.type('learn')
    await terminal.sees(/▸ ●{5}[^●]/)
    terminal.resize(70, 20)
    const small = await terminal.sees('This terminal is too small.')
    expect(small).toContain('It has 70 x 20 cells; 80 x 24 are needed.')
    expect(small).not.toContain('network security key')
    terminal.resize(80, 24)
    await terminal.sees(/▸ ●{5}[^●]/)
    terminal.resize(100, 30)
    await terminal.until('the card in the middle', (screen) => /^ {12}╭─{74}╮/m.test(screen))
    terminal.type('-anywhere')
    terminal.press('Enter')
    await terminal.sees('Contoso-Students — connected, secured')
    terminal.resize(60, 10)
    await terminal.sees('This terminal is too small.')
    terminal.press('C-c')
    await expectShell(terminal, 130)
  })

  test('pulls and plugs cable and Wi-Fi, and the status line says so', async () => {
    const { terminal } = await atRegion()
    const bottom = () => terminal.screen().trimEnd().split('\n').at(-1)!
    const says = (text: string) => terminal.until(`"${text}" in the status line`, () => bottom().includes(text))
    await says('○ no network')
    terminal.press('C-e')
    await says('⇄ Ethernet')
    terminal.press('C-e')
    await says('○ no network')
    await toNetwork(terminal)
    terminal.press('Enter')
    await terminal.sees('Enter the network security key')
    terminal.type('learn-anywhere')
    terminal.press('Enter')
    await says('▂▄▆█ Contoso-Students')
    terminal.press('C-w')
    await says('○ no network')
    terminal.press('C-w')
    await terminal.until('the networks, or a connection', (screen) => screen.includes('Contoso-Students'))
  })

  test('pauses time and changes its speed', async () => {
    const { terminal } = await atRegion()
    const bottom = () => terminal.screen().trimEnd().split('\n').at(-1)!
    const says = (text: string) => terminal.until(`"${text}" in the status line`, () => bottom().includes(text))
    await says('»')
    terminal.press('C-t')
    await says('×1 ')
    terminal.press('C-t')
    await says('×60')
    terminal.press('C-k')
    await terminal.until('a pause', () => !bottom().includes('×60'))
    terminal.press('C-k')
    await says('×60')
  })

  test('gets help with F1, from any page', async () => {
    const { terminal } = await atRegion(80, 24)
    terminal.press('F1')
    expect(await terminal.sees('network cable in or out')).not.toContain(REGION)
    terminal.press('Escape')
    await terminal.sees(REGION)
  })

  test('sees a message about a folder that cannot be written before the screen is taken', async () => {
    const terminal = new Terminal()
    await terminal.start('--out', '/dev/null')
    await expectShell(terminal, 3)
    expect(terminal.screen()).toContain('error ERR_OUTPUT_NOT_WRITABLE')
  })
})
