import { PassThrough } from 'node:stream'
import { render } from 'ink'
import { ASK_CELL } from './ask-terminal.ts'
import { frameRows } from './frame.ts'
import { createFrameScreen, type TerminalOutput } from './frame-screen.ts'
import { type Key, readKeys } from './keys.ts'
import { type Look, PLAIN_LOOK } from './look/look.ts'
import { paintRow } from './look/paint.ts'
import { followScreen, initialModel } from './model.ts'
import type { CellSize } from './picture/pixels.ts'
import { type Pictures, withPicture } from './picture/place.ts'
import type { Effect } from './reduce.ts'
import { respond } from './respond.ts'
import { clock } from './rows/clock.ts'
import type { DeviceSession, SessionSnapshot } from './session.ts'
import { App } from './views/app.tsx'

/** What is needed of a terminal to read from. */
export type TerminalInput = NodeJS.ReadableStream & { setRawMode?(isRaw: boolean): unknown }

export interface MountOptions {
  stdin: TerminalInput
  stdout: TerminalOutput
  /** Runs something again and again until it is cancelled. Clocks are not the terminal's own. */
  every(ms: number, run: () => void): () => void
  /** Its colours and characters. Left out: dark, with all colours. */
  look?: Look
  /** Clicks and the wheel are taken for keys. */
  hasMouse?: boolean
  /** It knows the kitty keyboard protocol. */
  isKitty?: boolean
  /** It takes pictures. Left out: a logo is drawn with blocks. */
  pictures?: Pictures
  /** Stops the job, as Ctrl+Z does elsewhere. Left out: the key does nothing. */
  onStop?(): void
}

export interface MountedTerminal {
  /** Resolves when a person quits or the terminal is unmounted; rejects when drawing or the session fails. */
  done: Promise<'quit'>
  /** Gives the terminal back, at once. May be called again, and from handlers of signals and of `exit`. */
  unmount(): void
  /** Gives it back for a while, at once: the job is stopped next. */
  suspend(): void
  /** Takes it again and draws all of it: whatever was there meanwhile, and whatever it was set to. */
  resume(): void
}

const SAMPLE_MS = 100
const SPINNER_MS = 125
const TYPED_MS = 1_000
const RESIZE_MS = 60

