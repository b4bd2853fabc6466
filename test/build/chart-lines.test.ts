import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { linesIn } from '../../src/coverage/chart-lines.ts'
import { edgesOf } from '../../src/coverage/edges.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const { chartLines, placesIn } = (await import(
  new URL('../../scripts/build/chart-lines.mjs', import.meta.url).href
)) as {
  chartLines: (root: string) => Parameters<typeof linesIn>[0]
  placesIn: (text: string) => unknown[]
}

describe('the lines of the statecharts', () => {
  const lines = linesIn(chartLines(ROOT))

  test('knows the line of each transition of the first boot', () => {
    for (const edge of allCharts().flatMap(edgesOf)) {
      const { file, line } = lines(edge)
      expect(existsSync(join(ROOT, file)), file).toBe(true)
      expect(line, edge.way).toBeGreaterThan(1)
    }
  })

  test.each([
    ['network', 'choosing', 'user.connect', 'isSecured'],
    ['network', 'choosing', 'user.back', undefined],
    ['network', 'connecting', 'done(connect)', 'wantsAnotherKey'],
    ['oobe', 'checkingWire', 'done(lookAround)', 'isWired'],
  ])('%s.%s: %s [%s] is where the file has it', (machine, from, event, guard) => {
    const edge = allCharts()
      .flatMap(edgesOf)
      .find((one) => one.machine === machine && one.from === from && one.event === event && one.guard === guard)!
    const { file, line } = lines(edge)
    const text = readFileSync(join(ROOT, file), 'utf8').split('\n')
    const near = text.slice(line - 1, line + 3).join('\n')
    expect(near).toContain(guard ?? event)
    expect(near).toContain(edge.targets[0]!.split('.').at(-1))
  })

  test('finds a step of a plan in the plan, and a shared one where it is shared', () => {
    const lineOf = (from: string) => {
      const { file, line } = lines(
        allCharts()
          .flatMap(edgesOf)
          .find((edge) => edge.machine === 'oobe' && edge.from === from)!,
      )
      return [file, readFileSync(join(ROOT, file), 'utf8').split('\n')[line - 1]]
    }
    expect(lineOf('selfDeploying.tpmAttestation')).toEqual([
      'machines/oobe/plans.ts',
      expect.stringContaining('attested'),
    ])
    expect(lineOf('userDriven.signIn')).toEqual(['machines/oobe/shared-steps.ts', expect.stringContaining('signedIn')])
  })

  test('reads keys past comments, texts and functions', () => {
    const text =
      "const one = f({\n  // a: {\n  'b.c': 'd: {', /* e: */\n  g: (h) => ({ i: `j: {` }),\n  on: [{ guard: 'k', target: 'l' }],\n})"
    expect(placesIn(text)).toEqual([
      ['one.b.c', 3],
      ['one.g', 4],
      ['one.g.i', 4],
      ['one.on', 5],
      ['one.on.#', 5, 'k', 'l'],
      ['one.on.#.guard', 5],
      ['one.on.#.target', 5],
    ])
  })
})
