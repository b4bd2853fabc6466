import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

interface Output {
  entryPoint?: string
  inputs: Record<string, { bytesInOutput: number }>
  imports: { path: string; kind: string }[]
}

let outputs: Record<string, Output>

beforeAll(async () => {
  const { bundle } = (await import(join(ROOT, 'scripts/build/bundle.mjs'))) as {
    bundle(root: string, out: string): Promise<{ metafile: { outputs: Record<string, Output> } }>
  }
  outputs = (await bundle(ROOT, join(ROOT, 'dist'))).metafile.outputs
})

/** Sources of a chunk, and of all that is loaded with it whether it is used or not. */
function loadedWith(source: string): string[] {
  const first = Object.keys(outputs).find((path) => outputs[path]!.entryPoint === source)!
  const chunks = new Set<string>()
  const walk = (path: string): void => {
    if (chunks.has(path) || !outputs[path]) return
    chunks.add(path)
    for (const { path: next, kind } of outputs[path].imports) if (kind !== 'dynamic-import') walk(next)
  }
  walk(first)
  return [...chunks].flatMap((path) => Object.keys(outputs[path]!.inputs))
}

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
