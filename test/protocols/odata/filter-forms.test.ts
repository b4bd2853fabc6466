import { describe, expect, test } from 'vitest'
import { parseFilter, readFilter } from '../../../src/protocols/odata/filter.ts'
import { refusal } from '../fuzz.ts'

const item = {
  '@odata.type': '#microsoft.graph.win32LobApp',
  id: '0b5bd2b6-9b0e-4c4f-9f0a-3a5c0f4f1c11',
  serialNumber: 'SIM-SLSE-000001',
  groupTypes: ['DynamicMembership'],
  physicalIds: ['[ZTDId]:abc', '[OrderID]:Classroom'],
  assignedLicenses: [{ skuId: '7cfd9a2b-e110-4c39-bf20-c6a3f36a3121', disabledPlans: ['a', 'b'] }],
  empty: [],
  enrolled: '2024-11-04T08:00:00.0000000Z',
  state: { deviceImportStatus: 'complete' },
  not: 'eq',
}

describe('a filter in the forms that scripts write', () => {
  test.each<[string, boolean]>([
    ["startsWith(serialNumber, 'SIM-SLSE')", true],
    ["StartsWith(SerialNumber,'sim') AND NOT Contains(serialNumber,'x')", true],
    ["serialNumber EQ 'sim-slse-000001' Or id Ne null", true],
    ["tolower(serialNumber) eq 'sim-slse-000001'", true],
    ["contains(toupper(serialNumber),'SLSE')", true],
    ["ToLower(toUpper(serialNumber)) eq 'x'", false],
    ['length(serialNumber) eq 15', true],
    ["startswith(serialNumber,'S') eq true", true],
    ["startswith(serialNumber,'S') eq false", false],
    ["physicalIds/any(p:p eq '[ZTDId]:abc')", true],
    ["physicalIds/any(p: p eq '[ZTDId]:abcd')", false],
    ["physicalIds/Any(p:startsWith(p,'[OrderID]:'))", true],
    ["physicalIds/any(_:contains(_,'ztdid'))", true],
    ["physicalIds/all(p:startswith(p,'['))", true],
    ["groupTypes/any(c:c eq 'DynamicMembership')", true],
    ["NOT groupTypes/any(c:c eq 'Unified')", true],
    ["not(groupTypes/any(c:c eq 'DynamicMembership'))", false],
    ['assignedLicenses/any(x:x/skuId eq 7cfd9a2b-e110-4c39-bf20-c6a3f36a3121)', true],
    ["assignedLicenses/any(x:x/disabledPlans/any(d:d eq 'b') and x/skuId ne null)", true],
    ["assignedLicenses/any(x:(x/skuId eq 'y'))", false],
    ['physicalIds/any()', true],
    ['empty/any()', false],
    ['empty/$count eq 0 and physicalIds/$count ge 2', true],
    ["id eq 0b5bd2b6-9b0e-4c4f-9f0a-3a5c0f4f1c11 and id in ('x', 0b5bd2b6-9b0e-4c4f-9f0a-3a5c0f4f1c11)", true],
    ['enrolled ge 2024-11-04T08:00:00Z and enrolled lt 2024-11-05', true],
    ["enrolled eq '2024-11-04T09:00:00+01:00'", true],
    ["state/DeviceImportStatus eq 'complete'", true],
    ["isof('microsoft.graph.win32LobApp')", true],
    ["(isof('microsoft.graph.winGetApp'))", false],
  ])('%s', (text, expected) => {
    expect(parseFilter(text)(item)).toBe(expected)
  })

  test.each([
    "physicalIds/any(p eq 'x')",
    "physicalIds/any(p:p eq 'x'",
    'physicalIds/all()',
    "p:p eq 'x'",
    "nothing(serialNumber) eq 'x'",
    "concat(a,b) eq 'x'",
    "contains('x',serialNumber)",
    'serialNumber eq',
    "not eq 'eq'",
    'serialNumber eq x',
    "a/any(b:b/any(c:c/any(d:d/any(e:e eq 'x'))))",
  ])('%s is refused', (text) => {
    expect(refusal(() => parseFilter(text))).toBe('ERR_ODATA_FILTER')
  })

  test('says what it looks at: variables are no properties', () => {
    const { properties, operators } = readFilter(
      "not (state/deviceImportStatus eq 'x') and physicalIds/any(p:endswith(p,'y'))",
    )
    expect([...properties]).toEqual(['state', 'physicalIds'])
    expect([...operators]).toEqual(['not', 'eq', 'any', 'endswith'])
  })

  test('depth has a bound, whatever is nested', () => {
    for (const text of ['not '.repeat(2000), 'tolower('.repeat(900), 'a/any(a:'.repeat(900)]) {
      expect(refusal(() => parseFilter(text))).toBe('ERR_ODATA_FILTER')
    }
  })
})
