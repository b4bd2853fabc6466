import { expect, test } from 'vitest'
import { KEYBOARDS } from '../../src/domain/keyboards.ts'
import { keyboardOf, LANGUAGES, regionOf, whatIsWrongWithLanguage } from '../../src/domain/locales.ts'
import { REGIONS } from '../../src/domain/regions.ts'

test.each([
  ['regions', REGIONS],
  ['keyboards', KEYBOARDS],
  ['languages', LANGUAGES],
])('%s have one id and one name each: an answer by name means one of them', (_, list) => {
  expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
  expect(new Set(list.map(({ label }) => label.toLowerCase())).size).toBe(list.length)
})

test('each language has its keyboard and its region on their pages', () => {
  for (const { id } of LANGUAGES) {
    expect(whatIsWrongWithLanguage(id)).toBeUndefined()
    expect(KEYBOARDS.map((one) => one.id)).toContain(keyboardOf(id))
    expect(REGIONS.map((one) => one.id)).toContain(regionOf(id))
  }
})

test('a language of another region types as its language does, and an unknown one as in the United States', () => {
  expect([keyboardOf('de-AT'), keyboardOf('es-AR'), keyboardOf('tlh')]).toEqual(['00000407', '0000040a', '00000409'])
  expect([regionOf('de-AT'), regionOf('sr-Latn-RS'), regionOf('tlh')]).toEqual(['AT', 'RS', 'US'])
})

test('places that Windows has and ISO has no country for are there, and parts of the world are not', () => {
  const ids = REGIONS.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['XK', 'AX', 'PS', 'TW', 'HK', 'VA', 'AQ']))
  expect(REGIONS.filter(({ label }) => ['World', 'Europe', 'Africa'].includes(label))).toEqual([])
})
