import { describe, expect, test } from 'vitest'
import { parseXml } from '../../src/protocols/xml/read.ts'
import { ctrfReporter } from '../../src/report/ctrf-reporter.ts'
import { dotReporter } from '../../src/report/dot-reporter.ts'
import { githubReporter, withoutCommands } from '../../src/report/github-reporter.ts'
import { jsonReporter } from '../../src/report/json-reporter.ts'
import { junitReporter } from '../../src/report/junit-reporter.ts'
import { type Line, rendered } from '../../src/report/line.ts'
import { lineReporter } from '../../src/report/line-reporter.ts'
import { listReporter } from '../../src/report/list-reporter.ts'
import { markdownReporter } from '../../src/report/markdown-reporter.ts'
import type { Finished, Reporter, RunEnd } from '../../src/report/reporter.ts'
import { tapReporter } from '../../src/report/tap-reporter.ts'
import { broken, END, failed, HOSTILE, played, tell } from './finished-scene.ts'

type Make = (write: (line: Line, isOpen?: boolean) => void) => Reporter

/** All that a reporter writes. */
function written(make: Make, all: readonly (Finished | string)[], end: RunEnd = END, hasColours = false): string {
  let text = ''
  const write = (line: Line, isOpen = false) => {
    text += `${rendered(line, hasColours)}${isOpen ? '' : '\n'}`
  }
  tell(make(write), all, end)
  return text
}

/** The text of a reporter that makes one document. */
function document(
  make: (write: (text: string) => void) => Reporter,
  all: readonly (Finished | string)[],
  end: RunEnd = END,
): string {
  let text = ''
  tell(
    make((whole) => {
      text += whole
    }),
    all,
    end,
  )
  return text
}

const ALL = [played('good'), failed('wrong'), broken('bug'), 'late']

