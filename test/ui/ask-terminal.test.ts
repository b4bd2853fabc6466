import { expect, test } from 'vitest'
import { askTerminal } from '../../src/ui/ask-terminal.ts'
import { FakeTerminal } from './terminal.ts'

const ESC = '\u001b'
const never = new Promise<void>(() => {})

test('a terminal says its background and its keyboard; keys that came meanwhile are read later', async () => {
  const terminal = new FakeTerminal()
  const asked = askTerminal(terminal, never)
  expect(terminal.written).toBe(`${ESC}]11;?${ESC}\\${ESC}[?u${ESC}[c`)
  expect(terminal.stdin.isRaw).toBe(true)
  await terminal.press('ab', `${ESC}]11;rgb:fdfd/f6f6/e3e3${ESC}\\`, `${ESC}[?0uc${ESC}[?62c`)
  expect(await asked).toEqual({ background: '#fdf6e3', isKitty: true })
  expect(String(terminal.stdin.read())).toBe('abc')
})

test('where pictures are asked for, it says which it takes; what it does not know it leaves out', async () => {
  const terminal = new FakeTerminal()
  const asked = askTerminal(terminal, never, true)
  expect(terminal.written).toBe(
    `${ESC}]11;?${ESC}\\${ESC}[?u${ESC}[>q${ESC}[16t${ESC}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA${ESC}\\${ESC}[c`,
  )
  await terminal.press(`${ESC}P>|foot(1.20.2)${ESC}\\${ESC}[6;20;10`, `tx${ESC}[?62;4;22c`)
  expect(await asked).toEqual({
    isKitty: false,
    hasSixel: true,
    name: 'foot(1.20.2)',
    cell: { width: 10, height: 20 },
  })
  expect(String(terminal.stdin.read())).toBe('x')
})

test('one that says nothing is not waited for longer than the limit', async () => {
  const terminal = new FakeTerminal()
  let isOver = () => {}
  const asked = askTerminal(terminal, new Promise((resolve) => (isOver = resolve)))
  await terminal.press('\r')
  isOver()
  expect(await asked).toEqual({ isKitty: false })
  expect(String(terminal.stdin.read())).toBe('\r')
})

test('the limit comes too late to stop what reads after it', async () => {
  const terminal = new FakeTerminal()
  let isOver = () => {}
  const asked = askTerminal(terminal, new Promise((resolve) => (isOver = resolve)))
  await terminal.press(`${ESC}[?1c`)
  await asked
  terminal.stdin.resume()
  isOver()
  await terminal.settle()
  expect(terminal.stdin.isPaused()).toBe(false)
})

test('one whose input ends has said all', async () => {
  const terminal = new FakeTerminal()
  const asked = askTerminal(terminal, never)
  terminal.stdin.end()
  expect(await asked).toEqual({ isKitty: false })
})
