import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { COMMANDS } from '../../src/cli/commands.ts'
import { allWords } from '../../src/cli/completion/words.ts'
import { projectFiles } from '../../src/cli/init/project-files.ts'
import { filesBelow, temporaryFolder } from '../cli/files.ts'
import { PROGRAM, plainEnvironment } from '../cli/program.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const blocks = [...read('docs/ci.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text!)
const workflow = projectFiles().find(({ file }) => file.endsWith('oobe.yml'))!.text

describe('docs/ci.md', () => {
  test('has jobs for three CI systems, all of them YAML', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(5)
    for (const text of blocks) expect(parse(text)).toEqual(expect.any(Object))
  })

  test('calls commands and options that there are', async () => {
    const words = await allWords(COMMANDS)
    const calls = [...blocks, workflow].flatMap((text) => [...text.matchAll(/npx oobe (\w+)([^\n]*)/g)])
    expect(calls.length).toBeGreaterThanOrEqual(7)
    for (const [, command, rest] of calls) {
      expect(Object.keys(COMMANDS)).toContain(command)
      const options = words.find(({ name }) => name === command)!.options.map(({ name }) => name)
      for (const [, option] of rest!.matchAll(/--([a-z-]+)/g)) expect(options).toContain(option)
    }
  })

  test('names the inputs of the action', () => {
    const { inputs } = parse(read('action.yml')) as { inputs: Record<string, unknown> }
    for (const name of Object.keys(inputs)) expect(read('docs/ci.md')).toContain(`\`${name}\``)
  })
})

interface Step {
  name?: string
  run?: string
  env?: Record<string, string>
}

const { inputs, runs } = parse(read('action.yml')) as {
  inputs: Record<string, { default: string }>
  runs: { steps: Step[] }
}
const play = runs.steps.find(({ name }) => name === 'Play')!

/** Plays as GitHub would: inputs in the place of their expressions, in the environment alone. */
function act(given: Record<string, string>): {
  status: number | null
  output: string
  folder: string
  summary: string
} {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'scenarios'))
  for (const name of ['not-registered', 'wifi-wrong-key']) {
    const path = filesBelow(join(ROOT, 'scenarios')).find((file) => file.endsWith(`/${name}.yaml`))!
    writeFileSync(join(folder, 'scenarios', `${name}.yaml`), read(join('scenarios', path)))
  }
  const summary = join(folder, 'summary.md')
  const env = Object.fromEntries(
    Object.entries(play.env!).map(([name, expression]) => {
      const input = /inputs\.([\w-]+)/.exec(expression)?.[1]
      return [name, input === undefined ? PROGRAM : (given[input] ?? inputs[input]!.default)]
    }),
  )
  const ended = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', play.run!], {
    cwd: folder,
    env: { ...plainEnvironment(), ...env, GITHUB_STEP_SUMMARY: summary },
    encoding: 'utf8',
  })
  const text = filesBelow(folder).includes('summary.md') ? readFileSync(summary, 'utf8') : ''
  return { status: ended.status, output: `${ended.stdout}${ended.stderr}`, folder, summary: text }
}

describe('the action', { timeout: 60_000 }, () => {
  test('takes no input into its script but by the environment', () => {
    for (const { run } of runs.steps) expect(run ?? '').not.toContain('${{')
  })

  test('plays the scenarios of the project, and reports', () => {
    const { status, output, folder, summary } = act({})
    expect(output).toContain('2 passed, 0 failed')
    expect(status).toBe(0)
    expect(filesBelow(folder)).toContain('oobe-results/junit.xml')
    expect(summary).toContain('## oobe-sim scenarios')
  })

  test('counts coverage, and judges it', () => {
    const covered = { paths: 'not-registered', coverage: 'oobe-results' }
    const good = act({ ...covered, threshold: 'states=1' })
    expect(good).toMatchObject({ status: 0, summary: expect.stringContaining('## oobe-sim coverage') })
    expect(good.output).toContain('1 passed, 0 failed')
    expect(act({ ...covered, threshold: 'states=99' }).status).toBe(4)
  })

  test('ends as the run did, and takes a line as one argument', () => {
    expect(act({ arguments: '--seed=3\n--tag=no such' })).toMatchObject({
      status: 2,
      output: expect.stringContaining('no scenario has the tag "no such"'),
    })
    expect(act({ paths: '$(touch made)' }).folder).toSatisfy((folder: string) => !filesBelow(folder).includes('made'))
  })
})
