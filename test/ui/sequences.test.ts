import { describe, expect, test } from 'vitest'
import { type Key, readKeys } from '../../src/ui/keys.ts'
import { Sequences } from '../../src/ui/sequences.ts'
import { FakeTerminal } from './terminal.ts'

const ESC = '\u001b'

/** What comes of text that arrives in these reads. */
function taken(...reads: string[]) {
  const sequences = new Sequences()
  return reads.flatMap((read) => sequences.take(read))
}

const written = (...reads: string[]): string =>
  taken(...reads)
    .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    .join('')

/** The same sequence, with a read that ends after each of its characters; ESC alone is the Escape key. */
const splits = (text: string): [string, string][] =>
  Array.from({ length: text.length - 2 }, (_, at) => [text.slice(0, at + 2), text.slice(at + 2)])

describe('what is no key', () => {
  test.each([
    [`${ESC}]11;rgb:ffff/8080/0000${ESC}\\`, { kind: 'background', colour: '#ff8000' }],
    [`${ESC}]11;rgb:f/8/0\u0007`, { kind: 'background', colour: '#ff8800' }],
    [`${ESC}]11;rgba:ff/80/00/ff\u0007`, { kind: 'background', colour: '#ff8000' }],
    [`${ESC}[?1u`, { kind: 'kitty' }],
    [`${ESC}[?62;22c`, { kind: 'attributes', hasSixel: false }],
    [`${ESC}[?62;4;22c`, { kind: 'attributes', hasSixel: true }],
    [`${ESC}[?4c`, { kind: 'attributes', hasSixel: false }],
    [`${ESC}_Gi=31;OK${ESC}\\`, { kind: 'graphics' }],
    [`${ESC}P>|WezTerm 20240203${ESC}\\`, { kind: 'name', text: 'WezTerm 20240203' }],
    [`${ESC}[6;20;10t`, { kind: 'cell', size: { width: 10, height: 20 } }],
    [`${ESC}[<0;12;3M`, { kind: 'mouse', button: 0, isPress: true, column: 11, row: 2 }],
    [`${ESC}[<64;1;1m`, { kind: 'mouse', button: 64, isPress: false, column: 0, row: 0 }],
    [`${ESC}[97;5u`, { kind: 'key', code: 97, modifiers: 4 }],
    [`${ESC}[27u`, { kind: 'key', code: 27, modifiers: 0 }],
    [`${ESC}[97:65;2:1;65u`, { kind: 'key', code: 97, modifiers: 1 }],
  ])('%j', (sequence, told) => {
    expect(taken(`a${sequence}b`)).toEqual(['a', told, 'b'])
    for (const [first, second] of splits(sequence)) expect(taken(first, second), first).toEqual([told])
  })

  test('other answers mean nothing, and type nothing', () => {
    expect(taken(`${ESC}]52;c;c2VjcmV0\u0007`, `${ESC}[97;1:3u`, `${ESC}]11;rgb:zz\u0007`)).toEqual([])
    expect(taken(`${ESC}_Gi=31;EINVAL:no${ESC}\\`, `${ESC}[6;99999;99999t`, `${ESC}[6;0;0t`)).toEqual([])
  })

  test('keys of old are left as they are', () => {
    const keys = [`${ESC}[A`, `${ESC}OP`, `${ESC}[15~`, `${ESC}[1;5D`, `${ESC}[13;6~`, `${ESC}${ESC}[D`, 'ä漢']
    expect(written(keys.join(''))).toBe(keys.join(''))
    expect(taken(ESC)).toEqual([ESC])
    // Alt with P and with _ begin like an answer: the key after them is one.
    expect(written(`${ESC}P`, 'x', `${ESC}_`, 'y')).toBe(`${ESC}Px${ESC}_y`)
    for (const key of keys.slice(0, 5)) {
      for (const [first, second] of splits(key)) expect(written(first, second)).toBe(key)
    }
  })

  test('inside of a paste all is text', () => {
    const text = `${ESC}[200~a${ESC}[<0;1;1Mb${ESC}]11;rgb:ff/ff/ff\u0007${ESC}[201~`
    expect(taken(text)).toEqual([text])
    expect(taken(`${text}${ESC}[?1u`)).toEqual([text, { kind: 'kitty' }])
  })

  test('what never ends is not kept for ever', () => {
    const endless = `${ESC}]${'x'.repeat(100_000)}`
    expect(written(endless, 'y')).toBe(`${endless}y`)
  })
})

/** The keys of a keyboard whose terminal sends these reads. */
async function keysOf(...reads: string[]): Promise<Key[]> {
  const terminal = new FakeTerminal()
  const keys: Key[] = []
  const off = readKeys(terminal.stdin, (key) => keys.push(key))
  terminal.stdin.resume()
  await terminal.press(...reads)
  off()
  return keys
}

test('the kitty protocol and the keys of old say the same', async () => {
  const kitty = ['[27u', '[13u', '[9u', '[9;2u', '[127u', '[97;5u', '[97u', '[228u', '[65;2u']
  expect(await keysOf(...kitty.map((sequence) => ESC + sequence))).toEqual([
    'escape',
    'enter',
    'tab',
    'backTab',
    'backspace',
    { type: 'ctrl', letter: 'a' },
    { type: 'char', text: 'a' },
    { type: 'char', text: 'ä' },
    { type: 'char', text: 'A' },
  ])
  expect(await keysOf(`${ESC}[97;3u`, `${ESC}[97;9u`, `${ESC}[1114112;1u`, `${ESC}[0u`)).toEqual([
    { type: 'char', text: '\ufffd' },
  ])
  expect(await keysOf(`${ESC}[13;6~`, `${ESC}[P`, `${ESC}[15~`)).toEqual([
    { type: 'chord', keys: 'Ctrl+Shift+F3' },
    { type: 'function', number: 1 },
    { type: 'function', number: 5 },
  ])
})

test('keys, clicks and answers of one read come in their order', async () => {
  expect(await keysOf(`a${ESC}[<0;5;6M${ESC}[<0;5;6mb${ESC}]11;rgb:0/0/0\u0007${ESC}[<65;1;2M${ESC}[<2;1;1M`)).toEqual([
    { type: 'char', text: 'a' },
    { type: 'mouse', action: 'click', column: 4, row: 5 },
    { type: 'char', text: 'b' },
    { type: 'mouse', action: 'wheelDown', column: 0, row: 1 },
  ])
})

test('a character that is split over two reads is one', async () => {
  const terminal = new FakeTerminal()
  const keys: Key[] = []
  const off = readKeys(terminal.stdin, (key) => keys.push(key))
  const bytes = Buffer.from('漢')
  terminal.stdin.write(bytes.subarray(0, 2))
  terminal.stdin.write(bytes.subarray(2))
  await terminal.settle()
  off()
  expect(keys).toEqual([{ type: 'char', text: '漢' }])
})
