import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { safeName } from '../../src/cli/safe-name.ts'
import { Journal, journalText } from '../../src/journal/writer.ts'
import { parseXml } from '../../src/protocols/xml/read.ts'
import { finishedOf } from '../../src/report/finished.ts'
import { junitReporter } from '../../src/report/junit-reporter.ts'
import { call, file, folder, GOOD, STACK } from '../cli/call.ts'
import { PROGRAM } from '../cli/program.ts'
import { boot, type Check, utf8 } from './scene.ts'

const NASTY = 'a"b\n{"kind":"verdict"}\r\u2028\u0000\\'
const TEXT = `\u0000\u001b[2J]]>\ud800<a&"\u0001${NASTY}`

function junit(text: string): string {
  let xml = ''
  const reporter = junitReporter((written) => {
    xml = written
  })
  const broken = { kind: 'run' as const, code: text, message: text }
  reporter.onFinished(finishedOf({ id: text, file: text, title: text }, { realMs: 1, journal: [], broken }))
  reporter.onEnd({ startedAt: 0, endedAt: 1 })
  return xml
}

const yaml = (what: string, text: string): Check => [
  what,
  async () => {
    const { code, stdout, stderr } = await call('run', file('bad.yaml', text))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error ERR_\w+: \S+:\d+(:\d+)?: /)
    expect(stderr).not.toMatch(STACK)
  },
]

const levels = ['a: &a [x,x,x,x]', 'b: &b [*a,*a,*a,*a]', 'c: [*b,*b,*b,*b]']

export const ARTEFACTS: Record<number, readonly Check[]> = {
  30: [
    [
      'characters that XML has not',
      () => {
        const root = parseXml(junit(TEXT))
        expect(root.local).toBe('testsuites')
      },
    ],
    [
      '5 MB',
      () => {
        const xml = junit('x'.repeat(5_000_000))
        expect(xml.length).toBeLessThan(1_000_000)
        expect(parseXml(xml).local).toBe('testsuites')
      },
    ],
  ],
  33: [
    [
      'in a fact',
      () => {
        const lines: string[] = []
        const journal = new Journal(
          () => 0,
          (line) => lines.push(line),
        )
        journal.write({ kind: 'log', channel: NASTY, id: 1, level: 'error', text: NASTY })
        expect(lines).toHaveLength(1)
        expect(lines[0]!.split('\n')).toHaveLength(2)
        expect(JSON.parse(lines[0]!)).toMatchObject({ kind: 'log', text: NASTY })
      },
    ],
    [
      'in an answer of a service',
      async () => {
        const { journal } = await boot(
          {},
          {
            wrap: (transport) => async (request, peer, signal) =>
              request.url.includes('Discovery.svc')
                ? { status: 500, headers: { 'x-a': NASTY }, body: utf8(NASTY) }
                : transport(request, peer, signal),
          },
        )
        const lines = journalText(journal).trimEnd().split('\n')
        expect(lines).toHaveLength(journal.length)
        for (const [seq, line] of lines.entries()) expect(JSON.parse(line)).toMatchObject({ seq })
      },
    ],
  ],
  34: [
    [
      'each is a name of letters, digits and dashes',
      () => {
        for (const name of ['..', '../..', '/etc', 'C:\\x', 'CON', 'a.', 'a\0b', ' ', 'x'.repeat(300), '\u202e', '']) {
          expect(safeName(name), name).toMatch(/^[A-Za-z0-9-]{1,120}$/)
        }
      },
    ],
  ],
  37: [
    yaml('an alias bomb', levels.join('\n')),
    yaml('20,000 deep', `title: ${'['.repeat(20_000)}`),
    yaml('merge keys', `${GOOD}<<: [${'*a, '.repeat(1_000)}*a]\n`),
    yaml('an unknown tag', `${GOOD}seed: !!js/function "x"\n`),
    yaml('a key twice', `${GOOD}title: again\n`),
    yaml('__proto__', `${GOOD}__proto__: { polluted: 1 }\n`),
  ],
  39: [
    [
      'a closed standard output',
      () => {
        const out = join(folder, 'out')
        const command = `"${process.execPath}" "${PROGRAM}" run surface-wifi-happy-path --reporter plain,list --out "${out}" | head -n 1`
        const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', cwd: folder })
        expect(stdout.split('\n')).toHaveLength(2)
        expect(stderr).toBe('')
        const journals = existsSync(out) ? readdirSync(out) : []
        for (const name of journals) {
          const text = readFileSync(join(out, name, 'journal.ndjson'), 'utf8')
          for (const line of text.split('\n').slice(0, -1)) JSON.parse(line)
        }
      },
    ],
  ],
  40: [
    [
      'a clock that jumps by a day',
      async () => {
        const before = journalText((await boot()).journal)
        const now = Date.now
        let jumps = 0
        const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + ++jumps * 86_400_000)
        try {
          expect(journalText((await boot()).journal)).toBe(before)
        } finally {
          spy.mockRestore()
        }
      },
    ],
  ],
}
