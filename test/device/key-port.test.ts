import { expect, test } from 'vitest'
import { KeyPort } from '../../src/device/key-port.ts'

const KEY = { pin: '246813' }
const RIGHT = KEY.pin
const WRONG = '246810'

/** What a key says to PINs in turn; `-` pulls it out and puts it in again. */
function answers(...entered: string[]): string[] {
  const port = new KeyPort(() => undefined)
  return entered.flatMap((pin) => {
    if (pin !== '-') return [port.enter('YK-0417', KEY, pin)]
    port.empty()
    return []
  })
}

test('three wrong PINs in a row, and it takes none before it was without power: the right one neither', () => {
  expect(answers(WRONG, WRONG, WRONG, RIGHT, '-', RIGHT)).toEqual(['wrong', 'wrong', 'held', 'held', 'right'])
})

test('the eighth wrong PIN locks it, whatever was in between but the right one', () => {
  const [three, left] = [
    [WRONG, WRONG, WRONG],
    [WRONG, WRONG],
  ]
  expect(answers(...three, '-', ...three, '-', ...left, '-', RIGHT)).toEqual([
    ...['wrong', 'wrong', 'held', 'wrong', 'wrong', 'held'],
    ...['wrong', 'locked', 'locked'],
  ])
})

test('the right PIN gives all tries back', () => {
  const seven = [WRONG, WRONG, WRONG, '-', WRONG, WRONG, WRONG, '-', WRONG]
  expect(answers(...seven, RIGHT, WRONG, WRONG, RIGHT).slice(-4)).toEqual(['right', 'wrong', 'wrong', 'right'])
})

test('another key in the port is one that was pulled out before', () => {
  const port = new KeyPort(() => undefined)
  for (const _ of [1, 2, 3]) port.enter('YK-0417', KEY, WRONG)
  expect(port.enter('YK-0001', { pin: '135791' }, '135791')).toBe('right')
  expect(port.enter('YK-0417', KEY, RIGHT)).toBe('right')
})
