import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Each has a plainer one: a sentence with an actor, and the field's term. */
const BARRED =
  /\b(?:nobody|somebody|whoever|wants?|stands?|(?:is|are|was|were|be|been|being) told|(?:go|goes|going|gone|went) on|by itself|of its own|device that is not there)\b/gi

/** What Windows itself says. */
const OF_WINDOWS = ['Which language do you want to use?', 'Want to add a second keyboard layout?']

/** What is written in quotes as code is no sentence: names of files, commands, options. */
const sentencesOf = (text: string) =>
  OF_WINDOWS.reduce((rest, sentence) => rest.replaceAll(sentence, ''), text).replace(/`[^`\n]*`/g, '')

const barredIn = (text: string) => [...sentencesOf(text).matchAll(BARRED)].map(([words]) => words)

const filesBelow = (folder: string, ending: RegExp) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))

const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...filesBelow('docs', /\.md$/).filter((file) => !file.startsWith('docs/sources/')),
]

test('finds what it is about', () => {
  expect(documents.length).toBeGreaterThan(30)
  expect(barredIn('Nobody wants `stands`: it is told, and goes on by itself.')).toEqual([
    ...['Nobody', 'wants', 'is told', 'goes on', 'by itself'],
  ])
  expect(barredIn('The number stands for a code of its own.')).toEqual(['stands', 'of its own'])
})

test.each(documents)('%s has plain words', (file) => {
  expect(barredIn(read(file))).toEqual([])
})

/** What a program prints is in its strings: comments, names and what is imported are not. */
function textsOf(file: string): string[] {
  const code = read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
  return [...code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(([text]) =>
    text.slice(1, -1),
  )
}

test('what the product says has plain words', () => {
  const found = [...filesBelow('src', /\.tsx?$/), ...filesBelow('machines', /\.ts$/)].flatMap((file) =>
    textsOf(file).flatMap((text) =>
      barredIn(text.replace(/`/g, '')).map((words) => `${file}: ${words} in "${text.slice(0, 80)}"`),
    ),
  )
  expect(found).toEqual([])
})

test('the titles of scenarios have plain words', () => {
  const titles = filesBelow('scenarios', /\.yaml$/).map((file) => /^title: (.*)$/m.exec(read(file))?.[1] ?? '')
  expect(titles.filter((title) => title !== '').length).toBeGreaterThan(40)
  expect(titles.flatMap(barredIn)).toEqual([])
})
