// Bundles the commands and the library: one entry each, with parts that are loaded only when they are used.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'dist')

/** Ink looks for the developer tools of React; they are no part of a product. */
const withoutDevtools = {
  name: 'without-devtools',
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'react-devtools-core', namespace: 'empty' }))
    builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }))
  },
}

const result = await build({
  absWorkingDir: root,
  entryPoints: { oobe: 'src/cli/oobe.ts', index: 'src/index.ts', vitest: 'src/vitest.ts' },
  outdir: out,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['vitest'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  // Some CommonJS dependencies ask for Node's own modules by require.
  banner: {
    js: "import{createRequire as __oobeRequire}from'node:module';const require=__oobeRequire(import.meta.url);",
  },
  plugins: [withoutDevtools],
  metafile: true,
  write: false,
  logLevel: 'warning',
})

const fresh = new Set()
for (const { path, text } of result.outputFiles) {
  const isBin = path === join(out, 'oobe.js')
  put(path, isBin ? `#!/usr/bin/env node\n${text}` : text, isBin ? 0o755 : 0o644)
}
put(join(out, 'THIRD-PARTY-NOTICES.txt'), notices(result.metafile))
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

/** Licences of what the bundle holds. */
function notices(metafile) {
  const require = createRequire(import.meta.url)
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((input) => {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
      return match ? [match[1]] : []
    }),
  )
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = require(join(root, folder, 'package.json'))
      const text = licenceText(join(root, folder))
      return `${name} ${version} (${license})\n\n${text}`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function licenceText(folder) {
  for (const name of ['LICENSE', 'license', 'LICENSE.md', 'license.md', 'LICENSE.txt', 'LICENCE', 'LICENSE-MIT']) {
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch {
      // the next spelling
    }
  }
  return '(no licence text in the package)\n'
}
