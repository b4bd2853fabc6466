import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import headless from '@xterm/headless'

/** A terminal in memory: what is written to `stdout` can be read back cell by cell, and `press` is its keyboard. */
export class FakeTerminal {
  readonly #emulator
  readonly stdout
  readonly stdin = new FakeStdin()
  /** Everything that was written. */
  written = ''
  readonly #timers = new Set<{ ms: number; run: () => void }>()

  constructor(columns = 80, rows = 24) {
    this.#emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100 })
    this.stdout = Object.assign(new EventEmitter(), {
      columns,
      rows,
      isTTY: true,
      write: (data: string) => {
        this.written += data
        this.#emulator.write(data)
        return true
      },
    })
  }

  every = (ms: number, run: () => void): (() => void) => {
    const timer = { ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** The intervals that are running, in milliseconds. */
  get paces(): number[] {
    return [...this.#timers].map(({ ms }) => ms)
  }

  /** Lets every running interval pass once. */
  async tick(): Promise<void> {
    for (const { run } of [...this.#timers]) run()
    await this.settle()
  }

  /** Each argument is one read. */
  async press(...reads: string[]): Promise<void> {
    for (const read of reads) {
      this.stdin.write(read)
      await turns(2)
    }
    await this.settle()
  }

  async settle(): Promise<void> {
    await turns(4)
    await new Promise<void>((done) => this.#emulator.write('', done))
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.#emulator.resize(columns, rows)
    Object.assign(this.stdout, { columns, rows })
    this.stdout.emit('resize')
    await this.settle()
    await this.rest()
  }

  /** The window is dragged: its sizes follow each other so fast that no timer passes. */
  drag(sizes: readonly (readonly [number, number])[]): void {
    for (const [columns, rows] of sizes) {
      this.#emulator.resize(columns, rows)
      Object.assign(this.stdout, { columns, rows })
      this.stdout.emit('resize')
    }
  }

  /** So long that short timers pass, and no page is sampled. */
  async rest(): Promise<void> {
    for (const { ms, run } of [...this.#timers]) if (ms < 100) run()
    await this.settle()
  }

  rows(): string[] {
    const { active } = this.#emulator.buffer
    const line = (y: number) => active.getLine(active.viewportY + y)?.translateToString(true) ?? ''
    return Array.from({ length: this.#emulator.rows }, (_, y) => line(y))
  }

  text(): string {
    return this.rows().join('\n')
  }

  charAt(column: number, row: number): string {
    return this.#emulator.buffer.active.getLine(row)?.getCell(column)?.getChars() ?? ''
  }

  /** How the first cell of a text is drawn. */
  styleOf(text: string) {
    const y = this.rows().findIndex((row) => row.includes(text))
    if (y === -1) throw new Error(`not on the screen: ${text}`)
    const cell = this.#emulator.buffer.active.getLine(y)?.getCell(this.rows()[y]!.indexOf(text))
    if (!cell) throw new Error('no such cell')
    const hex = (color: number) => `#${color.toString(16).padStart(6, '0')}`
    return {
      color: cell.isFgRGB() ? hex(cell.getFgColor()) : null,
      background: cell.isBgRGB() ? hex(cell.getBgColor()) : null,
      isBold: cell.isBold() !== 0,
      isUnderlined: cell.isUnderline() !== 0,
    }
  }

  get isAlternate(): boolean {
    return this.#emulator.buffer.active.type === 'alternate'
  }

  /** No public property tells; what was asked for last counts. */
  get isCursorHidden(): boolean {
    return this.written.lastIndexOf('\u001b[?25l') > this.written.lastIndexOf('\u001b[?25h')
  }

  get modes() {
    const { bracketedPasteMode, wraparoundMode } = this.#emulator.modes
    return { bracketedPasteMode, wraparoundMode }
  }
}

class FakeStdin extends PassThrough {
  isTTY = true
  isRaw = false

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw
    return this
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((done) => setImmediate(done))
}