/** Shows a device full-screen and turns keys into its actions. */
export function mountTerminal(session: DeviceSession, options: MountOptions): MountedTerminal {
  const { stdin, stdout, every, onStop, look = PLAIN_LOOK } = options
  let { pictures } = options
  const { hasMouse = false, isKitty = false } = options
  const screen = createFrameScreen(stdout, { hasMouse, isKitty, ...(pictures ? { pictures: pictures.kind } : {}) })
  let snapshot = session.snapshot()
  let model = initialModel(snapshot, screen.size())
  let tick = 0
  let isChanged = false
  let isDrawQueued = false
  let isOver = false
  let isSuspended = false
  let typing = NEVER
  let resizing = NEVER
  let pace = 0
  let stopPace = () => {}
  const undo: (() => void)[] = []
  const { promise: done, resolve, reject } = deferred<'quit'>()

  const finish = (settle: () => void) => {
    if (isOver) return
    isOver = true
    stopPace()
    typing.stop()
    resizing.stop()
    // The terminal is given back first: whatever fails after that, the person's shell works.
    screen.leave()
    for (const step of undo.reverse()) step()
    settle()
  }
  const quit = () => finish(() => resolve('quit'))
  const guarded = (work: () => void) => {
    if (isOver) return
    try {
      work()
    } catch (error) {
      finish(() => reject(error))
    }
  }

  const sample = () => {
    isChanged = false
    snapshot = session.snapshot()
    model = followScreen(model, snapshot)
  }
  const painted = () => {
    const frame = frameRows({ snapshot, model, tick })
    const { rows, picture } = pictures ? withPicture(frame, look, pictures) : { rows: frame }
    screen.show(picture)
    return rows.map((row) => paintRow(row, look, model.size.columns))
  }
  const draw = () => {
    if (isSuspended) return
    const rows = painted()
    if (!screen.patch(rows)) ink.rerender(<App rows={rows} />)
    setPace(isSpinning(snapshot) ? SPINNER_MS : SAMPLE_MS)
  }
  /** One timer for both: a spinning page samples when the spinner moves, so that it is drawn once. */
  const setPace = (ms: number) => {
    if (ms === pace) return
    stopPace()
    pace = ms
    stopPace = every(ms, () => guarded(onTick))
  }
  /** A page that asks for something is drawn at once; what only moves on waits for the next tick. */
  const onChange = () => {
    isChanged = true
    if (isDrawQueued || !session.isAsking()) return
    const shown = model.screen
    sample()
    if (model.screen !== shown) queueDraw()
    else isChanged = true
  }
  const queueDraw = () => {
    if (isDrawQueued) return
    isDrawQueued = true
    queueMicrotask(() => {
      isDrawQueued = false
      guarded(draw)
    })
  }
  const onTick = () => {
    const spins = isSpinning(snapshot)
    if (!spins && !isChanged && snapshot.speed === 0) return
    const before = clock(snapshot.now)
    const wasChanged = isChanged
    sample()
    if (spins) tick++
    if (spins || wasChanged || clock(snapshot.now) !== before) draw()
  }
  const onKey = (key: Key) =>
    guarded(() => {
      if (isStop(key)) return onStop?.()
      const reduced = respond({ snapshot, model, tick }, key)
      model = reduced.model
      if (model.typed !== undefined) forgetTyped()
      for (const effect of reduced.effects) run(effect)
      if (isOver) return
      // Sampled per key: the next key of the same read has to meet the page that this one led to.
      sample()
      queueDraw()
    })
  const run = (effect: Effect) => {
    if (effect.kind === 'act') session.act(effect.action)
    else if (effect.kind === 'speed') session.setSpeed(effect.speed)
    else if (effect.kind === 'toggleCable') session.toggleCable()
    else if (effect.kind === 'toggleWifi') session.toggleWifi()
    else if (effect.kind === 'chord') session.pressKeys(effect.keys)
    else if (effect.kind === 'toggleLid') session.toggleLid()
    else if (effect.kind === 'togglePower') session.togglePower()
    else if (effect.kind === 'apply') session.apply?.(effect.stimuli, effect.end)
    else if (effect.kind === 'save') session.save?.(effect.what)
    else if (effect.kind === 'travel') session.travel?.(effect.move)
    else quit()
  }
  /** Letters that come later than this after the last one begin anew. */
  const forgetTyped = () => {
    typing.stop()
    typing = after(every, TYPED_MS, () =>
      guarded(() => {
        const { typed: _, ...rest } = model
        model = rest
        draw()
      }),
    )
  }
  /** Its cells have another size: sixels have to be as large. */
  const onCell = (cell: CellSize) =>
    guarded(() => {
      if (!pictures) return
      pictures = { ...pictures, cell }
      queueDraw()
    })
  const resize = () =>
    guarded(() => {
      screen.resized()
      // A font of another size comes as another number of cells.
      if (pictures && !isSuspended) stdout.write(ASK_CELL)
      model = { ...model, size: screen.size() }
      draw()
    })
  /** A window that is dragged says its size many times: it is drawn at once, and again when it has rested. */
  const onResize = () => {
    if (resizing.isPending) resizing.stop()
    else resize()
    resizing = after(every, RESIZE_MS, resize)
  }

  const suspend = () =>
    guarded(() => {
      isSuspended = true
      stopPace()
      pace = 0
      screen.leave()
      stdin.setRawMode?.(false)
      stdin.pause()
    })
  const resume = () =>
    guarded(() => {
      isSuspended = false
      // Off first: after a stop that came without a warning the mode is another one than it was set to.
      stdin.setRawMode?.(false)
      stdin.setRawMode?.(true)
      stdin.resume()
      screen.leave()
      screen.enter()
      sample()
      resize()
    })

  screen.enter()
  // Ink gets a standard input that never says anything: keys are read by readKeys.
  const ink = render(<App rows={painted()} />, {
    stdout: screen.stream,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  undo.push(() => ink.unmount())
  // An error while drawing reaches us only here; Ink has drawn and swallowed it.
  ink.waitUntilExit().then(quit, (error: unknown) => finish(() => reject(error)))
  guarded(() => {
    undo.push(readKeys(stdin, onKey, onCell))
    stdin.setRawMode?.(true)
    undo.push(() => {
      stdin.setRawMode?.(false)
      stdin.pause()
    })
    // Closed before this: its end is not said again.
    if ((stdin as { readableEnded?: boolean }).readableEnded === true) queueMicrotask(quit)
    stdin.on('end', quit)
    undo.push(() => stdin.off('end', quit))
    stdin.resume()
    stdout.on('resize', onResize)
    undo.push(() => stdout.off('resize', onResize))
    undo.push(session.subscribe(() => guarded(onChange)))
    setPace(isSpinning(snapshot) ? SPINNER_MS : SAMPLE_MS)
  })
  return { done, unmount: quit, suspend, resume }
}

/** A page that works on something without saying how far it is, while time passes. */
function isSpinning({ screen, ended, speed }: SessionSnapshot): boolean {
  if (ended !== null || speed === 0) return false
  return screen === null || (screen.progress !== undefined && screen.progress.fraction === undefined)
}

const isStop = (key: Key): boolean => typeof key === 'object' && key.type === 'ctrl' && key.letter === 'z'

interface Once {
  isPending: boolean
  stop(): void
}

const NEVER: Once = { isPending: false, stop() {} }

/** Something that happens once, later, unless it is stopped. */
function after(every: MountOptions['every'], ms: number, run: () => void): Once {
  const once: Once = {
    isPending: true,
    stop() {
      once.isPending = false
      cancel()
    },
  }
  const cancel = every(ms, () => {
    once.stop()
    run()
  })
  return once
}

function deferred<T>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  return { promise, resolve, reject }
}
