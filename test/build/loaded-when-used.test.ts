import { basename, join, resolve } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

interface Output {
  entryPoint?: string
  inputs: Record<string, { bytesInOutput: number }>
  imports: { path: string; kind: string }[]
}

type Outputs = Record<string, Output>

const { STARTS } = (await import(join(ROOT, 'scripts/build/merge-chunks.mjs'))) as { STARTS: readonly string[] }

let outputs: Outputs
let texts: string[]
/** As the bundler makes them, before chunks are put together. */
let chunks: Outputs

beforeAll(async () => {
  const { bundle, bundleOptions } = (await import(join(ROOT, 'scripts/build/bundle.mjs'))) as {
    bundle(root: string, out: string): Promise<{ metafile: { outputs: Outputs }; outputFiles: { text: string }[] }>
    bundleOptions(root: string, out: string): BuildOptions
  }
  const result = await bundle(ROOT, join(ROOT, 'dist'))
  outputs = result.metafile.outputs
  texts = result.outputFiles.map(({ text }) => text)
  chunks = (await build({ ...bundleOptions(ROOT, join(ROOT, 'dist')), metafile: true })).metafile.outputs
})

/** Files that are loaded with a source, whether they are used or not. */
function filesLoadedWith(source: string, outputs: Outputs): string[] {
  const first = Object.keys(outputs).find((path) => outputs[path]!.entryPoint === source)!
  const files = new Set<string>()
  const walk = (path: string): void => {
    if (files.has(path) || !outputs[path]) return
    files.add(path)
    for (const { path: next, kind } of outputs[path].imports) if (kind !== 'dynamic-import') walk(next)
  }
  walk(first)
  return [...files]
}

const loadedWith = (source: string): string[] =>
  filesLoadedWith(source, outputs).flatMap((path) => Object.keys(outputs[path]!.inputs))

describe('chunks that are put together', () => {
  test.each(STARTS)('%s loads the same sources as before, of fewer files', (source) => {
    const before = filesLoadedWith(source, chunks)
    expect(new Set(loadedWith(source))).toEqual(new Set(before.flatMap((path) => Object.keys(chunks[path]!.inputs))))
    expect(filesLoadedWith(source, outputs).length).toBeLessThan(before.length)
  })

  test('a run loads less than half as many files', () => {
    const run = 'src/cli/run-command.ts'
    expect(filesLoadedWith(run, outputs).length).toBeLessThan(filesLoadedWith(run, chunks).length / 2)
  })

  test('no file imports one that is not there', () => {
    const imported = texts.flatMap((text) => [...text.matchAll(/(?:from|import)"\.\/((?:chunk|shared)-\w+\.js)"/g)])
    const there = new Set(Object.keys(outputs).map((path) => basename(path)))
    expect(imported.length).toBeGreaterThan(500)
    expect(imported.map(([, name]) => name!).filter((name) => !there.has(name))).toEqual([])
  })
})

describe('what most runs do not use', () => {
  const REAL = /src\/ports\/(?:target-transport|tls-identity|listen)\.ts|src\/cli\/token\//

  test.each(['src/cli/run-command.ts', 'src/cli/boot-command.ts', 'src/cli/play-plain.ts', 'src/library/vitest.ts'])(
    'is not loaded with %s: connections to real services, the readers of YAML and of XML that is not plain',
    (source) => {
      const loaded = loadedWith(source)
      expect(loaded).toContain('src/scenario/yaml-file.ts')
      expect(loaded.filter((input) => REAL.test(input) || /node_modules\/(?:yaml|saxes)\//.test(input))).toEqual([])
    },
  )

  test('is there', () => {
    expect(loadedWith('src/cli/real-target.ts')).toContain('src/ports/target-transport.ts')
    for (const name of ['yaml', 'saxes']) {
      const [, { inputs }] = Object.entries(outputs).find(([path]) => path.endsWith(`/${name}.cjs`))!
      expect(Object.keys(inputs).some((input) => input.startsWith(`node_modules/${name}/`))).toBe(true)
    }
  })
})

const WATCHING = /node_modules\/ws\/|src\/inspect\/|src\/ports\/watch-server|src\/cli\/inspection/

describe('what is for watching a run', () => {
  test.each([
    'src/cli/oobe.ts',
    'src/cli/boot-command.ts',
    'src/cli/run-command.ts',
    'src/cli/replay-command.ts',
    'src/cli/play-plain.ts',
    'src/cli/play-in-terminal.ts',
    'src/library/index.ts',
    'src/library/vitest.ts',
  ])('is not loaded with %s', (source) => {
    const loaded = loadedWith(source)
    expect(loaded).toContain(source)
    expect(loaded.filter((input) => WATCHING.test(input))).toEqual([])
  })

  test('is in another chunk, whole', () => {
    const loaded = loadedWith('src/cli/inspection.ts')
    expect(loaded.some((input) => input.includes('node_modules/ws/'))).toBe(true)
    expect(loaded).toContain('src/inspect/run-inspector.ts')
  })

  test('has no part that contacts another host', () => {
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs))
    expect(inputs.filter((input) => /statelyai|partysocket/.test(input))).toEqual([])
  })
})
