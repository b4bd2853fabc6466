import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../cli/files.ts'
import { PROGRAM } from '../cli/program.ts'
import { hasTmux, Terminal } from './tmux.ts'

const REGION = 'Is this the right country or region?'
const KEYBOARD = 'Is this the right keyboard layout or input method?'
const NODE = process.execPath

/** The program with its own variables, at the region page unless it prints instead. */
async function started(variables: string, ...options: string[]) {
  const terminal = new Terminal(80, 24)
  await terminal.sees('ready>')
  const args = ['--speed', 'instant', '--seed', '7', '--out', temporaryFolder(), ...options].join(' ')
  terminal.type(`modes=$(stty -g); ${variables} '${NODE}' '${PROGRAM}' ${args}; echo "it ended with $?"`)
  terminal.press('Enter')
  return terminal
}

describe.skipIf(!hasTmux && !process.env.CI)('the manners of a program of the terminal', () => {
  test('Ctrl+Z gives the shell, fg the page, Ctrl+C the shell again', async () => {
    const terminal = await started('')
    await terminal.sees(REGION)
    for (const _ of ['once', 'again', 'and again']) {
      terminal.press('C-z')
      await terminal.sees(/Stopped/)
      const modes = () => ['alternate_on', 'mouse_any_flag', 'cursor_flag'].map((name) => terminal.state(name)).join('')
      await terminal.until('the modes of the shell', () => modes() === '001')
      terminal.type('clear; fg; echo "the job ended with $?"')
      terminal.press('Enter')
      await terminal.sees(REGION)
      await terminal.until('the mouse', () => terminal.state('mouse_any_flag') === '1')
    }
    terminal.press('Enter')
    await terminal.sees(KEYBOARD)
    terminal.press('C-c')
    await terminal.sees(/^the job ended with 130$/m)
    terminal.type('[ "$modes" = "$(stty -g)" ] && echo modes-as-$((2 + 2))')
    terminal.press('Enter')
    await terminal.sees(/^modes-as-4$/m)
  })

  test('a process that no shell could continue runs on', async () => {
    // In its own session, without a shell that could say fg.
    const terminal = await started('setsid --ctty --wait')
    await terminal.sees(REGION)
    terminal.press('C-z')
    await terminal.until(
      'the page again',
      (screen) => screen.includes(REGION) && terminal.state('alternate_on') === '1',
    )
    terminal.press('Enter')
    await terminal.sees(KEYBOARD)
    terminal.press('C-c')
    await terminal.until('the end', (screen) => !screen.includes('╭'))
  })

  test('a click presses a button, and the mouse can be left to the terminal', async () => {
    const terminal = await started('')
    const screen = await terminal.sees('[ Yes ]')
    const rows = screen.split('\n')
    const y = rows.findIndex((row) => row.includes('[ Yes ]'))
    terminal.type(`\u001b[<0;${rows[y]!.indexOf('Yes') + 1};${y + 1}M`)
    await terminal.sees(KEYBOARD)
    const other = await started('', '--no-mouse')
    await other.sees(REGION)
    expect(other.state('mouse_any_flag')).toBe('0')
  })

  test.each([
    ['NO_COLOR=1', false, /\u001b\[[0-9;]*(38|48|3[1-7]|4[1-7])[;m]/],
    ['FORCE_COLOR=1', true, /\u001b\[[0-9;]*97/],
    ['COLORTERM=truecolor', true, /\u001b\[38;2;76;194;255m/],
  ] as const)('%s', async (variables, isThere, colours) => {
    const terminal = await started(variables)
    await terminal.sees(REGION)
    expect(colours.test(terminal.colours())).toBe(isThere)
  })

  test('a light terminal has the light theme, and --theme another one', async () => {
    const light = /\u001b\[48;2;243;243;243m/
    const terminal = new Terminal(80, 24, ['set', '-g', 'window-style', 'bg=#fdf6e3'])
    await terminal.sees('ready>')
    const command = `COLORTERM=truecolor '${NODE}' '${PROGRAM}' --speed instant --out '${temporaryFolder()}'`
    terminal.type(command)
    terminal.press('Enter')
    await terminal.sees(REGION)
    expect(terminal.colours()).toMatch(light)
    terminal.press('C-c')
    await terminal.until('the end', (screen) => !screen.includes('╭'))
    terminal.type(`${command} --theme contrast`)
    terminal.press('Enter')
    await terminal.sees('╭')
    expect(terminal.colours()).not.toMatch(light)
  })

  test('TERM=dumb: each page as text, and a person answers it line by line', async () => {
    const terminal = await started('TERM=dumb')
    expect(await terminal.sees(REGION)).not.toContain('╭')
    terminal.press('C-c')
    await terminal.sees(/^it ended with 130$/m)
  })

  test('CI=true: each page as text', async () => {
    const terminal = await started('CI=true')
    await terminal.sees(/^it ended with 0$/m)
    expect(terminal.screen()).toContain('outcome: desktop')
    expect(terminal.screen()).not.toContain('╭')
  })

  test('--ascii draws with ASCII', async () => {
    const terminal = await started('', '--ascii')
    const screen = await terminal.sees(REGION)
    expect(screen).toMatch(/^ {2}\+-+\+$/m)
    expect(screen).toMatch(/^[\n\x20-\x7e]*$/)
  })

  test('a theme that there is not', async () => {
    const terminal = await started('', '--theme', 'drak')
    await terminal.sees(/^it ended with 2$/m)
    expect(terminal.screen()).toContain('there is no theme "drak"')
    expect(terminal.screen()).toContain('Did you mean "dark"?')
  })
})
