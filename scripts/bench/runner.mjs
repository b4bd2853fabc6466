// How fast scenarios are run as tests: with workers, with coverage, the first verdict, and many parts put together.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alternate, heldMemory, peakMemory, processorTime, time } from './measure.mjs'
import { atLeast, atMost, ms, row } from './table.mjs'

/** The nearest to an empty test: one page, and the device is off. */
const SMALLEST = 'command-prompt-shut-down'
const WHOLE = 'surface-wifi-happy-path'
const PARTS = 1_000
const PLAYS = 20

/** An empty test, as the yardstick for a first verdict, in a folder that Vitest takes for a project. */
function emptyTest(folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'empty.test.ts'), "import { test } from 'vitest'\ntest('nothing', () => {})\n")
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default {}\n')
  return folder
}

/** Parts of a scenario that was repeated, as `--reporter blob` writes them, made of the blob of one play. */
function blobs(folder, blob, count) {
  mkdirSync(folder, { recursive: true })
  const [head, play, end] = readFileSync(blob, 'utf8').trimEnd().split('\n')
  for (let part = 0; part < count; part++) {
    const plays = Array.from({ length: PLAYS }, (_, index) =>
      play
        .replace('"at":0', `"at":${index * count + part}`)
        .replace(/"id":"([^"]+)"/, `"id":"$1 #${index * count + part + 1}"`),
    )
    const own = head
      .replace('"total":1', `"total":${count * PLAYS}`)
      .replace(/"shard":\{[^}]*\}/, `"shard":{"index":${part + 1},"count":${count}}`)
    writeFileSync(join(folder, `${part}.blob.ndjson`), `${[own, ...plays, end].join('\n')}\n`)
  }
  return folder
}

/**
 * @param program `root`, the built `oobe`, and a folder `out` for what it writes
 * @param isQuick one round, and the shipped scenarios once
 */
export function measureRunner({ root, oobe, out }, isQuick) {
  const own = (...args) => [oobe, 'run', ...args, '--out', join(out, 'runner')]
  const all = ['--shipped', '--no-check-settings', '--reporter', 'dot']
  const twice = isQuick ? [] : ['--repeat', '2']
  const empty = emptyTest(join(root, 'node_modules/.cache/oobe-bench-empty'))
  const blob = join(out, 'one.ndjson')
  time(own(WHOLE, '--transport', 'direct', '--shard', '1/1', '--reporter', `blob=${blob}`))
  const merged = (count) => {
    const parts = blobs(join(out, `parts-${count}`), blob, count)
    return [oobe, 'merge', parts, '--reporter', 'dot', '--out', join(out, 'merged')]
  }
  const [few, many] = [merged(PARTS / 10), merged(PARTS)]
  return {
    workers: alternate(isQuick ? 1 : 2, {
      one: () => time(own(...all, ...twice, '--workers', '1')),
      two: () => time(own(...all, ...twice, '--workers', '2')),
    }),
    coverage: alternate(isQuick ? 1 : 3, {
      without: () => processorTime(own(...all, '--workers', '1')),
      with: () => processorTime(own(...all, '--workers', '1', '--coverage', join(out, 'coverage.json'))),
    }),
    verdict: alternate(isQuick ? 3 : 7, {
      smallest: () => time(own(SMALLEST, '--transport', 'direct')),
      whole: () => time(own(WHOLE, '--transport', 'direct')),
      vitest: () => time([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', empty]),
    }),
    merge: {
      ms: time(many),
      fewMb: heldMemory(few),
      manyMb: heldMemory(many),
      fewPeakMb: peakMemory(few),
      manyPeakMb: peakMemory(many),
    },
  }
}

export function runnerRows({ workers, coverage, verdict, merge }, plain) {
  const ratio = (value, base, more) => plain(`${(value / base).toFixed(2)} x (${more})`, value / base)
  const share = coverage.with / coverage.without - 1
  return [
    row(
      'the shipped scenarios with two workers, against one',
      ratio(
        workers.one,
        workers.two,
        `${(workers.one / 1_000).toFixed(1)} s and ${(workers.two / 1_000).toFixed(1)} s`,
      ),
      atLeast(1.7, ' x'),
    ),
    row(
      'processor for coverage, of all scenarios in one process',
      plain(`${(share * 100).toFixed(1)} % more`, share * 100),
      atMost(10, '%'),
    ),
    row(
      'first verdict: the smallest scenario, against Vitest with one empty test',
      ratio(verdict.smallest, verdict.vitest, `${ms(verdict.smallest)} and ${ms(verdict.vitest)}`),
      atMost(1, 'x that'),
    ),
    row('first verdict: a whole first boot, against the same', ratio(verdict.whole, verdict.vitest, ms(verdict.whole))),
    row(
      `\`oobe merge\` of ${PARTS.toLocaleString('en')} parts: what it holds at its end, against a tenth of them`,
      ratio(
        merge.manyMb,
        merge.fewMb,
        `${merge.manyMb.toFixed(1)} MB; at its most ${merge.manyPeakMb.toFixed(0)} MB, of a tenth ${merge.fewPeakMb.toFixed(0)} MB; ${(merge.ms / 1_000).toFixed(1)} s`,
      ),
      atMost(1.1, 'x that'),
    ),
  ]
}
