import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namedApart } from '../../src/cli/case-names.ts'
import { folderKey, safeName } from '../../src/cli/safe-name.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'
import { call, file, folder, GOOD } from './call.ts'

const scenario = (path: string, id = path.replace(/^.*\//, '').replace(/\.ya?ml$/, ''), variant = ['d', 't']) =>
  ({ id, path: `/work/${path}`, file: path, variant }) as unknown as Scenario

const namesOf = (scenarios: Scenario[]) => namedApart(scenarios).map(({ name }) => name)

describe('names of the scenarios of one command', () => {
  test('are their ids where these are enough', () => {
    expect(namesOf([scenario('x/foo.yaml'), scenario('x/a.b.yaml')])).toEqual(['foo', 'a.b'])
  })

  test.each([
    ['folders that differ', ['x/foo.yaml', 'y/foo.yaml'], ['x-foo', 'y-foo']],
    ['folders further up', ['p/x/foo.yaml', 'q/x/foo.yaml', 'bar.yaml'], ['p-x-foo', 'q-x-foo', 'bar']],
    ['a folder within the other', ['x/foo.yaml', 'x/x/foo.yaml'], ['work-x-foo', 'x-x-foo']],
    ['the case of letters', ['x/foo.yaml', 'y/FOO.yaml'], ['x-foo', 'y-FOO']],
  ])('have the folder before them: %s', (_, paths, names) => {
    expect(namesOf(paths.map((path) => scenario(path)))).toEqual(names)
    expect(namesOf(paths.map((path) => scenario(path)).reverse())).toEqual([...names].reverse())
  })

  test.each([
    ['cleaned names', [scenario('a.b.yaml'), scenario('a-b.yaml'), scenario('a b.yaml')]],
    ['the case of letters', [scenario('foo.yaml'), scenario('Foo.yaml')]],
    ['two endings', [scenario('foo.yaml'), scenario('foo.yml')]],
    ['cleaned folders', [scenario('a.b/foo.yaml'), scenario('a-b/foo.yaml')]],
    ['a name that another one got', [scenario('x/foo.yaml'), scenario('y/foo.yaml'), scenario('x-foo.yaml')]],
    [
      'cases of a matrix',
      [scenario('foo.yaml', 'foo-a-b-c', ['a-b', 'c']), scenario('foo.yaml', 'foo-a-b-c', ['a', 'b-c'])],
    ],
    ['shortened names', [scenario(`${'n'.repeat(240)}1.yaml`), scenario(`${'n'.repeat(240)}2.yaml`)]],
    ['nothing that is safe', [scenario('äöü.yaml'), scenario('日本.yaml'), scenario('run.yaml')]],
  ])('are told apart, whatever the order: %s', (_, scenarios) => {
    const names = namesOf(scenarios)
    expect(new Set(names.map(folderKey)).size).toBe(scenarios.length)
    expect(namesOf([...scenarios].reverse()).reverse()).toEqual(names)
    for (const name of names) expect(safeName(name)).toMatch(/^[A-Za-z0-9-]{1,120}$/)
  })

  test('are one for a file that was given twice', () => {
    const path = file('x/foo.yaml', GOOD)
    symlinkSync('foo.yaml', join(folder, 'x', 'link.yaml'))
    const spellings = [path, './x/foo.yaml', 'x/../x/foo.yaml', 'x/link.yaml']
    expect(namesOf(spellings.flatMap(loadScenarios))).toEqual(['foo'])
  })
})

describe('two files of one name', { timeout: 60_000 }, () => {
  test('get a folder, a line and a JUnit case each', async () => {
    for (const place of ['x', 'y']) file(`${place}/foo.yaml`, GOOD.replace('A good file', `The file in ${place}`))
    const out = join(folder, 'out')
    const args = ['x/foo.yaml', './y/foo.yaml', join(folder, 'x', 'foo.yaml'), '--transport', 'direct', '--out', out]
    const { code, stdout } = await call('run', ...args, '--reporter', 'list,junit')
    expect(code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(['junit.xml', 'last-run.json', 'x-foo', 'y-foo'])
    expect(stdout).toMatch(/^✓ x-foo .*\n✓ y-foo .*\n\n2 passed/)
    for (const place of ['x', 'y']) {
      const journal = readFileSync(join(out, `${place}-foo`, 'journal.ndjson'), 'utf8')
      expect(journal).toContain(`"title":"The file in ${place}"`)
      // What else was played beside it decides nothing in a run.
      expect(journal).toContain('"scenario":"foo"')
    }
    const cases = readFileSync(join(out, 'junit.xml'), 'utf8').match(/<testcase [^>]*?time/g)
    expect(cases).toEqual([
      '<testcase name="x-foo" classname="x/foo.yaml" time',
      '<testcase name="y-foo" classname="y/foo.yaml" time',
    ])
  })
})
