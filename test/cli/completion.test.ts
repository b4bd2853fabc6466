import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { allWords, type Word } from '../../src/cli/completion/words.ts'
import { call, file, folder } from './call.ts'

let words: Word[]
beforeAll(async () => {
  words = await allWords(COMMANDS)
})

test('knows every command, and every option and action that its help has', async () => {
  expect(words.map(({ name }) => name)).toEqual(Object.keys(COMMANDS))
  for (const { name, options, actions } of words) {
    const { stdout } = await call(name, '--help')
    const lines = stdout.split('\n')
    const inHelp = lines.flatMap((line) => /^ {2}--([a-z-]+)/.exec(line)?.[1] ?? [])
    expect(options.map((one) => one.name)).toEqual(expect.arrayContaining(inHelp))
    if (actions.length === 0) expect(options.map((one) => one.name)).toContain('help')
    for (const action of actions) expect(stdout).toContain(`oobe ${name} ${action.name}`)
  }
})

/** What bash offers for a command line; its last word may be empty. */
function offered(script: string, line: string[]): string[] {
  const array = ['oobe', ...line].map((word) => `'${word}'`).join(' ')
  const source = `${script}\nCOMP_WORDS=(${array}); COMP_CWORD=${line.length}; _oobe; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', source], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((word) => word !== '')
}

test('bash completes commands, actions and options', async () => {
  const { code, stdout, stderr } = await call('completion', 'bash')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(offered(stdout, ['ru'])).toEqual(['run'])
  expect(offered(stdout, ['re'])).toEqual(['record', 'replay'])
  expect(offered(stdout, ['run', '--sh'])).toEqual(['--shipped', '--shard'])
  expect(offered(stdout, ['device', 'd'])).toEqual(['decode', 'diff'])
  expect(offered(stdout, ['device', 'show', '--j'])).toEqual(['--json'])
  expect(offered(stdout, ['run', 'some.yaml', '--coverage', ''])).toContain('--workers')
  expect(offered(stdout, ['nothing', '--'])).toEqual([])
})

describe.each([
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
  ['pwsh', ['-NoProfile', '-File']],
])('%s', (shell, args) => {
  const name = shell === 'pwsh' ? 'powershell' : shell
  test('gets every command and option', async () => {
    const { code, stdout } = await call('completion', name)
    expect(code).toBe(0)
    for (const word of words) {
      expect(stdout).toContain(word.name)
      for (const option of word.options) expect(stdout).toMatch(new RegExp(`(--|-l )${option.name}\\b`))
    }
  })

  test('reads the script', async ({ skip }) => {
    // These shells are on few machines, in CI too; bash is the one that is always tried.
    skip(spawnSync(shell, ['--version']).error !== undefined, `${shell} is missing`)
    const { stdout } = await call('completion', name)
    const path = file(`script.${name === 'powershell' ? 'ps1' : name}`, stdout)
    expect(spawnSync(shell, [...args, path], { encoding: 'utf8', cwd: folder })).toMatchObject({
      status: 0,
      stderr: '',
    })
  })
})

test.each([
  [[], /oobe completion takes one shell\n {2}There are: bash, zsh, fish, powershell/],
  [['bash', 'zsh'], /oobe completion takes one shell/],
  [['bsah'], /there is no completion for "bsah"\n {2}Did you mean "bash"\?/],
])('refuses %j', async (args, message) => {
  const ended = await call('completion', ...args)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toMatch(message)
})
