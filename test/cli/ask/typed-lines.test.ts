import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { TypedLines } from '../../../src/cli/ask/typed-lines.ts'

function typing(isTTY = false) {
  const raw: boolean[] = []
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: (is: boolean) => raw.push(is) })
  let interrupts = 0
  return { input, raw, lines: new TypedLines(input, () => interrupts++), interrupts: () => interrupts }
}

test('lines wait until they are asked for, whatever ends them, and the last one needs no end', async () => {
  const { input, lines } = typing()
  input.end('one\r\ntwo\n\nthree')
  expect([await lines.next(false), await lines.next(false), await lines.next(false)]).toEqual(['one', 'two', ''])
  expect([await lines.next(false), await lines.next(false)]).toEqual(['three', null])
})

test('a secret is typed without echo, with Backspace and Ctrl+C, and the terminal is itself again', async () => {
  const { input, raw, lines, interrupts } = typing(true)
  const secret = lines.next(true)
  input.write('abx\u007fc\u0003\r')
  expect([await secret, interrupts()]).toEqual(['abc', 1])
  const next = lines.next(false)
  input.write('seen\n')
  expect(await next).toBe('seen')
  expect(raw).toEqual([true, false])
  void lines.next(true)
  lines.release()
  expect(raw).toEqual([true, false, true, false])
})

test('a line for a question that is gone is for the next one', async () => {
  const { input, lines } = typing()
  void lines.next(false)
  lines.forget()
  input.write('late\n')
  expect(await lines.next(false)).toBe('late')
  lines.unread('again')
  expect(await lines.next(false)).toBe('again')
})
