import { build } from 'esbuild'

/** A run of what is shipped reads no YAML, and its XML is plain: a tenth of the code that it would load. */
const PACKAGES = ['yaml', 'saxes']

const FILTER = new RegExp(`^(${PACKAGES.join('|')})$`)

/**
 * Puts each of these packages into a separate file, which is read when one of its exports is first used. The file is CommonJS: `require`
 * reads it at that moment, and an `import` would read it at the start.
 */
export const loadWhenUsed = {
  name: 'load-when-used',
  setup(builder) {
    const { absWorkingDir, outdir, target, define, write } = builder.initialOptions
    builder.onResolve({ filter: FILTER }, ({ path }) => ({ path, namespace: 'when-used' }))
    builder.onResolve({ filter: /^\.\/\w+\.cjs$/, namespace: 'when-used' }, ({ path }) => ({ path, external: true }))
    builder.onLoad({ filter: /.*/, namespace: 'when-used' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default')
      const exported = names.map((name) => `get ${name}() { return load().${name} }`)
      return {
        contents: `let whole; const load = () => (whole ??= require('./${path}.cjs')); module.exports = { ${exported.join(', ')} }`,
      }
    })
    builder.onEnd(async (result) => {
      if (result.errors.length > 0) return
      const { metafile, outputFiles } = await build({
        absWorkingDir,
        entryPoints: PACKAGES,
        outdir,
        outExtension: { '.js': '.cjs' },
        bundle: true,
        preserveSymlinks: true,
        minifyWhitespace: true,
        minifySyntax: true,
        format: 'cjs',
        platform: 'node',
        target,
        define,
        metafile: true,
        write,
        logLevel: 'warning',
      })
      result.outputFiles.push(...outputFiles)
      Object.assign(result.metafile.inputs, metafile.inputs)
      Object.assign(result.metafile.outputs, metafile.outputs)
    })
  },
}
