import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { LANES } from './lanes.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** The product asks `ps` for the start of a process where there is no /proc. */
const MAY_START = ['src/cli/serve/process-start.ts']

/** What starts a process, and what only a build makes. */
const STARTS = /^(node:child_process|node:cluster|esbuild|vitest\/node)$/
const BUILT = /['`/]dist['`/]|scripts\/build/

const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => /\.test\.tsx?$/.test(name))
  .sort()

/** Of the two signs that a lane has: * and !(a|b). */
const patternOf = (glob: string): RegExp => {
  const escaped = glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  return new RegExp(`^${escaped.replace(/!\(([^)]*)\)/, '(?!(?:$1)\\.)[^/]*')}$`)
}
const lanesOf = (file: string): string[] =>
  Object.entries(LANES).flatMap(([lane, globs]) => (globs.some((glob) => patternOf(glob).test(file)) ? [lane] : []))

const unit = files.filter((file) => lanesOf(file).length === 0)

/** Of values alone: types are gone before anything runs. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:(?:import|export)\s+(?!type\b)(?:[^'"()]*?\sfrom\s*)?|import\s*\(\s*)'([^']+)'/g)].map(
    ([, specifier]) => specifier!,
  )

/** How a file comes to start a process or to need the build, by way of what it imports; undefined when it does not. */
function wayToProcess(file: string, seen = new Set(MAY_START)): string | undefined {
  if (seen.has(file)) return undefined
  seen.add(file)
  const text = readFileSync(join(ROOT, file), 'utf8')
  if (file.startsWith('test/') && BUILT.test(text)) return `${file}: what is built`
  for (const specifier of importsOf(text)) {
    if (STARTS.test(specifier)) return `${file}: ${specifier}`
    const target = relative(ROOT, resolve(ROOT, dirname(file), specifier))
    if (!specifier.startsWith('.') || !/\.tsx?$/.test(target) || !existsSync(join(ROOT, target))) continue
    const way = wayToProcess(target, seen)
    if (way !== undefined) return `${file} > ${way}`
  }
  return undefined
}

const clean = new Set(MAY_START)

function problemOf(file: string): string | undefined {
  const seen = new Set(clean)
  const way = wayToProcess(file, seen)
  if (way === undefined) for (const one of seen) clean.add(one)
  return way
}

test('each file is in one lane, and each line of a lane names a file', () => {
  expect(files.length).toBeGreaterThan(200)
  expect(files.filter((file) => lanesOf(file).length > 1)).toEqual([])
  const globs = Object.values(LANES).flat()
  expect(globs.filter((glob) => !files.some((file) => patternOf(glob).test(file)))).toEqual([])
})

test('no file of the lane unit starts a process, or needs the build', () => {
  expect(unit.map(problemOf).filter((way) => way !== undefined)).toEqual([])
})

test('the lanes are read as the test runner reads them, and the search finds what starts a process, also behind other imports', () => {
  expect(lanesOf('test/explore/every-way.test.ts')).toEqual(['long'])
  expect(lanesOf('test/simulation/schedule.test.ts')).toEqual(['program'])
  expect(wayToProcess('test/cli/run.test.ts')).toBe('test/cli/run.test.ts > test/cli/program.ts: what is built')
  expect(wayToProcess('test/service/enrollment/enroll.test.ts')).toBe(
    'test/service/enrollment/enroll.test.ts > test/openssl.ts: node:child_process',
  )
  expect(importsOf("import { a } from './a.ts'\nimport type { B } from './b.ts'\nconst c = import('./c.ts')")).toEqual([
    './a.ts',
    './c.ts',
  ])
})
