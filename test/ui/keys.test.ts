import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { type Key, keyOf, readKeys } from '../../src/ui/keys.ts'

async function keysOf(...reads: string[]): Promise<Key[]> {
  const stdin = new PassThrough()
  const keys: Key[] = []
  const stop = readKeys(stdin, (key) => keys.push(key))
  for (const read of reads) {
    stdin.write(read)
    await new Promise((done) => setImmediate(done))
  }
  stop()
  return keys
}

test.each<[string, string[], Key[]]>([
  ['characters', ['aÄ漢?'], [...'aÄ漢?'].map((text) => ({ type: 'char', text }))],
  ['a space', [' '], [{ type: 'char', text: ' ' }]],
  ['arrows in one read', ['\u001b[A\u001b[B\u001bOC\u001b[D'], ['up', 'down', 'right', 'left']],
  ['a sequence split over two reads', ['\u001b', '[B'], ['down']],
  ['a sequence split in its middle', ['\u001b[1', '5~'], [{ type: 'function', number: 5 }]],
  ['Tab and Shift+Tab', ['\t\u001b[Z'], ['tab', 'backTab']],
  ['Enter, either way', ['\r', '\n'], ['enter', 'enter']],
  ['Backspace, either way, and Delete', ['\u007f\b\u001b[3~'], ['backspace', 'backspace', 'delete']],
  ['Home, End, pages', ['\u001b[H\u001b[F\u001b[5~\u001b[6~'], ['home', 'end', 'pageUp', 'pageDown']],
  ['function keys', ['\u001bOP', '\u001b[21~'], [1, 10].map((number) => ({ type: 'function', number }))],
  ['control keys', ['\u0003\u0006'], ['c', 'f'].map((letter) => ({ type: 'ctrl', letter }))],
  ['Alt+Left', ['\u001b[1;3D'], ['back']],
  ['no other Alt key', ['\u001bx'], []],
  [
    'a paste',
    ['\u001b[200~secret', ' é\n漢\u001b[201~x'],
    [
      { type: 'paste', text: 'secret é\n漢' },
      { type: 'char', text: 'x' },
    ],
  ],
])('%s', async (_, reads, keys) => expect(await keysOf(...reads)).toEqual(keys))

test('a lone escape byte is the Escape key', () => {
  expect(keyOf(undefined, { sequence: '\u001b', name: 'escape', meta: true })).toBe('escape')
})
