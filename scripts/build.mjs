// Bundles the commands and the library: one entry each, with parts that are loaded only when they are used.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { bundle } from './build/bundle.mjs'
import { bundledPackages } from './build/bundled-packages.mjs'
import { notices } from './build/notices.mjs'
import { sbom } from './build/sbom.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'dist')

const result = await bundle(root, out)
const packages = bundledPackages(root, result.metafile)
const product = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const fresh = new Set()
for (const { path, text } of result.outputFiles) {
  const isBin = path === join(out, 'oobe.js')
  put(path, isBin ? `#!/usr/bin/env node\n${text}` : text, isBin ? 0o755 : 0o644)
}
put(join(out, 'THIRD-PARTY-NOTICES.txt'), notices(packages))
put(join(out, 'sbom.cdx.json'), sbom(product, packages))
await compileLibrary()
for (const name of readdirSync(out)) if (name.endsWith('.js') && !fresh.has(join(out, name))) rmSync(join(out, name))

/** Writes what has changed, whole or not at all: somebody may be running what was built before. */
function put(path, text, mode = 0o644) {
  fresh.add(path)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.${process.pid}`, text, { mode })
  renameSync(`${path}.${process.pid}`, path)
}

/** Reads and checks the shipped files once, so that a run does not have to. A bad one fails the build. */
async function compileLibrary() {
  const outfile = join(out, `compile-library-${process.pid}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: ['src/scenario/compile-library.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  const { compileLibrary: compile } = await import(pathToFileURL(outfile).href)
  put(join(out, 'compiled-library.json'), JSON.stringify(compile(root)))
  rmSync(outfile)
}
