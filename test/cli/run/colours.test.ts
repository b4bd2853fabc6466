import { expect, test } from 'vitest'
import { hasColours } from '../../../src/cli/run/colours.ts'

test.each<[isTTY: boolean, env: Record<string, string>, colours: boolean]>([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, true],
])('a stream that is a terminal: %j, with %j, has colours: %j', (isTTY, env, colours) => {
  expect(hasColours({ isTTY }, env)).toBe(colours)
})
