import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../cli/files.ts'
import { watcherOf } from '../inspect/watcher.ts'
import { hasTmux, Terminal } from './tmux.ts'

describe.skipIf(!hasTmux && !process.env.CI)('a first boot at the terminal', () => {
  test('shows where it can be watched, and ends a watcher with it', async () => {
    const terminal = new Terminal()
    await terminal.start('--inspect', '--speed', '60', '--out', temporaryFolder())
    await terminal.sees('Is this the right country or region?')
    terminal.press('C-b')
    const screen = await terminal.sees(/Watched at +ws:\/\/127\.0\.0\.1:\d+/)
    const watcher = await watcherOf(/ws:\/\/[\d.:]+/.exec(screen)![0])
    expect(await watcher.sees(({ name }) => name === 'region')).toMatchObject({ snapshot: { value: 'choosing' } })
    terminal.press('C-c')
    await terminal.sees(/^it ended with 130$/m)
    expect(await watcher.closed).toMatchObject({ code: 1001 })
  })
})
