import { mkdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const SCRIPTS = [
  'ink-hello.tsx',
  'hundred',
  'hardware-hash',
  'tpm',
  'enrolment',
  'served',
  'parked',
  'xml',
  'cause',
  'report',
  'import',
  'travel',
]

/** As scripts/build.mjs bundles. */
export async function bundle(root, bundles, scripts = SCRIPTS) {
  rmSync(bundles, { recursive: true, force: true })
  mkdirSync(bundles, { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: scripts.map((name) => `scripts/bench/${name.includes('.') ? name : `${name}.ts`}`),
    outdir: bundles,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    banner: {
      js: "import{createRequire as __oobeRequire}from'node:module';const require=__oobeRequire(import.meta.url);",
    },
    plugins: [withoutDevtools()],
    logLevel: 'warning',
  })
}

/** Ink looks for the developer tools of React; they are no part of a product. */
function withoutDevtools() {
  return {
    name: 'without-devtools',
    setup(builder) {
      builder.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }))
      builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }))
    },
  }
}
