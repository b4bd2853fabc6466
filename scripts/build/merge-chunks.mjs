import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'

/** What people wait for: each of these loads not a byte more than before. */
export const STARTS = [
  'src/cli/oobe.ts',
  'src/cli/boot-command.ts',
  'src/cli/play-in-terminal.ts',
  'src/cli/run-command.ts',
  'src/cli/serve-command.ts',
  'src/cli/show-command.ts',
  'src/cli/diff-command.ts',
  'src/cli/device/list.ts',
  'src/cli/device/show.ts',
  'src/cli/machine/show.ts',
  'src/cli/tenant/show.ts',
  'src/library/index.ts',
]

const IS_CHUNK = /^chunk-\w+\.js$/
/** As the bundler writes them without white space. */
const NAMES_IMPORT = /import\{([^}]*)\}from"\.\/(chunk-\w+\.js)"/g
const BARE_IMPORT = /import"\.\/(chunk-\w+\.js)"/g

/**
 * Puts chunks together of which each of {@link STARTS} loads all or none. The bundler makes a chunk for each set of entries that share
 * it: of 350 files a run loads 140, and finding and compiling each of them takes time.
 *
 * @param options those of the bundle; without source maps
 * @returns what the bundler returned, with fewer files
 */
export async function mergeChunks({ metafile: { inputs, outputs }, outputFiles, ...rest }, options) {
  const folder = dirname(outputFiles[0].path)
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
  const about = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]))
  /** Where the exports of a chunk are now. */
  const moved = new Map()
  for (const members of groups(about)) {
    const text = await merged(members, { texts, about, moved, options })
    const name = `shared-${createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase()}.js`
    texts.set(name, text)
    about.set(name, together(members, about, text))
    for (const member of members) {
      moved.set(member, name)
      texts.delete(member)
      about.delete(member)
    }
  }
  for (const [name, text] of texts) if (name.endsWith('.js')) texts.set(name, redirected(text, moved))
  const out = dirname(Object.keys(outputs)[0])
  const kept = [...about].map(([name, output]) => [join(out, name), importing(output, out, moved)])
  return {
    ...rest,
    metafile: { inputs, outputs: Object.fromEntries(kept) },
    outputFiles: [...texts].map(([name, text]) => ({ path: join(folder, name), text })),
  }
}

/** Chunks that belong together, those first that others need: what a chunk imports is loaded wherever that chunk is. */
function groups(about) {
  const loaded = STARTS.map((source) => closure(fileOf(source, about), about))
  const byUse = new Map()
  for (const name of about.keys()) {
    const use = loaded.flatMap((names, index) => (names.has(name) ? [index] : []))
    if (!IS_CHUNK.test(name) || use.length === 0) continue
    byUse.set(use.join(), [...(byUse.get(use.join()) ?? []), name])
  }
  return [...byUse]
    .sort(([one], [other]) => other.length - one.length)
    .flatMap(([, members]) => (members.length > 1 ? [members.sort()] : []))
}

function fileOf(source, about) {
  const found = [...about].find(([, { entryPoint }]) => entryPoint === source)
  if (!found) throw new Error(`merge-chunks.mjs: ${source} is in STARTS, and nothing loads it when it is used`)
  return found[0]
}

/** Files that are loaded with one, itself included. */
function closure(first, about) {
  const found = new Set()
  const walk = (name) => {
    if (found.has(name) || !about.has(name)) return
    found.add(name)
    for (const { path, kind } of about.get(name).imports) if (kind === 'import-statement') walk(basename(path))
  }
  walk(first)
  return found
}

/** One module of several, with all that they export. */
async function merged(members, { texts, about, moved, options: { banner, target } }) {
  const lines = members.map((member) => {
    const names = about.get(member).exports.map((name) => `${name} as ${exportOf(member, name)}`)
    return names.length === 0 ? `import './${member}'` : `export { ${names.join(', ')} } from './${member}'`
  })
  const own = {
    name: 'chunks',
    setup(builder) {
      builder.onResolve({ filter: /^\.\// }, ({ path, kind }) =>
        kind === 'import-statement' && members.includes(basename(path))
          ? { path: basename(path), namespace: 'chunk' }
          : { path, external: true },
      )
      builder.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({
        contents: redirected(texts.get(path).replace(`${banner.js}\n`, ''), moved),
        resolveDir: '/',
      }))
    },
  }
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: '/' },
    bundle: true,
    // All is kept that was kept before: what has no effect is gone already.
    treeShaking: false,
    ignoreAnnotations: true,
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    target,
    banner,
    plugins: [own],
    write: false,
    logLevel: 'warning',
  })
  return outputFiles[0].text
}

/** An export in a file of several chunks, which may have others of its name. */
const exportOf = (chunk, name) => `${name}_${/-(\w+)/.exec(chunk)[1]}`

/** A module that imports from where the chunks are now. */
const redirected = (text, moved) =>
  text
    .replace(NAMES_IMPORT, (whole, names, chunk) =>
      moved.has(chunk)
        ? `import{${names
            .split(',')
            .map((name) => {
              const [there, here = there] = name.split(' as ')
              return `${exportOf(chunk, there)} as ${here}`
            })
            .join()}}from"./${moved.get(chunk)}"`
        : whole,
    )
    .replace(BARE_IMPORT, (whole, chunk) => (moved.has(chunk) ? `import"./${moved.get(chunk)}"` : whole))

function together(members, about, text) {
  const all = members.map((member) => about.get(member))
  return {
    bytes: Buffer.byteLength(text),
    inputs: Object.assign({}, ...all.map(({ inputs }) => inputs)),
    imports: all.flatMap(({ imports }) => imports).filter(({ path }) => !members.includes(basename(path))),
    exports: members.flatMap((member) => about.get(member).exports.map((name) => exportOf(member, name))),
  }
}

const importing = (output, out, moved) => ({
  ...output,
  imports: output.imports.map((one) =>
    moved.has(basename(one.path)) ? { ...one, path: join(out, moved.get(basename(one.path))) } : one,
  ),
})
