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
