import { mkdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

/** As scripts/build.mjs bundles. */
export async function bundle(root, bundles) {
  rmSync(bundles, { recursive: true, force: true })
  mkdirSync(bundles, { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: {
      'ink-hello': 'scripts/bench/ink-hello.tsx',
      hundred: 'scripts/bench/hundred.ts',
      'hardware-hash': 'scripts/bench/hardware-hash.ts',
      tpm: 'scripts/bench/tpm.ts',
      enrolment: 'scripts/bench/enrolment.ts',
      parked: 'scripts/bench/parked.ts',
      xml: 'scripts/bench/xml.ts',
      cause: 'scripts/bench/cause.ts',
    },
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
