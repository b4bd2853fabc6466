import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/domain/trouble.ts'
import { withItem, withKey, withoutItem } from '../../src/scenario/edit-yaml.ts'

const SCHOOL = readFileSync(
  join(resolve(import.meta.dirname, '../..'), 'scenarios/tenants/contoso-school.yaml'),
  'utf8',
)

/** Lines that are in one text alone. */
function difference(before: string, after: string) {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) }
}

describe('a key', () => {
  test.each([
    ['is put behind the others of a flow', 'p: [{ a: 1,   b: 2 }] # c', ['p', 0], 'p: [{ a: 1,   b: 2, k: v }] # c'],
    ['is put before a comma at the end', 'p: [{ a: 1, }]', ['p', 0], 'p: [{ a: 1, k: v, }]'],
    [
      'is put into a flow of several lines',
      'p:\n  - { a: 1,\n      b: 2\n    }\n',
      ['p', 0],
      'p:\n  - { a: 1,\n      b: 2, k: v\n    }\n',
    ],
    [
      'is put on a line below the others',
      'p:\n    - a: 1 # one\n      # two\n\n    - b: 2',
      ['p', 0],
      'p:\n    - a: 1 # one\n      k: v\n      # two\n\n    - b: 2',
    ],
    [
      'is put below a list of its map',
      'p:\n- a: 1\n  l:\n    - x\n# end\n',
      ['p', 0],
      'p:\n- a: 1\n  l:\n    - x\n  k: v\n# end\n',
    ],
    ['takes the place of an old value', 'p: [{ k: "old one" , a: 1 }]', ['p', 0], 'p: [{ k: v , a: 1 }]'],
    [
      'takes the place of no value',
      'p:\n  - k:   # none yet\n    a: 1\n',
      ['p', 0],
      'p:\n  - k: v   # none yet\n    a: 1\n',
    ],
    [
      'keeps the ends of lines of Windows',
      'p:\r\n  - a: 1\r\n  - b: 2\r\n',
      ['p', 0],
      'p:\r\n  - a: 1\r\n    k: v\r\n  - b: 2\r\n',
    ],
  ])('%s', (_, text, path, result) => {
    expect(withKey(text, path, 'k', 'v')).toBe(result)
  })

  test('that needs quotes gets them', () => {
    expect(withKey('p: [{ a: 1 }]', ['p', 0], 'k', 'x, y: } #1')).toBe('p: [{ a: 1, k: "x, y: } #1" }]')
    expect(withKey('p: [{ a: 1 }]', ['p', 0], 'k', '')).toBe('p: [{ a: 1, k: "" }]')
    expect(withKey('p: [{ a: 1 }]', ['p', 0], 'k', '007')).toBe('p: [{ a: 1, k: "007" }]')
  })
})

describe('an item', () => {
  test.each([
    [
      'of a block is put on its own line',
      'l:\n  - a # one\n  # last\nm: 1\n',
      'l:\n  - a # one\n  - { d: x }\n  # last\nm: 1\n',
    ],
    ['of a block at the margin stays there', 'l:\n- a: 1\n  b: 2\n\nm: 1', 'l:\n- a: 1\n  b: 2\n- { d: x }\n\nm: 1'],
    ['of a flow is put behind the others', 'l: [{ d: a }] # one\n', 'l: [{ d: a }, { d: x }] # one\n'],
    ['of an empty flow is the only one', 'l: []\nm: 1\n', 'l: [{ d: x }]\nm: 1\n'],
    ['of no list begins one at the end', 'm: 1', 'm: 1\nl:\n  - { d: x }\n'],
  ])('%s', (_, text, result) => {
    expect(withItem(text, ['l'], { d: 'x' })).toBe(result)
  })

  test.each([
    ['of a block goes with its line', 'l:\n  - a\n  - b # two\n  - c\n', 1, 'l:\n  - a\n  - c\n'],
    ['of several lines goes with them', 'l:\n  - a: 1\n    b: 2\n  # of c\n  - c: 3\n', 0, 'l:\n  # of c\n  - c: 3\n'],
    ['that is the last of a file goes', 'l:\n  - a\n  - b', 1, 'l:\n  - a\n'],
    ['that is the only one leaves an empty list', 'l:\n  - a\nm: 1\n', 0, 'l: []\nm: 1\n'],
    ['that is the only one below a comment leaves both', 'l: # of a\n  - a\nm: 1\n', 0, 'l: # of a\n  []\nm: 1\n'],
    ['at the margin that is the only one leaves an empty list', 'l: # of a\n- a\nm: 1\n', 0, 'l: # of a\n  []\nm: 1\n'],
    ['of a flow goes with its comma', 'l: [a, b, c]', 1, 'l: [a, c]'],
    ['at the end of a flow goes with the comma before', 'l: [a, b ]', 1, 'l: [a ]'],
    ['that is the only one of a flow leaves it empty', 'l: [ a ]', 0, 'l: []'],
  ])('%s', (_, text, index, result) => {
    expect(withoutItem(text, ['l'], index)).toBe(result)
  })
})

test('of the shipped school one line changes', () => {
  expect(difference(SCHOOL, withKey(SCHOOL, ['partners', 1], 'consentedBy', 'principal@contoso.example'))).toEqual({
    gone: ['  - { id: northwind-devices, name: Northwind Devices, kind: oem }'],
    come: ['  - { id: northwind-devices, name: Northwind Devices, kind: oem, consentedBy: principal@contoso.example }'],
  })
  expect(difference(SCHOOL, withoutItem(SCHOOL, ['devices'], 2))).toEqual({
    gone: ['  - { device: asus-br1100fka, groupTag: Library }'],
    come: [],
  })
  expect(difference(SCHOOL, withItem(SCHOOL, ['devices'], { device: 'x', groupTag: 'Lab 1' }))).toEqual({
    gone: [],
    come: ['  - { device: x, groupTag: Lab 1 }'],
  })
})

test('a layout that cannot be changed so is refused, not damaged', () => {
  const refused = (edit: () => string) => {
    try {
      return edit()
    } catch (error) {
      return error instanceof UserError ? error.code : error
    }
  }
  expect(refused(() => withKey('p: [{}]', ['p', 0], 'k', 'v'))).toBe('ERR_YAML_LAYOUT')
  expect(refused(() => withItem('l: # none\nm: 1\n', ['l'], 'x'))).toBe('ERR_YAML_LAYOUT')
  expect(refused(() => withItem('a: 1\n...\n', ['l'], 'x'))).toBe('ERR_YAML_LAYOUT')
})
