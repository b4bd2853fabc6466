import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { filesBelow } from '../../src/scenario/library-files.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

const ROOT = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/scenario.md', ROOT), 'utf8')
const [story, changes, ...others] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block]) => block!)

/** A file with this text, for the time of the test. */
function saved(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-docs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'story.yaml')
  writeFileSync(path, text)
  return path
}

test('the scenario of the page passes', async () => {
  const [scenario] = loadScenarios(saved(story!))
  expect((await runScenario(scenario!, { seed: 1, transport: 'direct' })).failures).toEqual([])
})

test('so does what it says of names', async () => {
  const text = story!.replace(/^network: .*\nperson: .*\n/m, changes!)
  const [scenario] = loadScenarios(saved(text))
  expect(scenario!.environment.downloadMbps).toBe(2)
  expect((await runScenario(scenario!, { seed: 1, transport: 'direct' })).failures).toEqual([])
})

test.each(others.map((text) => [/^title: (.*)$/m.exec(text)?.[1], text]))('so does: %s', async (_, text) => {
  const cases = loadScenarios(saved(text!))
  const failures = []
  for (const one of cases) {
    failures.push(...(await runScenario(one, { seed: 1, transport: 'direct', checkSettings: true })).failures)
  }
  expect(failures).toEqual([])
})

test('it names the folders of the shipped scenarios', () => {
  const [, named] = /in folders: `([^`]+)`/.exec(page)!
  const folders = new Set(filesBelow(new URL('.', ROOT).pathname, 'scenario').map(({ file }) => file.split('/')[1]))
  expect(named!.split(' ').sort()).toEqual([...folders].map((folder) => `${folder}/`).sort())
  expect(readdirSync(new URL('scenarios/', ROOT))).toEqual(expect.arrayContaining([...folders]))
})
