import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const SOURCES = join(ROOT, 'docs/sources')
/** What a state's `sources` mean when they name no note. */
const USUAL = 'oobe-autopilot-esp.md'

const filesBelow = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))

const notes = readdirSync(SOURCES).filter((name) => name.endsWith('.md'))

/** Numbers of the sections of a note. */
const sections = new Map(
  notes.map((note) => [
    note,
    new Set(
      [...readFileSync(join(SOURCES, note), 'utf8').matchAll(/^#{1,4} (\d+(?:\.\d+)*)[.\s]/gm)].map(
        ([, number]) => number!,
      ),
    ),
  ]),
)

interface Citation {
  at: string
  note: string
  section: string
}

/** `mdm-protocols.md, 1.7` and `device-identity.md section 3.3`, wherever a line of a comment ends. */
function citationsIn(file: string): Citation[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/\n\s*(?:\*|\/\/|#) /g, ' ')
  const named = [...text.matchAll(/\b([a-z]+(?:-[a-z]+)+\.md)\)?,? (?:sections? )?(\d+(?:\.\d+)*)/g)].map(
    ([whole, note, section]) => ({ at: `${file}: ${whole}`, note: note!, section: section! }),
  )
  if (!file.startsWith('machines/')) return named
  const tagged = [...text.matchAll(/'(\d+(?:\.\d+)*) \[[A-Z]\]/g)].map(([whole, section]) => ({
    at: `${file}: ${whole}`,
    note: USUAL,
    section: section!,
  }))
  return [...named, ...tagged]
}

const citations = ['machines', 'src', 'test', 'scripts']
  .flatMap((folder) => filesBelow(folder, /\.(ts|tsx|mjs)$/))
  .concat(filesBelow('devices', /\.yaml$/), filesBelow('scenarios', /\.yaml$/))
  .filter((file) => file !== 'test/docs/sources.test.ts')
  .flatMap(citationsIn)

test('the code cites the notes, and the notes have numbered sections', () => {
  expect(notes.length).toBe(4)
  for (const [note, numbers] of sections) expect([note, numbers.size > 5]).toEqual([note, true])
  expect(citations.length).toBeGreaterThan(100)
})

test('every citation leads to a section of a note in docs/sources', () => {
  const dead = citations.filter(({ note, section }) => sections.has(note) && !sections.get(note)!.has(section))
  expect(dead.map(({ at }) => at)).toEqual([])
})

test('every note that is cited is there', () => {
  const own = new Set(
    [...filesBelow('docs', /\.md$/), 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map(
      (path) => path.split('/').at(-1)!,
    ),
  )
  const unknown = citations.filter(({ note }) => !own.has(note))
  expect(unknown.map(({ at }) => at)).toEqual([])
})
