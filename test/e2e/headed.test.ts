import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { journalOf, temporaryFolder } from '../cli/files.ts'
import { oobe } from '../cli/program.ts'
import { hasTmux, Terminal } from './tmux.ts'

describe.skipIf(!hasTmux && !process.env.CI)('oobe run --headed', { timeout: 90_000 }, () => {
  test('shows each run in the terminal as it is played, and then what a run without it prints', async () => {
    const [out, other] = [temporaryFolder(), temporaryFolder()]
    const terminal = new Terminal()
    const names = ['tenant-lock', 'wifi-wrong-key']
    await terminal.start('run', ...names, '--headed', '--speed', '100000', '--out', out)
    await terminal.sees('╭')
    await terminal.sees("Let's connect you to a network")
    const screen = await terminal.sees(/^it ended with \d+$/m, 80_000)
    expect(screen).not.toContain('╭')
    expect(screen).toMatch(/✓ tenant-lock [\s\S]*✓ wifi-wrong-key [\s\S]*\n2 passed, 0 failed .*\nit ended with 0/)
    // What is shown changes nothing of the run.
    await oobe(['run', ...names, '--out', other])
    for (const name of names) expect(journalOf(out, name)).toEqual(journalOf(other, name))
  })

  test('keys do not touch the device, and leaving the UI ends all runs in order', async () => {
    const out = temporaryFolder()
    const terminal = new Terminal()
    await terminal.start('run', 'tenant-lock', 'wifi-wrong-key', '--headed', '--speed', '1', '--out', out)
    await terminal.sees('Is this the right country or region?')
    terminal.press('Enter')
    terminal.press('C-c')
    const screen = await terminal.sees(/^it ended with \d+$/m)
    expect(screen).toMatch(/it ended with 130/)
    expect(screen).toContain('stopped')
    expect(journalOf(out, 'tenant-lock').filter(({ by }) => by === 'terminal')).toMatchObject([
      { stimulus: { kind: 'stop' } },
    ])
    expect(existsSync(join(out, 'wifi-wrong-key'))).toBe(false)
  })
})
