import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { bundledPackages } from './bundled-packages.mjs'
import { chartLines } from './chart-lines.mjs'
import { notices } from './notices.mjs'
import { sbom } from './sbom.mjs'
import { viewerFiles } from './viewer.mjs'

/** Writes what was bundled, with all that goes along, and removes what an earlier build left. */
export async function writeBuild(root, out, { metafile, outputFiles }) {
  const packages = bundledPackages(root, metafile)
  const product = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const { path, text } of outputFiles) put(path, text, path === join(out, 'oobe.js') ? 0o755 : 0o644)
  put(join(out, 'THIRD-PARTY-NOTICES.txt'), notices(packages))
  put(join(out, 'sbom.cdx.json'), sbom(product, packages))
  put(join(out, 'chart-lines.json'), JSON.stringify(chartLines(root)))
  await compileLibrary(root, out)
  for (const [name, text] of Object.entries(await viewerFiles(root, out))) put(join(out, name), text)
  const fresh = new Set(outputFiles.map(({ path }) => path))
  for (const name of readdirSync(out)) if (name.endsWith('.js') && !fresh.has(join(out, name))) rmSync(join(out, name))
}

/** Writes the optional package: `npm pack` in its folder makes the archive. Version and licence are those of this package. */
export function writeQueuePackage(root, out, { outputFiles }) {
  const { version, license, repository, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const own = JSON.parse(readFileSync(join(root, 'src/fleet/bullmq/package.json'), 'utf8'))
  for (const { path, text } of outputFiles) put(path, text)
  put(join(out, 'README.md'), readFileSync(join(root, 'src/fleet/bullmq/README.md'), 'utf8'))
  put(join(out, 'LICENSE'), readFileSync(join(root, 'LICENSE'), 'utf8'))
  const whole = {
    ...own,
    version,
    license,
    repository,
    engines,
    peerDependencies: { 'oobe-sim': version, ...own.peerDependencies },
  }
  put(join(out, 'package.json'), `${JSON.stringify(whole, undefined, 2)}\n`)
}

/** Writes what has changed, whole or not at all: what was built before may be running. */
function put(path, text, mode = 0o644) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.${process.pid}`, text, { mode })
  renameSync(`${path}.${process.pid}`, path)
}

/** Reads and checks the shipped files once, so that a run does not have to. A bad one fails the build. */
async function compileLibrary(root, out) {
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
  try {
    // Not what an earlier import of this process has read.
    const { compileLibrary: compile } = await import(`${pathToFileURL(outfile).href}?${Date.now()}`)
    put(join(out, 'compiled-library.ndjson'), compile(root))
  } finally {
    rmSync(outfile)
  }
}
