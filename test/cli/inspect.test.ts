import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listenForWatchers } from '../../src/ports/watch-server.ts'
import { watcherOf } from '../inspect/watcher.ts'
import { call, expectRefused, folder } from './call.ts'
import { HAPPY_PATH, temporaryFolder } from './files.ts'
import { start } from './program.ts'

const journal = (out: string) => readFileSync(join(out, HAPPY_PATH, 'journal.ndjson'), 'utf8')

describe('oobe boot --inspect', { timeout: 60_000 }, () => {
  test('prints where the run can be watched, and the journal is the one without it', async () => {
    const [plain, inspected] = [join(folder, 'plain'), join(folder, 'inspected')]
    const without = await call('boot', '--plain', '--seed', '5', '--out', plain)
    const ended = await call('boot', '--plain', '--seed', '5', '--inspect', '--out', inspected)
    expect(ended).toMatchObject({ code: 0, stdout: without.stdout })
    expect(ended.stderr).toMatch(
      /^note: the run can be watched at ws:\/\/127\.0\.0\.1:\d+, with the protocol of Stately's inspector\n$/,
    )
    expect(journal(inspected)).toBe(journal(plain))
  })

  test('shows a run while it is under way, and ends with it', async () => {
    const out = temporaryFolder()
    const { child, ended } = start(['--plain', '--speed', 'real', '--inspect', '--out', out])
    onTestFinished(() => void child.kill('SIGKILL'))
    const address = await new Promise<string>((found) => {
      let text = ''
      child.stderr!.on('data', (part: string) => {
        text += part
        const printed = /ws:\/\/[\d.:]+/.exec(text)
        if (printed) found(printed[0])
      })
    })
    const watcher = await watcherOf(address)
    await watcher.sees(({ type, name }) => type === '@xstate.actor' && name === 'powerOn')
    child.kill('SIGTERM')
    expect(await watcher.closed).toEqual({ code: 1001, reason: 'the run has ended' })
    expect(await ended).toMatchObject({ code: 143 })
    expect(journal(out)).toContain('"outcome":{"kind":"stopped"}')
  })

  test('takes a port, and does not begin when that is taken', async () => {
    const { port, close } = await listenForWatchers(0, () => () => {})
    onTestFinished(close)
    const { code, stdout, stderr } = await call('boot', '--plain', `--inspect=${port}`)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toBe(
      `error ERR_CANNOT_LISTEN: 127.0.0.1:${port}: another program listens there; without a number a free port is taken\n`,
    )
  })

  test.each<[string[], string, string]>([
    [['--inspect=70000'], 'ERR_BAD_ARGUMENTS: "70000" is no port', '  a number from 0 to 65535; 0 takes a free one'],
    [['--inspect='], 'ERR_BAD_ARGUMENTS: --inspect is empty', '  "oobe boot --help" tells what it may be'],
    [['--inspect', '8080'], 'ERR_BAD_ARGUMENTS: 8080 is no device', '  A port is joined to its option: --inspect=8080'],
    [['--inspct'], 'ERR_UNKNOWN_OPTION: oobe boot has no option "--inspct"', '  Did you mean "--inspect"?'],
  ])('refuses %j', async (args, message, hint) => {
    expectRefused(await call('boot', '--plain', ...args), message, hint)
  })

  test('leaves the operand behind it alone', async () => {
    const { code, stderr } = await call('boot', '--plain', '--inspect', 'no-such-device')
    expect(code).toBe(2)
    expect(stderr).toContain('no-such-device')
  })
})
