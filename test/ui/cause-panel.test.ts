import { expect, test } from 'vitest'
import { panelRows } from '../../src/ui/rows/panel.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'

const snapshot: SessionSnapshot = {
  screen: null,
  now: 0,
  speed: 1,
  device: 'A virtual device',
  states: ['oobe.userDriven.deviceStatus'],
  transitions: [],
  requests: [],
  identity: [],
  network: { via: 'none', isOnline: false, hasEthernet: false, hasWifi: true, cable: false, radio: true },
  suggestion: null,
  ended: null,
  note: null,
}

const textOf = (shown: SessionSnapshot): string[] =>
  panelRows(shown, { width: 40, height: 20 }).map((row) => row.map(({ text }) => text).join(''))

test('the panel says why the page reports a trouble, in lines of its width', () => {
  const cause = ['the Win32 app "PaperCut" failed: exit code 1603, 0x80070643, at 4:40', 'behind it: a.yaml:8']
  const rows = textOf({ ...snapshot, cause })
  const at = rows.indexOf('Cause')
  expect(rows.slice(at + 1, at + 4).join(' ')).toBe(cause.join(' '))
  expect(Math.max(...rows.map(({ length }) => length))).toBeLessThanOrEqual(40)
  expect(textOf(snapshot)).not.toContain('Cause')
})

test('a long cause is shown whole, and the requests below it give way', () => {
  const cause = [Array.from({ length: 60 }, (_, index) => `word${index}`).join(' '), 'behind it: a.yaml:8']
  const rows = textOf({ ...snapshot, cause })
  expect(rows.join(' ')).toContain('word59')
  expect(rows.join(' ')).toContain('behind it: a.yaml:8')
})