describe('list', () => {
  test('sums up failures once more at the end, with journal and replay line', () => {
    expect(written(listReporter, ALL)).toBe(`✓ good  desktop (standard user, managed, Autopilot)  [2:05, seed 7]
✗ wrong  failed on page enrollment with 0x80180018: no licence  [2:05, seed 7]
    expected the outcome desktop, got failed
    expected it within 10:00, took 34:43
    why: the user has no licence
! bug
    ERR_BUG: a bug in oobe-sim: x
- late  not played

failed: wrong  scenarios/wrong.yaml
    expected the outcome desktop, got failed
    expected it within 10:00, took 34:43
    why: the user has no licence
    page:    [enrollment] Something went wrong
    journal: out/wrong/journal.ndjson
    again:   oobe replay out/wrong

failed: bug  scenarios/bug.yaml
    ERR_BUG: a bug in oobe-sim: x
    page:    [desktop] Desktop
    journal: out/bug/journal.ndjson
    again:   oobe replay out/bug

1 passed, 2 failed, 1 not played (6:15 of device time in 2.5 s)
`)
  })

  test('does not say the failures of a lone scenario twice', () => {
    const text = written(listReporter, [failed('wrong')])
    expect(text.split('took 34:43')).toHaveLength(2)
    expect(text).toContain('again:   oobe replay out/wrong')
  })

  test('has colours where there are colours, and no other escape sequence', () => {
    const text = written(listReporter, [failed('wrong', { failures: [HOSTILE] })], END, true)
    expect(text).toContain('\u001b[31m✗ \u001b[39m')
    expect(text.replace(/\u001b\[\d+m/g, '')).not.toContain('\u001b')
    expect(written(listReporter, [failed('wrong', { failures: [HOSTILE] })])).not.toContain('\u001b')
  })

  test('quotes a path for a shell', () => {
    const text = written(listReporter, [failed('wrong', { journal: "my out/it's/journal.ndjson" })])
    expect(text).toContain(`again:   oobe replay 'my out/it'\\''s'\n`)
  })

  test('of a run that has no journal names the scenario and its seed', () => {
    const { journal: _, ...lost } = failed('wrong', { broken: { kind: 'infrastructure', code: 'ERR_X', message: 'x' } })
    expect(written(listReporter, [lost])).toContain('again:   oobe run scenarios/wrong.yaml --seed 7')
  })
})

test('dot has a sign for each scenario, 80 in a row', () => {
  const signs = [...Array.from({ length: 80 }, (_, index) => played(`p${index}`)), failed('wrong'), broken('bug')]
  const text = written(dotReporter, [...signs, played('again', { retries: 1 }), 'late'])
  expect(text.split('\n').slice(0, 3)).toEqual(['·'.repeat(80), 'x!~-', ''])
  expect(text).toContain('failed: wrong  scenarios/wrong.yaml\n    expected the outcome desktop, got failed\n')
  expect(text).toMatch(/81 passed, 2 failed, 1 flaky, 1 not played \(.*\)\n$/)
})

test('line says only what failed', () => {
  const text = written(lineReporter, ALL)
  expect(text).toMatch(/^\nfailed: wrong /)
  expect(text).not.toContain('good')
  expect(written(lineReporter, [played('good')])).toBe('\n1 passed, 0 failed (2:05 of device time in 2.5 s)\n')
})

describe('tap', () => {
  test('is version 14, with what failed in a block of YAML', () => {
    expect(written(tapReporter, ALL)).toBe(`TAP version 14
1..4
ok 1 - good
not ok 2 - wrong
  ---
  message: "expected the outcome desktop, got failed"
  severity: "fail"
  more: ["expected it within 10:00, took 34:43"]
  cause: ["why: the user has no licence"]
  outcome: "failed on page enrollment with 0x80180018: no licence"
  page: "[enrollment] Something went wrong\\n  code 0x80180018"
  file: "scenarios/wrong.yaml"
  seed: 7
  journal: "out/wrong/journal.ndjson"
  again: "oobe replay out/wrong"
  duration_ms: 1234
  ...
not ok 3 - bug
  ---
  message: "ERR_BUG: a bug in oobe-sim: x"
  severity: "bug"
  outcome: "desktop (standard user, managed, Autopilot)"
  page: "[desktop] Desktop\\n  Standard user"
  file: "scenarios/bug.yaml"
  seed: 7
  journal: "out/bug/journal.ndjson"
  again: "oobe replay out/bug"
  duration_ms: 1234
  ...
ok 4 - late # SKIP not played
`)
  })

  test('bails out at a signal, and no name is a directive or a second line', () => {
    const text = written(tapReporter, [played('a # SKIP\nnot ok 2')], { ...END, stopped: 'signal' })
    expect(text).toBe('TAP version 14\n1..1\nok 1 - a \\# SKIP not ok 2\nBail out! stopped by a signal\n')
    for (const line of written(tapReporter, [failed('x', { failures: [HOSTILE] })]).split('\n')) {
      expect(line).toMatch(/^(TAP version 14|1\.\.1|not ok 1 - x| {2}(---|\.{3}|\w+: .*)|)$/)
    }
  })
})

test('junit has file, time, cause and the page of a failure', () => {
  const xml = document(junitReporter, ALL)
  expect(parseXml(new TextEncoder().encode(xml)).local).toBe('testsuites')
  expect(xml).toContain('tests="4" failures="1" errors="1" skipped="1"')
  expect(xml).toContain(
    '<testcase name="wrong" classname="scenarios/wrong.yaml" time="1.234" file="scenarios/wrong.yaml">',
  )
  expect(xml).toContain('<property name="cause" value="the user has no licence"/>')
  expect(xml).toContain(
    '<system-out>[enrollment] Something went wrong\n  code 0x80180018\noobe replay out/wrong</system-out>',
  )
  expect(xml.match(/<failure /g)).toHaveLength(2)
})

describe('ctrf', () => {
  /** The members that the schema of the format allows, of those that can be written here. */
  const TEST = [
    'name',
    'status',
    'rawStatus',
    'duration',
    'suite',
    'type',
    'filePath',
    'message',
    'trace',
    'retries',
    'flaky',
    'stdout',
    'extra',
  ]

  test('has the members that its schema asks for, and no others', () => {
    const { reportFormat, specVersion, results } = JSON.parse(
      document((write) => ctrfReporter(write, '1.2.3'), [...ALL.slice(0, 3), played('again', { retries: 2 }), 'late']),
    )
    expect({ reportFormat, specVersion, tool: results.tool }).toEqual({
      reportFormat: 'CTRF',
      specVersion: '0.0.0',
      tool: { name: 'oobe-sim', version: '1.2.3' },
    })
    expect(results.summary).toEqual({
      tests: 5,
      passed: 2,
      failed: 1,
      skipped: 1,
      pending: 0,
      other: 1,
      flaky: 1,
      start: END.startedAt,
      stop: END.endedAt,
      duration: 2_500,
    })
    for (const one of results.tests) {
      expect(Object.keys(one).filter((key) => !TEST.includes(key))).toEqual([])
      expect(Number.isInteger(one.duration)).toBe(true)
    }
    expect(results.tests.map(({ status }: { status: string }) => status)).toEqual([
      'passed',
      'failed',
      'other',
      'passed',
      'skipped',
    ])
    expect(results.tests[1]).toMatchObject({
      message: 'expected the outcome desktop, got failed\nexpected it within 10:00, took 34:43',
      trace: 'why: the user has no licence',
      stdout: ['[enrollment] Something went wrong', '  code 0x80180018', 'oobe replay out/wrong'],
    })
    expect(results.tests[3]).toMatchObject({ retries: 2, flaky: true })
  })
})

test('json has all that is known', () => {
  const report = JSON.parse(document((write) => jsonReporter(write, '1.2.3'), ALL, { ...END, stopped: 'bail' }))
  expect(report).toMatchObject({
    format: 1,
    stopped: 'bail',
    startedAt: '2023-11-14T22:13:20.000Z',
    counts: { passed: 1, failed: 1, errors: 1, flaky: 0, notPlayed: 1 },
    notPlayed: [{ id: 'late' }],
  })
  expect(report.scenarios).toEqual(ALL.slice(0, 3))
})

describe('markdown', () => {
  test('has the counts, each failure, and a row for each scenario', () => {
    const text = document(markdownReporter, ALL)
    expect(text).toContain('❌ **1 passed, 2 failed, 1 not played** in 2.5 s')
    expect(text).toContain('### ✗ wrong\n')
    expect(text).toContain('- why&#58; the user has no licence\n')
    expect(text).toContain('- again: `oobe replay out/wrong`\n')
    expect(text.match(/^\| [✓✗!-] \|/gm)).toHaveLength(4)
  })

  test('shows text of others as text', () => {
    const text = document(markdownReporter, [
      failed(HOSTILE, { title: HOSTILE, failures: [HOSTILE], journal: 'a`b|c' }),
    ])
    expect(text).not.toMatch(/<img|\]\(|`a`|@team|\u001b|<\/script/)
    expect(text.split('\n').filter((line) => /^\s*(::|#{4,})/.test(line))).toEqual([])
    // A cell border inside of a cell would make a row of more than four.
    expect(text.match(/^\| ✗ .*$/m)![0].split('|')).toHaveLength(6)
    expect(text).toContain('- journal: `` a`b\\|c ``\n')
  })
})

describe('github', () => {
  const annotations = (all: readonly (Finished | string)[]) =>
    document((write) => githubReporter((line) => write(`${line}\n`)), all)
      .trimEnd()
      .split('\n')

  test('has an annotation for each failure, at its file', () => {
    expect(annotations(ALL)).toEqual([
      '::error file=scenarios/wrong.yaml,title=wrong::expected the outcome desktop, got failed%0Aexpected it within 10:00, took 34:43%0Awhy: the user has no licence%0Apage: [enrollment] Something went wrong',
      '::error file=scenarios/bug.yaml,title=bug::ERR_BUG: a bug in oobe-sim: x%0Apage: [desktop] Desktop',
    ])
    expect(annotations([played('again', { retries: 1 })])[0]).toMatch(/^::warning file=/)
  })

  test('makes no more of them than are shown, and says how many are left', () => {
    const lines = annotations(Array.from({ length: 25 }, (_, index) => failed(`f${index}`)))
    expect(lines).toHaveLength(10)
    expect(lines[9]).toBe('::error title=16 more scenarios failed::They are in the summary of the job.')
  })

  test('lets no text of others become a command', () => {
    const lines = annotations([failed(HOSTILE, { file: HOSTILE, failures: [HOSTILE] })])
    expect(lines).toHaveLength(1)
    const [, properties, message] = /^::error ([^\r\n]*?)::([^\r\n]*)$/.exec(lines[0]!)!
    expect(properties).not.toMatch(/::/)
    expect(properties!.split(',')).toHaveLength(2)
    expect(message).toContain('%250A')
    const others = withoutCommands(`  ::error::x\nok\n::set-env name=a::b\n a ##[group]x`)
    expect(others.split('\n').filter((line) => line.trimStart().startsWith('::') || line.includes('##['))).toEqual([])
  })

  test('gives the summary of a job no more than it takes', () => {
    let summary = ''
    const all = Array.from({ length: 3_000 }, (_, index) => failed(`f${index}`, { failures: ['é'.repeat(400)] }))
    tell(
      githubReporter(
        () => {},
        (text) => {
          summary = text
        },
      ),
      all,
    )
    expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576)
    expect(summary).toMatch(/\(cut: the summary of a job holds no more\)\n$/)
  })
})
