import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** Who may import whom: every folder its list, itself and `domain`. `ports` alone means their interfaces. */
const ALLOWED: Record<string, readonly string[]> = {
  machines: [],
  'src/domain': [],
  'src/ports': [],
  'src/protocols': [],
  'src/device': ['src/protocols', 'src/ports'],
  'src/service': ['src/protocols', 'src/ports'],
  'src/mock-service': ['src/protocols', 'src/ports'],
  'src/doctor': ['src/service', 'src/device', 'src/protocols', 'src/ports'],
  'src/actors': ['machines', 'src/device', 'src/service', 'src/protocols', 'src/ports'],
  'src/texts': [],
  'src/screens': ['machines', 'src/texts'],
  'src/journal': [],
  'src/events': [],
  'src/run': [
    ...['machines', 'src/actors', 'src/device', 'src/service', 'src/screens', 'src/texts'],
    ...['src/events', 'src/journal', 'src/ports'],
  ],
  'src/charts': ['machines', 'src/run'],
  'src/coverage': [
    ...['src/charts', 'src/texts', 'src/device', 'src/events', 'src/explore', 'src/journal'],
    ...['src/run', 'src/scenario'],
  ],
  'src/inspect': ['src/journal', 'src/run'],
  'src/scenario': [
    'src/run',
    'src/events',
    'src/journal',
    'src/screens',
    'src/mock-service',
    'src/device',
    'src/protocols',
    'src/texts',
    'src/charts',
    'src/coverage',
    'src/ports',
  ],
  'src/explore': ['src/run', 'src/scenario', 'src/events', 'src/report', 'src/journal', 'src/ports'],
  'src/fleet': ['src/explore', 'src/run', 'src/scenario', 'src/events', 'src/journal', 'src/ports'],
  'src/ui': ['src/screens', 'src/journal', 'src/charts', 'src/texts'],
  'src/import': ['src/scenario', 'src/protocols'],
  'src/report': ['src/journal', 'src/screens', 'src/ui', 'src/protocols'],
}

/** Ports that are interfaces: the rest is for those who wire a run together. */
const INTERFACES = ['timeline', 'chance', 'choices', 'ids', 'keys', 'http'].map((name) => `src/ports/${name}.ts`)
const WIRING = ['src/run', 'src/scenario', 'src/doctor', 'src/fleet', 'src/cli', 'src/library']

/** Packages that only some may name. */
const PACKAGES: Record<string, readonly string[]> = {
  bullmq: ['src/fleet/bullmq'],
  ioredis: ['src/fleet/bullmq'],
  xstate: ['machines', 'src/actors', 'src/run', 'src/charts', 'src/inspect', 'src/screens'],
  ink: ['src/ui'],
  react: ['src/ui'],
  'har-format': ['src/report'],
  msw: ['src/mock-service'],
  nanoid: ['src/ports'],
  htmlparser2: ['src/protocols'],
  saxes: ['src/protocols'],
  valibot: [
    ...['src/scenario', 'src/run', 'src/events', 'src/explore', 'src/fleet', 'src/protocols', 'src/library'],
    'src/journal',
  ],
  ws: ['src/ports'],
  yaml: ['src/scenario'],
  vitest: ['src/library'],
}

interface Import {
  from: string
  specifier: string
}

function filesBelow(folder: string, name = /\.tsx?$/): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
}

