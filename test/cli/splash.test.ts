import { afterEach, expect, test, vi } from 'vitest'
import { hideSplash, showSplash } from '../../src/cli/splash.ts'

const { stdin, stdout } = process
const before = [stdin.isTTY, stdout.isTTY]
afterEach(() => {
  stdin.isTTY = before[0]!
  stdout.isTTY = before[1]!
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGTSTP', 'SIGCONT'] as const)(
  'gives the screen back when %s comes while it is shown',
  (signal) => {
    vi.stubEnv('CI', '')
    vi.stubEnv('TERM', 'xterm-256color')
    stdin.isTTY = stdout.isTTY = true
    const written: string[] = []
    vi.spyOn(stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
    const listeners = process.listeners(signal)
    showSplash([])
    expect(written.join('')).toContain('\u001b[?1049h\u001b[?25l')
    const [added] = process.listeners(signal).filter((listener) => !listeners.includes(listener))
    const exits = process.listeners('exit').filter((listener) => listener === hideSplash)
    expect({ isCaught: added !== undefined, exits: exits.length }).toEqual({ isCaught: true, exits: 1 })
    hideSplash()
    hideSplash()
    expect(written.at(-1)).toBe('\u001b[?25h\u001b[?1049l')
    expect(written).toHaveLength(2)
    expect(process.listeners(signal)).toEqual(listeners)
    expect(process.listeners('exit')).not.toContain(hideSplash)
  },
)
