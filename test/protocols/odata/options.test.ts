import { expect, test } from 'vitest'
import { isFound, parseExpand, parseOrderBy, parseSearch, parseSelect } from '../../../src/protocols/odata/options.ts'
import { refusal } from '../fuzz.ts'

test('an order has several keys, each with its direction', () => {
  expect(parseOrderBy('displayName DESC, state/code asc,id')).toEqual([
    { path: ['displayName'], isDescending: true },
    { path: ['state', 'code'], isDescending: false },
    { path: ['id'], isDescending: false },
  ])
  for (const text of ['', 'a,', 'a up', 'a asc desc', "a eq 'b'"]) {
    expect(refusal(() => parseOrderBy(text))).toBe('ERR_ODATA_ORDERBY')
  }
})

test('an expansion may say what it selects', () => {
  expect(parseExpand('members, assignments($select=id,target;$top=3),manager($levels=max;$select=id)')).toEqual([
    { name: 'members', select: undefined },
    { name: 'assignments', select: 'id,target' },
    { name: 'manager', select: 'id' },
  ])
  for (const text of ['a(', 'a b', '(a)', '$a']) expect(refusal(() => parseExpand(text))).toBe('ERR_ODATA_EXPAND')
})

test('a selection is a list of names', () => {
  expect(parseSelect(' id, displayName,')).toEqual(['id', 'displayName'])
})

test('a search finds the beginnings of words, of all terms of a list', () => {
  const finds = (text: string, name: string) =>
    parseSearch(text).some((terms) => terms.every((term) => isFound(term, name)))
  expect(finds('"displayName:class"', 'Year one classroom')).toBe(true)
  expect(finds('"displayName:room"', 'Year one classroom')).toBe(false)
  expect(finds('"displayName:one year"', 'Year one')).toBe(true)
  expect(finds('"displayName:video"', 'OneVideo')).toBe(true)
  expect(finds('"displayName:one" AND "displayName:two"', 'one')).toBe(false)
  expect(finds('"displayName:one" OR "displayName:two"', 'two')).toBe(true)
  for (const text of ['displayName:x', '"displayName"', '"a:b" AND', '"a:b" "c:d"', '']) {
    expect(refusal(() => parseSearch(text))).toBe('ERR_ODATA_SEARCH')
  }
})
