import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FAMILIES } from '../../src/cli/explain/families.ts'
import { AADSTS } from '../../src/domain/explanations/aadsts.ts'
import { certaintyOf } from '../../src/domain/explanations/certainty.ts'
import { explanationsOf } from '../../src/domain/explanations/find.ts'
import { FURTHER_CODES } from '../../src/domain/windows-codes/further.ts'
import { WINDOWS_CODES } from '../../src/domain/windows-codes.ts'

const all = Object.values(FAMILIES).flat()
const found = (code: string) => explanationsOf(code, FAMILIES).map(({ code: name }) => name)

test('every code of Windows has an explanation, and the further ones are no codes of the product', () => {
  const codes = Object.values(WINDOWS_CODES).map(({ code }) => code)
  expect(codes.filter((code) => !found(code).includes(code))).toEqual([])
  expect(FURTHER_CODES.filter(({ code }) => (codes as string[]).includes(code))).toEqual([])
})

test('every number that the mocked Entra writes has an explanation', () => {
  const folder = new URL('../../src/mock-service/entra/', import.meta.url)
  const text = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const refusals = [...text.matchAll(/(?:Refusal\(\s*'\w+',|invalid(?:Grant)?\(|(?:const [A-Z_]+ =))\s*'?(\d{5,7})\b/g)]
  const numbers = new Set(refusals.map(([, number]) => Number(number)))
  expect(numbers.size).toBeGreaterThan(30)
  expect([...numbers].filter((number) => !Object.hasOwn(AADSTS, number))).toEqual([])
})

test('each explanation has whole sentences and a help, is there once, and is found by all its words', () => {
  expect(all.filter(({ help }) => !/^["A-Z].*\.$/.test(help)).map(({ code }) => code)).toEqual([])
  const keys = all.map(({ family, code, seen }) => `${family} ${code} ${family === 'event' ? seen : ''}`)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  const lost = all.flatMap(({ code, also = [] }) => [code, ...also].filter((word) => !found(word).includes(code)))
  expect(lost).toEqual([])
})

test('each tag of a source is a known one', () => {
  const sources = all.flatMap(({ causes }) => causes.map(({ source }) => source))
  expect(sources.filter((source) => /\[.\]$/.test(source) && certaintyOf(source) === undefined)).toEqual([])
})
