import { describe, expect, test } from 'vitest'
import { parseFilter } from '../../../src/protocols/odata/filter.ts'
import { fuzz, refusal } from '../fuzz.ts'

const item = {
  name: "O'Hara",
  count: 5,
  isOn: true,
  nothing: null,
  date: '2024-11-04T08:00:00Z',
  state: { deviceImportStatus: 'complete' },
}

describe('a filter', () => {
  test.each<[string, boolean]>([
    ["name eq 'o''hara'", true],
    ["name ne 'x'", true],
    ['count gt 4 and count lt 6', true],
    ['count ge 6 or count le 4', false],
    ['isOn eq true', true],
    ['isOn eq false', false],
    ['nothing eq null', true],
    ['missing eq null', true],
    ['constructor eq null', true],
    ['name gt 3', false],
    ["state/deviceImportStatus eq 'complete'", true],
    ["name/length eq 'x'", false],
    ['date ge 2024-01-01T00:00:00Z', true],
    ["contains(name,'HAR')", true],
    ["startswith(name,'Har')", false],
    ["endswith(name,'ara')", true],
    ["contains(count,'5')", false],
    ["not contains(name,'x') and count eq 5", true],
    ["not (count eq 5 or name eq 'x')", false],
    ["count in (1,5) and name in ('x')", false],
    ["count eq 1 and count eq 2 or name ne 'x'", true],
  ])('%s is %s', (text, expected) => {
    expect(parseFilter(text)(item)).toBe(expected)
  })

  test('is a value or one coded error, whatever its text', () => {
    const text =
      "not (contains(name,'HAR') or state/deviceImportStatus eq 'x') and count in (1, 5) and date lt 2024-01-01T00:00:00Z"
    const { values, refused, other } = fuzz(text, (mutated) => parseFilter(mutated)(item), 1500)
    expect(other).toEqual([])
    expect([values > 50, refused > 500]).toEqual([true, true])
    expect(refusal(() => parseFilter('('.repeat(5000)))).toBe('ERR_ODATA_FILTER')
    expect(refusal(() => parseFilter(`name eq '${'x'.repeat(9000)}'`))).toBe('ERR_ODATA_FILTER')
  })
})
