import { describe, expect, test } from 'vitest'
import { DecodeError } from '../../../src/domain/trouble.ts'
import { evaluateMembershipRule } from '../../../src/protocols/membership-rule/evaluate.ts'
import { parseMembershipRule } from '../../../src/protocols/membership-rule/parse.ts'
import type { DirectoryDevice } from '../../../src/protocols/membership-rule/rule.ts'
import { fuzz } from '../fuzz.ts'

const device: DirectoryDevice = {
  accountEnabled: true,
  displayName: 'CLS-0001',
  deviceManufacturer: 'Dell Inc.',
  deviceModel: 'Latitude 3120',
  deviceOSVersion: '10.0.26100.4652',
  objectId: '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c',
  devicePhysicalIds: ['[ZTDId]:0b1c', '[OrderID]:Classroom', '[PurchaseOrderId]:76222342342'],
  systemLabels: [],
}
const holds = (rule: string, changes: Partial<DirectoryDevice> = {}) =>
  evaluateMembershipRule(parseMembershipRule(rule), { ...device, ...changes }).holds

describe('a membership rule', () => {
  test.each<[string, boolean]>([
    // As Microsoft's pages write them.
    ['(device.devicePhysicalIDs -any (_ -startsWith "[ZTDid]"))', true],
    ['(device.devicePhysicalIDs -any _ -contains "[ZTDId]")', true],
    ['(device.devicePhysicalIds -any (_ -eq "[OrderID]:Classroom"))', true],
    ['(device.devicePhysicalIds -any (_ -eq "[OrderID]:Library"))', false],
    ['(device.devicePhysicalIds -any _ -eq "[PurchaseOrderId]:76222342342")', true],
    ['device.objectId -ne null', true],
    ['device.deviceOSVersion -startsWith "10.0.2"', true],
    ['device.accountEnabled -eq true', true],
    ['device.accountEnabled -eq false', false],
    // Without hyphens, in any case, with typographic marks.
    ['device.deviceManufacturer eq "dell inc."', true],
    ['DEVICE.DEVICEMANUFACTURER -EQ "DELL INC."', true],
    ['device.deviceManufacturer –eq “Dell Inc.”', true],
    ["device.deviceManufacturer -eq 'Dell Inc.'", true],
    // -any asks for one item, -all for every one.
    ['device.devicePhysicalIds -all (_ -startsWith "[")', true],
    ['device.devicePhysicalIds -all (_ -startsWith "[ZTDId]")', false],
    ['device.systemLabels -all (_ -eq "x")', true],
    ['device.systemLabels -any (_ -eq "x")', false],
    ['device.systemLabels -startsWith "M365Managed"', false],
    ["device.memberOf -any (group.objectId -in ['11111111-1111-1111-1111-111111111111'])", false],
    ['device.devicePhysicalIds -any (_ -startsWith "[OrderID]" -and _ -endsWith "Class")', false],
    ['device.devicePhysicalIds -any (_ -startsWith "[OrderID]" -and -not (_ -endsWith "Library"))', true],
    // Operators and what they deny.
    ['device.deviceModel -ne "Latitude 3120"', false],
    ['device.deviceModel -notStartsWith "Lat"', false],
    ['device.deviceModel -endsWith "3120"', true],
    ['device.deviceModel -notEndsWith "3120"', false],
    ['device.deviceModel -contains "tude 3"', true],
    ['device.deviceModel -notContains "tude 3"', false],
    ['device.deviceModel -match "^lat.*\\d{4}$"', true],
    ['device.deviceModel -notMatch "^Surface"', true],
    ['device.deviceModel -in ["Surface Laptop SE", "latitude 3120"]', true],
    ['device.deviceModel -notIn ["Surface Laptop SE"]', true],
    // What the directory does not know is null, and nothing else.
    ['device.deviceCategory -eq null', true],
    ['device.deviceCategory -eq "null"', false],
    ['device.deviceCategory -ne "Loaner"', true],
    ['device.deviceCategory -startsWith ""', false],
    ['device.deviceModel -eq null', false],
    ['device.deviceModel -eq $null', false],
    // -and binds tighter than -or, -not tighter than both.
    ['device.deviceModel -eq "x" -and device.deviceModel -eq "y" -or device.accountEnabled -eq true', true],
    ['device.deviceModel -eq "x" -and (device.deviceModel -eq "y" -or device.accountEnabled -eq true)', false],
    ['device.accountEnabled -eq true -or device.deviceModel -eq "x" -and device.deviceModel -eq "y"', true],
    ['-not device.deviceModel -eq "x" -and device.accountEnabled -eq true', true],
    ['-not (device.deviceModel -eq "x" -or device.accountEnabled -eq true)', false],
    // Escapes.
    ['device.displayName -eq "a`"b"', false],
  ])('%s is %s', (rule, expected) => {
    expect(holds(rule)).toBe(expected)
  })

  test('reads escaped quotation marks', () => {
    expect(holds('device.displayName -eq "a`"b"', { displayName: 'a"b' })).toBe(true)
    expect(holds("device.displayName -eq 'it''s'", { displayName: "it's" })).toBe(true)
  })

  test.each<[string, string]>([
    ['(device.deviceModel -eq "a"', 'column 1: this parenthesis is not closed'],
    ['device.deviceModel -eq "a")', 'column 27: this parenthesis closes none'],
    ['device.devicePhysicalIds -any (_ -eq "a"', 'column 31: this parenthesis is not closed'],
    ['device.deviceModel -eq "a', 'column 24: this text is not closed'],
    ['device.deviceModel -like "a"', 'column 20: "like" is no operator'],
    ['device.deviceModell -eq "a"', 'column 8: a device has no property "deviceModell"'],
    ['user.department -eq "a"', 'column 1: a rule for devices cannot look at users: "user.department"'],
    ['device.deviceModel -eq a', 'column 24: "a" is no value; write a text in quotes'],
    ['device.deviceModel -eq', 'column 23: a value is missing'],
    ['device.deviceModel', 'column 19: an operator is missing'],
    ["device.memberOf -any (_ -in ['a'])", 'column 23: memberOf is written'],
    [
      "device.deviceModel -eq 'a' -or device.memberOf -any (group.objectId -in ['a'])",
      'column 32: memberOf has to be the only condition of its rule',
    ],
    ['', 'column 1: the rule ends here'],
    ['_ -eq "a"', 'column 1: "_" has a meaning only inside -any and -all'],
    [
      'device.devicePhysicalIds -eq "a"',
      'column 26: devicePhysicalIds is a collection: it needs -any or -all, not "eq"',
    ],
    ['device.devicePhysicalIds -any (device.deviceModel -eq "a")', 'column 32: inside -any and -all the item is "_"'],
    ['device.deviceModel -in "a"', 'column 24: -in needs a list: ["a", "b"]'],
    ['device.deviceModel -in ["a"', 'column 24: this list is not closed'],
    ['device.deviceModel -startsWith null', 'column 32: -startsWith needs a text in quotes'],
    [
      'device.deviceModel -eq "a" device.deviceModel',
      'column 28: expected -and, -or or the end, not "device.deviceModel"',
    ],
    ['device.deviceModel -eq "a" & x', 'column 28: "&" has no meaning here'],
    ['device.deviceModel -match "(a"', 'column 28: this parenthesis is not closed'],
    ['device.deviceModel -match "[a"', 'column 28: this character class is not closed'],
    ['device.deviceModel -match "*a"', 'column 28: in the pattern: nothing to repeat'],
    ['device.deviceModel -match "(?=a)"', 'look-around and named groups are not supported'],
    ['device.deviceModel -match "a{9999}"', 'repeats at most 1000 times'],
    ['device.deviceModel -match "(){1000}{1000}{1000}"', 'in the pattern: too large'],
    [`${'('.repeat(100)}device.deviceModel -eq "a"`, 'column 66: nested deeper than 64'],
  ])('%s is refused with its column', (rule, message) => {
    expect(() => parseMembershipRule(rule)).toThrow(
      expect.objectContaining({ code: 'ERR_MEMBERSHIP_RULE_MALFORMED', message: expect.stringContaining(message) }),
    )
    expect(() => parseMembershipRule(rule)).toThrow(DecodeError)
  })

  test('has at most 3072 characters', () => {
    expect(holds(`device.deviceModel -eq "${'a'.repeat(3047)}"`)).toBe(false)
    expect(() => parseMembershipRule(`device.deviceModel -eq "${'a'.repeat(3048)}"`)).toThrow(
      'column 3073: a rule has at most 3072 characters, this one 3073',
    )
  })

  test('says what of the device decided', () => {
    const because = (rule: string) => evaluateMembershipRule(parseMembershipRule(rule), device).because
    expect(because('device.devicePhysicalIds -any (_ -startsWith "[OrderID]")')).toBe(
      'devicePhysicalIds has "[OrderID]:Classroom"',
    )
    expect(because('device.devicePhysicalIds -any (_ -eq "x")')).toBe('no item of devicePhysicalIds fits')
    expect(because('device.deviceCategory -eq "x" -or device.deviceModel -eq "y"')).toBe(
      'deviceCategory is not set and deviceModel is "Latitude 3120"',
    )
  })

  test('is a value or one coded error, whatever its text', () => {
    const rule =
      'device.devicePhysicalIds -any (_ -match "^\\[Order(ID|Id)\\]:[A-C]+\\w*?x{2,3}") -and -not device.deviceModel -in ["a", "b"]'
    const { values, refused, other } = fuzz(rule, (text) => holds(text), 1500)
    expect(other).toEqual([])
    expect([values > 50, refused > 500]).toEqual([true, true])
  })
})
