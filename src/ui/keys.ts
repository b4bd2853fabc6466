import { emitKeypressEvents, type Interface, type Key as Keypress } from 'node:readline'

/** Every key that the terminal UI knows. */
export type Key =
  | { type: 'char'; text: string }
  | { type: 'ctrl'; letter: string }
  | { type: 'function'; number: number }
  /** One of Windows that this terminal does send. */
  | { type: 'chord'; keys: string }
  | { type: 'paste'; text: string }
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
export function readKeys(stdin: NodeJS.ReadableStream, onKey: (key: Key) => void): () => void {
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
  // Of an interface only this field is read.
  emitKeypressEvents(stdin, { escapeCodeTimeout: ESCAPE_WAIT } as unknown as Interface)
  stdin.on('keypress', onKeypress)
  return () => void stdin.off('keypress', onKeypress)
}

/** Null for a key that means nothing here. */
export function keyOf(text: string | undefined, press: Keypress): Key | null {
  const { name = '', ctrl = false, meta = false, shift = false } = press
  if (name === 'tab') return shift ? 'backTab' : 'tab'
  if (name === 'left' && meta) return 'back'
  const named = NAMED[name]
  if (named !== undefined) return named
  const functionKey = /^f(\d{1,2})$/.exec(name)
  // Which of them arrive differs from terminal to terminal: the menu of F2 has all.
  if (name === 'f10' && shift) return { type: 'chord', keys: 'Shift+F10' }
  if (name === 'f3' && ctrl && shift) return { type: 'chord', keys: 'Ctrl+Shift+F3' }
  if (functionKey) return { type: 'function', number: Number(functionKey[1]) }
  if (ctrl) return /^[a-z]$/.test(name) ? { type: 'ctrl', letter: name } : null
  if (meta || text === undefined || text === '' || /[\u0000-\u001f\u007f-\u009f]/.test(text)) return null
  return { type: 'char', text }
}
