import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const LEFT_OUT = new Set(['.git', 'dist', 'node_modules', 'oobe-results'])

/** A copy of the tree for a test that builds: the tests beside it run what is built here. */
export function copySource(to: string): void {
  mkdirSync(to)
  for (const name of readdirSync(ROOT)) {
    if (!LEFT_OUT.has(name)) cpSync(join(ROOT, name), join(to, name), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'))
}
