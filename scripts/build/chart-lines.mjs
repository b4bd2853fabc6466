import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** On which lines the files of the statecharts write what: for the report in LCOV. */
export function chartLines(root) {
  const files = readdirSync(join(root, 'machines'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.samples.ts'))
    .map((name) => `machines/${name.replaceAll('\\', '/')}`)
    .sort()
  const placesOf = (file) => placesIn(readFileSync(join(root, file), 'utf8')).filter(([path]) => !INNER.test(path))
  return Object.fromEntries(files.map((file) => [file, placesOf(file)]).filter(([, places]) => places.length > 0))
}

/** What is inside of a transition, and what is none. */
const INNER =
  /\.#\.|\.(meta|actions|guard|guards|params|input|why|source|page|context|entry|exit|output|id\..*|src|sets|writes|types|delays|actors|fact|effect)(\.|$)/

/**
 * The keys of all object literals of a file, with their lines: `networkMachine.@.states.choosing.on.user.back`, where `@` is the argument of
 * `createMachine`. The elements of a list are its path and `#`, with their guard and target.
 *
 * @returns {[path: string, line: number, guard?: string, target?: string][]}
 */
export function placesIn(text) {
  const places = []
  const open = []
  let line = 1
  let top = ''
  let key = ''
  /** Whether a key can come here. */
  let isStart = false
  const path = () => [top, ...open.map(({ name }) => name)].filter((name) => name !== '').join('.')
  const token = new RegExp(TOKEN, 'gy')
  let before = ''
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const found = token.exec(text)
    if (!found) break
    const [word] = found
    const { name, quoted, bracket, declared, skipped } = found.groups
    if (skipped === undefined) {
      if (declared !== undefined && open.length === 0) top = declared
      const place = open.at(-1)
      if (
        (name ?? quoted) !== undefined &&
        isStart &&
        place?.kind === '{' &&
        /^\s*:/.test(text.slice(token.lastIndex))
      ) {
        key = quoted ?? name
        places.push([`${path()}.${key}`, line])
      }
      if (place?.kind === '[' && isStart && bracket !== ']') place.from = at
      if (bracket === '{' || bracket === '[' || bracket === '(') {
        const isInList = place?.kind === '['
        const label = bracket === '(' ? (before === 'createMachine' ? '@' : '') : isInList ? '#' : key
        if (isInList) places.push([`${path()}.#`, line, ...leadOf(text.slice(at))])
        open.push({ kind: bracket, name: label, key })
        if (bracket !== '(') key = ''
      } else if (bracket !== undefined) {
        key = open.pop()?.key ?? ''
      } else if (word === ',') key = ''
      isStart = word === '{' || word === '[' || word === ','
      if (name !== undefined) before = name
    }
    line += word.split('\n').length - 1
  }
  return places
}

const TOKEN =
  /(?<skipped>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|`(?:\\.|[^`\\])*`)|(?:export\s+)?const\s+(?<declared>\w+)|'(?<quoted>(?:\\.|[^'\\\n])*)'|(?<name>[\w$]+)|(?<bracket>[{}[\]()])|(?<other>[\s\S])/
    .source

/** Guard and target of a transition that begins here. */
function leadOf(text) {
  const own = text.slice(0, endOf(text))
  const guard = /guard:\s*(?:\{\s*type:\s*)?'(\w+)'/.exec(own)?.[1] ?? ''
  const target = /target:\s*'([\w.#]+)'/.exec(own)?.[1] ?? ''
  return [guard, target]
}

function endOf(text) {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    if ('{[('.includes(text[index])) depth++
    if ('}])'.includes(text[index]) && --depth === 0) return index + 1
  }
  return text.length
}
