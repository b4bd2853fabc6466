import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { readJournal } from '../../src/journal/read-journal.ts'
import { journalOf, temporaryFolder } from '../cli/files.ts'
import { hasTmux, Terminal } from './tmux.ts'

const RUN = 'surface-wifi-happy-path-terminal'
const REGION = 'Is this the right country or region?'
const KEYBOARD = 'Is this the right keyboard layout or input method?'
const STOPPED_MS = 6_000
/** Device time at which the page for the region comes. */
const PAGE_BEGINS_S = 10
const SHELL = { cursor_flag: '1', alternate_on: '0', wrap_flag: '1', mouse_any_flag: '0', keypad_cursor_flag: '0' }

const modesOf = (terminal: Terminal) =>
  Object.fromEntries(Object.keys(SHELL).map((name) => [name, terminal.state(name)]))

async function atRegion() {
  const out = temporaryFolder()
  const terminal = new Terminal()
  await terminal.start('--speed', '60', '--seed', '7', '--out', out)
  await terminal.sees(REGION)
  return { terminal, out }
}

/** The program that runs in the terminal's shell. */
function processIn(terminal: Terminal): number {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', terminal.state('pane_pid')], { encoding: 'utf8' })
  return Number(children.trim().split('\n')[0])
}

/** Whether the shell has its terminal back: its screen, a cursor, echo, and the modes of before. */
async function expectShell(terminal: Terminal) {
  expect(terminal.screen()).not.toContain('╭')
  expect(modesOf(terminal)).toEqual(SHELL)
  terminal.type('[ "$modes" = "$(stty -g)" ] && echo modes-as-$((2 + 2))')
  await terminal.sees('echo modes-as-$((2 + 2))')
  terminal.press('Enter')
  await terminal.sees(/^modes-as-4$/m)
}

describe.skipIf(!hasTmux && !process.env.CI)('the terminal is given back', () => {
  test.each([
    ['SIGQUIT', 131],
    ['SIGUSR2', 140],
    ['SIGTERM', 143],
  ] as const)('on %s, with the exit code %i and the journal', async (signal, code) => {
    const { terminal, out } = await atRegion()
    process.kill(processIn(terminal), signal)
    await terminal.sees(new RegExp(`^it ended with ${code}$`, 'm'))
    await expectShell(terminal)
    const entries = journalOf(out, RUN)
    const pages = entries.flatMap(({ screen }) => (screen ? [(screen as { page: string }).page] : []))
    expect(pages).toContain('region')
    expect(entries.slice(-3)).toMatchObject([
      { kind: 'stimulus', by: 'terminal', stimulus: { kind: 'stop' } },
      { kind: 'outcome', outcome: { kind: 'stopped' } },
      { kind: 'verdict', passed: false, failures: [expect.stringContaining('the run was stopped after ')] },
    ])
  })

  test('not on kill -9, but the journal has all that was seen', async () => {
    const { terminal, out } = await atRegion()
    process.kill(processIn(terminal), 'SIGKILL')
    await terminal.sees(/^it ended with 137$/m)
    const text = readFileSync(join(out, RUN, 'journal.ndjson'), 'utf8')
    expect(readJournal(text, RUN).entries).toContainEqual(
      expect.objectContaining({ kind: 'screen', isWaiting: true, screen: expect.objectContaining({ page: 'region' }) }),
    )
  })

  test.each(['SIGQUIT', 'SIGUSR2'] as const)('on %s while the logo is shown', async (signal) => {
    const terminal = new Terminal()
    await terminal.start('--speed', 'real', '--out', temporaryFolder())
    await terminal.sees('██ ██')
    process.kill(processIn(terminal), signal)
    await terminal.sees(/^it ended with 1(31|40)$/m)
    await expectShell(terminal)
  })

  test('on SIGTSTP, and taken again when the job runs on, with the device as it was', async () => {
    const { terminal } = await atRegion()
    const seconds = () => {
      const [, h, m, s] = /(\d+):(\d\d):(\d\d)\s*$/.exec(terminal.screen().trimEnd())!.map(Number)
      return h! * 3600 + m! * 60 + s!
    }
    // What came before the page went fast; from here on the device waits with its person.
    await terminal.until('the clock of the page', () => seconds() >= PAGE_BEGINS_S)
    for (const _ of ['once', 'again']) {
      const before = seconds()
      process.kill(processIn(terminal), 'SIGTSTP')
      await terminal.sees(/Stopped/)
      await expectShell(terminal)
      await wait(STOPPED_MS)
      terminal.type('clear; fg; echo "the job ended with $?"')
      terminal.press('Enter')
      await terminal.sees(REGION)
      expect(modesOf(terminal)).toMatchObject({ cursor_flag: '0', alternate_on: '1' })
      expect(seconds() - before).toBeLessThan(STOPPED_MS / 1000)
    }
    terminal.press('Enter')
    await terminal.sees(KEYBOARD)
    terminal.press('C-c')
    await terminal.sees(/^the job ended with 130$/m)
    await expectShell(terminal)
  })

  test('on SIGCONT after a SIGSTOP that nothing can catch', async () => {
    const { terminal } = await atRegion()
    process.kill(processIn(terminal), 'SIGSTOP')
    // The shell has the terminal as the program left it.
    await terminal.until('the shell', (screen) => screen.includes('Stopped') || screen.includes('148'))
    terminal.type('fg; echo "the job ended with $?"')
    terminal.press('Enter')
    await terminal.sees('▸ United States')
    await terminal.until('no word of the shell', (screen) => !screen.includes('fg;') && screen.includes('╰'))
    terminal.press('Enter')
    await terminal.sees(KEYBOARD)
    terminal.press('C-c')
    await terminal.sees(/^the job ended with 130$/m)
    await expectShell(terminal)
  })
})
