import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A declaration of a module begins at the begin of a line. */
const DECLARATION = /^(?:export )?(?:async )?(?:const|function) (\w+)/

/** Which builder a page has. */
const BUILDERS = 'BUILDERS'

/**
 * The controls that a page may have, by page: those that its builder in src/screens makes, and those of the functions that it calls.
 * They are read off the sources: a control is an object with its id and kind, or a call of `button` or `primary`.
 */
export function screenControls(root) {
  const folder = join(root, 'src/screens')
  /** By file and name; what is exported also by its name alone. */
  const bodies = new Map()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    let name
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const begins = DECLARATION.exec(line)?.[1]
      if (begins !== undefined) {
        name = begins
        if (line.startsWith('export')) bodies.set(name, { file, of: name })
      }
      if (name !== undefined) bodies.set(`${file} ${name}`, `${bodies.get(`${file} ${name}`) ?? ''}${line}\n`)
    }
  }
  const pages = [...bodies.get(`screen-of.ts ${BUILDERS}`).matchAll(/^ {2}(\w+): (\w+),$/gm)]
  return Object.fromEntries(pages.map(([, page, builder]) => [page, controlsFrom(builder, bodies)]))
}

function controlsFrom(builder, bodies) {
  const found = new Map()
  const seen = new Set()
  const visit = (name, from) => {
    const own = `${from} ${name}`
    const exported = bodies.get(name)
    const key = bodies.has(own) ? own : exported && `${exported.file} ${exported.of}`
    if (key === undefined || seen.has(key)) return
    seen.add(key)
    const body = bodies.get(key)
    for (const [, id] of body.matchAll(/\b(?:button|primary)\(\s*'(\w+)'/g)) found.set(id, 'button')
    for (const [, id, kind] of body.matchAll(/\bid: '(\w+)',\s*kind: '(\w+)'/g)) found.set(id, kind)
    const file = key.split(' ')[0]
    for (const [, other] of body.matchAll(/(?<![.\w])(\w+)\(/g)) visit(other, file)
    for (const [, other] of body.matchAll(/\.map\((\w+)\)/g)) visit(other, file)
  }
  visit(builder, 'screen-of.ts')
  return [...found].map(([id, kind]) => ({ id, kind }))
}
