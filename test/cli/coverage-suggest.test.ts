import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { countRun } from '../../src/coverage/count-run.ts'
import { edgesBy, edgesOf } from '../../src/coverage/edges.ts'
import { call, file, folder } from './call.ts'

/** Plays a scenario file, and tells what it took. */
async function taken(text: string): Promise<Record<string, number>> {
  file('scenarios/suggested.yaml', text)
  const ended = await call('run', 'suggested', '--transport', 'direct', '--out', join(folder, 'out'))
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  const lines = readFileSync(join(folder, 'out/suggested/journal.ndjson'), 'utf8').split('\n')
  return countRun(lines, edgesBy(allCharts()))
}

describe('oobe coverage suggest', { timeout: 240_000 }, () => {
  // A press, an event, a fault, a press after a fault, and the end of a page in the plan.
  test.each([
    'network.choosing: user.back → back',
    'network.askingForKey: network.changed → looking',
    'deviceJoin.failed: user.startOver → startOver',
    'oobe.keyboard: done(keyboard) [endedAs(kind: back)] → region',
  ])('%s: the scenario passes, and takes it', async (way) => {
    const { code, stdout, stderr } = await call('coverage', 'suggest', way)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n')[0]).toBe(`# Takes the transition ${way}`)
    expect((await taken(stdout))[`transition ${way}`]).toBeGreaterThan(0)
  })

  test('takes what counters do not have, and writes files', async () => {
    const ways = allCharts()
      .flatMap(edgesOf)
      .map(({ way }) => `transition ${way}`)
    const counts: Record<string, number> = Object.fromEntries(ways.map((id) => [id, 1]))
    delete counts['transition secondKeyboard.choosing: user.back → offering']
    file('c.json', JSON.stringify({ oobeCoverage: 1, product: '0.1.0', runs: 1, counts }))
    const ended = await call('coverage', 'suggest', '--from', 'c.json', '--most', '3', '--out', 'found')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('suggested-1.yaml: secondKeyboard.choosing: user.back → offering\n')
    const text = readFileSync(join(folder, 'found/suggested-1.yaml'), 'utf8')
    expect((await taken(text))['transition secondKeyboard.choosing: user.back → offering']).toBe(1)
  })

  test.each<[string[], RegExp]>([
    [
      ['network.choosing: user.bakc → back'],
      /ERR_NOT_FOUND: there is no transition [\s\S]*network\.choosing: user\.back → back/,
    ],
    [['x', '--most', '2'], /--from and --most go without/],
    [['--runs', '0'], /--runs: "0" is no number of runs/],
    [[], /there is no coverage at oobe-results/],
  ])('refuses %j', async (args, message) => {
    const ended = await call('coverage', 'suggest', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })
})