/** Static, dynamic and type imports, and re-exports. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const found = text.matchAll(/(?:(?<!')\bfrom\s*|import\s*\(\s*|import\s+)'([^']+)'/g)
  return [...found].map(([, specifier]) => ({ from: file, specifier: specifier! }))
}

const files = [...filesBelow('machines'), ...filesBelow('src')]
const imports = files.flatMap(importsOf)

const folderOf = (path: string): string => {
  if (path.startsWith('machines/')) return 'machines'
  const [src, folder, ...rest] = path.split('/')
  return rest.length > 0 ? `${src}/${folder}` : path
}

test('finds the files and imports that it is about', () => {
  expect(files.length).toBeGreaterThan(150)
  expect(imports.length).toBeGreaterThan(500)
})

test('every folder has its rule', () => {
  // These wire everything together.
  const free = ['src/cli', 'src/library']
  const known = new Set([...Object.keys(ALLOWED), ...free])
  expect([...new Set(files.map(folderOf))].filter((folder) => !known.has(folder))).toEqual([])
})

test('imports point one way', () => {
  const wrong = imports.flatMap(({ from, specifier }) => {
    if (!specifier.startsWith('.')) return []
    const target = relative(ROOT, resolve(ROOT, dirname(from), specifier))
    const [folder, targetFolder] = [folderOf(from), folderOf(target)]
    const allowed = ALLOWED[folder]
    if (!allowed || folder === targetFolder || targetFolder === 'src/domain' || target === 'package.json') return []
    if (!allowed.includes(targetFolder)) return [`${from} imports ${target}`]
    const isImplementation = targetFolder === 'src/ports' && !INTERFACES.includes(target)
    return isImplementation && !WIRING.includes(folder) ? [`${from} imports ${target}, which is no interface`] : []
  })
  expect(wrong).toEqual([])
})

const targets = new Map(
  files.map((file) => [
    file,
    importsOf(file)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => relative(ROOT, resolve(ROOT, dirname(file), specifier))),
  ]),
)

/** The first circle that can be walked, each file importing the next; imports of types count. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const circle = walk(next, [...path, file])
      if (circle) return circle
    }
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const circle = walk(file, [])
    if (circle) return circle
  }
  return undefined
}

test('imports close no circle', () => {
  const closed = new Map(Object.entries({ a: ['b'], b: ['c'], c: ['d', 'b'], d: [] }))
  expect(circleIn(closed)).toEqual(['b', 'c', 'b'])
  expect(circleIn(targets)).toBeUndefined()
})

test('the mock never shares code with the client above the codecs', () => {
  const shared = imports.filter(
    ({ from, specifier }) =>
      (from.startsWith('src/mock-service/') && /\/(service|device|actors)\//.test(specifier)) ||
      (/^src\/(service|device)\//.test(from) && specifier.includes('mock-service')),
  )
  expect(shared).toEqual([])
})

test('packages are named only where they belong', () => {
  const wrong = imports.flatMap(({ from, specifier }) => {
    const [scope, name] = specifier.split('/')
    if (specifier.startsWith('.') || specifier.startsWith('node:')) return []
    const id = scope!.startsWith('@') ? `${scope}/${name}` : scope!
    const places = PACKAGES[id]
    if (!places) return [`${from} imports ${id}, which is not allowed`]
    return places.some((place) => from === place || from.startsWith(`${place}/`)) ? [] : [`${from} imports ${id}`]
  })
  expect(wrong).toEqual([])
})

test('what is heavy is loaded only when it is used', () => {
  const eager = files.flatMap((file) => {
    if (file.startsWith('src/ui/')) return []
    const text = readFileSync(join(ROOT, file), 'utf8')
    const statics = [...text.matchAll(/^import (?!type)[^'(]*'([^']+)'/gm)].map(([, specifier]) => specifier!)
    return statics
      .filter((name) => /^(ink|react|msw)(\/|$)|\/ui\/mount|\/inspection\.ts$/.test(name))
      .map((name) => `${file}: ${name}`)
  })
  expect(eager).toEqual([])
})

test('time, chance and sockets are in the ports alone', () => {
  const FORBIDDEN =
    /(?<![.\w])fetch\(|\bglobalThis\.fetch\b|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.random|\brandomBytes\b|\brandomUUID\b|\bgenerateKeyPair|\bsetTimeout\(|\bsetInterval\(|\bsetImmediate\b|from 'node:(net|http|https|tls|dgram)'/
  const wrong = files.flatMap((file) => {
    if (file.startsWith('src/ports/')) return []
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
    return lines.flatMap((line, index) => {
      const code = line.replace(/\/\/.*$/, '').replace(/^\s*\*.*$/, '')
      return FORBIDDEN.test(code) && !/clock\.setTimeout|timeline/.test(code)
        ? [`${file}:${index + 1}: ${line.trim()}`]
        : []
    })
  })
  expect(wrong).toEqual([])
})

test('no code file has more than 400 lines: each holds one idea', () => {
  const code = /\.(ts|tsx|mjs|py)$/
  const all = ['machines', 'src', 'test', 'scripts']
    .flatMap((folder) => filesBelow(folder, code))
    .concat(readdirSync(ROOT).filter((name) => code.test(name)))
  expect(all.filter((file) => /^(scripts|test\/foreign)\//.test(file)).length).toBeGreaterThan(20)
  const long = all.filter((file) => readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n').length > 400)
  expect(long).toEqual([])
})

test('no file names a registry or a path of a machine, and the lock file has no download addresses', () => {
  const everywhere = [...files, ...filesBelow('test'), 'package.json', 'README.md', 'CONTRIBUTING.md', '.ci/run']
  const wrong = everywhere.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return /registry\.npmjs|\/(home|root|Users)\/[a-z]/.test(text) && file !== 'test/tidy.test.ts'
  })
  expect(wrong).toEqual([])
  expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": *"http/)
})
