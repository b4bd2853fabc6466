import { build } from 'esbuild'
import { loadWhenUsed } from './load-when-used.mjs'
import { mergeChunks } from './merge-chunks.mjs'

/** Ink looks for the developer tools of React; they are no part of a product. */
const withoutDevtools = {
  name: 'without-devtools',
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'react-devtools-core', namespace: 'empty' }))
    builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }))
  },
}

/** Nothing is written. With source maps the chunks stay as the bundler made them. */
export async function bundle(root, outdir, hasSourceMaps = false) {
  const options = bundleOptions(root, outdir, hasSourceMaps)
  const result = await build(options)
  return hasSourceMaps ? result : mergeChunks(result, options)
}

/**
 * The commands and the library: one entry each, with parts that are loaded only when they are used. Source maps are for a debugger on this
 * machine, and never packed.
 */
export const bundleOptions = (root, outdir, hasSourceMaps = false) => ({
  absWorkingDir: root,
  entryPoints: {
    oobe: 'src/cli/oobe.ts',
    worker: 'src/cli/worker/worker.ts',
    index: 'src/library/index.ts',
    vitest: 'src/library/vitest.ts',
    'node-test': 'src/library/node-test.ts',
  },
  outdir,
  bundle: true,
  splitting: true,
  // esbuild names modules by their path; where `node_modules` is a link, that would be a path of this machine.
  preserveSymlinks: true,
  // Names stay: the stack of a bug has to be readable.
  minifyWhitespace: true,
  minifySyntax: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['vitest'],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    // ws would look for its native parts among the packages that a user has installed.
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
    'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
  },
  // Some CommonJS dependencies ask for Node's own modules by require.
  banner: {
    js: "import{createRequire as __oobeRequire}from'node:module';const require=__oobeRequire(import.meta.url);",
  },
  ...(hasSourceMaps ? { sourcemap: 'inline', sourcesContent: false } : {}),
  plugins: [withoutDevtools, loadWhenUsed],
  metafile: true,
  write: false,
  logLevel: 'warning',
})

/** The optional package with the queue: BullMQ and ioredis are those of its user. */
export const bundleQueue = (root, outdir) =>
  build({
    absWorkingDir: root,
    entryPoints: ['src/fleet/bullmq/index.ts'],
    outdir,
    bundle: true,
    preserveSymlinks: true,
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['bullmq', 'ioredis'],
    write: false,
    logLevel: 'warning',
  })
