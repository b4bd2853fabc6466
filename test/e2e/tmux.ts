import { execFileSync, spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { PROGRAM, plainEnvironment } from '../cli/program.ts'

const DEADLINE_MS = 30_000
const LOOK_EVERY_MS = 50

export const hasTmux = spawnSync('tmux', ['-V']).status === 0

let sessions = 0

/** A shell in a real terminal, with a person's means: keys, and eyes on the screen. */
export class Terminal {
  readonly #socket = `oobe-test-${process.pid}-${++sessions}`

  /** @param setting a command of tmux that comes first */
  constructor(columns = 100, rows = 30, setting: readonly string[] = []) {
    onTestFinished(() => void spawnSync('tmux', ['-L', this.#socket, 'kill-server']))
    const size = ['-x', String(columns), '-y', String(rows)]
    const env = { ...plainEnvironment(), TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' }
    const shell = 'exec env PS1="ready> " bash --norc --noprofile -i'
    const args = [
      '-L',
      this.#socket,
      '-f',
      '/dev/null',
      '-u',
      'new-session',
      '-d',
      ...size,
      shell,
      ...(setting.length > 0 ? [';', ...setting] : []),
    ]
    execFileSync('tmux', args, { env })
  }

  /** Named keys as tmux knows them: `Enter`, `Down`, `C-b`. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', ...keys)
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', '--', text)
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows))
  }

  screen(): string {
    return this.#tmux('capture-pane', '-p')
  }

  /** The same with the codes of its colours. */
  colours(): string {
    return this.#tmux('capture-pane', '-e', '-p')
  }

  /** What tmux knows of the pane, such as `cursor_flag`. */
  state(name: string): string {
    return this.#tmux('display-message', '-p', `#{${name}}`).trim()
  }

  /** Looks until it is on the screen; fails with the last screen. */
  async sees(wanted: string | RegExp, deadlineMs = DEADLINE_MS): Promise<string> {
    const isThere = (screen: string) => (typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen))
    return this.until(`"${wanted}" on the screen`, isThere, deadlineMs)
  }

  async until(what: string, isSo: (screen: string) => boolean, deadlineMs = DEADLINE_MS): Promise<string> {
    const end = performance.now() + deadlineMs
    for (;;) {
      const screen = this.screen()
      if (isSo(screen)) return screen
      if (performance.now() > end) throw new Error(`waited ${deadlineMs} ms for ${what}; the screen was:\n${screen}`)
      await wait(LOOK_EVERY_MS)
    }
  }

  /** Starts the program from the shell's prompt; the shell keeps its modes before, and says the exit code after. */
  async start(...args: string[]): Promise<void> {
    await this.sees('ready>')
    this.type(`modes=$(stty -g); '${process.execPath}' '${PROGRAM}' ${args.join(' ')}; echo "it ended with $?"`)
    this.press('Enter')
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' })
  }
}
