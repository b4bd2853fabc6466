// Removes the declarations that the library's entry points do not lead to: tsc writes one for each file that is compiled.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const types = fileURLToPath(new URL('../dist/types', import.meta.url))
const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const needed = new Set()
const follow = (file) => {
  if (needed.has(file)) return
  if (!existsSync(file)) throw new Error(`${file} is named by a declaration, and is not there`)
  needed.add(file)
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport\()\s*['"](\.[^'"]+)['"]/g)) {
    follow(resolve(dirname(file), name).replace(/\.tsx?$/, '.d.ts'))
  }
}
for (const entry of Object.values(exports)) if (entry.types) follow(resolve(types, '../..', entry.types))

for (const entry of readdirSync(types, { withFileTypes: true, recursive: true })) {
  const file = join(entry.parentPath, entry.name)
  if (entry.isFile() && !needed.has(file)) rmSync(file)
}
