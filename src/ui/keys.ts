import { EventEmitter } from 'node:events'
import { emitKeypressEvents, type Interface, type Key as Keypress } from 'node:readline'
import { StringDecoder } from 'node:string_decoder'
import type { Chord } from '../domain/key-chords.ts'
import type { CellSize } from './picture/pixels.ts'
import { Sequences, type Told } from './sequences.ts'

/** Every key that the terminal UI knows. */
export type Key =
  | { type: 'char'; text: string }
  | { type: 'ctrl'; letter: string }
  | { type: 'function'; number: number }
  /** One of Windows that this terminal does send. */
  | { type: 'chord'; keys: Chord }
  | { type: 'paste'; text: string }
  /** A click of the left button, or a step of the wheel, at a cell that counts from 0. */
  | { type: 'mouse'; action: 'click' | 'wheelUp' | 'wheelDown'; column: number; row: number }
  | NamedKey

export type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'tab'
  | 'backTab'
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'delete'
  | 'home'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  /** Alt+Left, as in a browser. */
  | 'back'

const NAMED: Record<string, NamedKey> = {
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  return: 'enter',
  enter: 'enter',
  escape: 'escape',
  backspace: 'backspace',
  delete: 'delete',
  home: 'home',
  end: 'end',
  pageup: 'pageUp',
  pagedown: 'pageDown',
}

/** How long a lone escape byte waits for the rest of a sequence, in milliseconds. */
const ESCAPE_WAIT = 50

/** Ink's own parser is not used: it takes a sequence split over two reads for two keys, and does not name function keys. */
export function readKeys(
  stdin: NodeJS.ReadableStream,
  onKey: (key: Key) => void,
  /** The terminal has said how large its cells are. */
  onCell: (size: CellSize) => void = () => {},
): () => void {
  const sequences = new Sequences()
  const decoder = new StringDecoder('utf8')
  const keyboard = new EventEmitter()
  let pasted: string | null = null
  const onKeypress = (text: string | undefined, press: Keypress) => {
    if (press.name === 'paste-start') pasted = ''
    else if (press.name === 'paste-end') {
      if (pasted !== null) onKey({ type: 'paste', text: pasted })
      pasted = null
    } else if (pasted !== null) pasted += text ?? ''
    else {
      const key = keyOf(text, press)
      if (key !== null) onKey(key)
    }
  }
  const onData = (chunk: Buffer | string) => {
    for (const part of sequences.take(typeof chunk === 'string' ? chunk : decoder.write(chunk))) {
      const key = typeof part === 'string' ? null : keyTold(part)
      if (typeof part === 'string') keyboard.emit('data', part)
      else if (part.kind === 'cell') onCell(part.size)
      else if (key !== null) onKey(key)
    }
  }
  // Of an interface only this field is read.
  emitKeypressEvents(keyboard as NodeJS.ReadableStream, { escapeCodeTimeout: ESCAPE_WAIT } as unknown as Interface)
  keyboard.on('keypress', onKeypress)
  stdin.on('data', onData)
  return () => {
    keyboard.off('keypress', onKeypress)
    stdin.off('data', onData)
  }
}

const KITTY: Readonly<Record<number, NamedKey>> = { 9: 'tab', 13: 'enter', 27: 'escape', 127: 'backspace' }

/** Left button, wheel up, wheel down. Source: xterm, "Extended coordinates" (SGR 1006). */
const MOUSE = { 0: 'click', 64: 'wheelUp', 65: 'wheelDown' } as const

/** A key in the kitty protocol, or of the mouse; null for an answer, and for what means nothing here. */
function keyTold(told: Told): Key | null {
  if (told.kind === 'mouse') {
    const action = MOUSE[told.button as keyof typeof MOUSE]
    return action && told.isPress ? { type: 'mouse', action, column: told.column, row: told.row } : null
  }
  if (told.kind !== 'key') return null
  const { code, modifiers } = told
  const named = KITTY[code]
  if (named === 'tab' && modifiers === 1) return 'backTab'
  if (named !== undefined) return named
  const text = String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd)
  if (modifiers === 4) return /^[a-z]$/.test(text) ? { type: 'ctrl', letter: text } : null
  return modifiers <= 1 && !/[\p{C}]/u.test(text) ? { type: 'char', text } : null
}

/** Null for a key that means nothing here. */
export function keyOf(text: string | undefined, press: Keypress): Key | null {
  const { name = '', ctrl = false, meta = false, shift = false } = press
  if (name === 'tab') return shift ? 'backTab' : 'tab'
  if (name === 'left' && meta) return 'back'
  const named = NAMED[name]
  if (named !== undefined) return named
  const functionKey = /^f(\d{1,2})$/.exec(name)
  // Which of them arrive differs from terminal to terminal: the menu of F9 has all.
  if (name === 'f10' && shift) return { type: 'chord', keys: 'Shift+F10' }
  if (name === 'f3' && ctrl && shift) return { type: 'chord', keys: 'Ctrl+Shift+F3' }
  if (functionKey) return { type: 'function', number: Number(functionKey[1]) }
  if (ctrl) return /^[a-z]$/.test(name) ? { type: 'ctrl', letter: name } : null
  if (meta || text === undefined || text === '' || /[\u0000-\u001f\u007f-\u009f]/.test(text)) return null
  return { type: 'char', text }
}
