import { describe, expect, test } from 'vitest'
import { allCharts } from '../../src/charts/charts.ts'
import { mermaidOf } from '../../src/charts/mermaid.ts'
import { call, expectRefused } from './call.ts'

const NAMES = allCharts()
  .map(({ id }) => id)
  .join(', ')

describe('oobe machine list', () => {
  test('has a line for each statechart', async () => {
    const { code, stdout, stderr } = await call('machine', 'list')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^MACHINE +STATES +SHOWS +ENDS IN$/)
    expect(rows.map((row) => row.split(' ')[0]).join(', ')).toBe(NAMES)
    expect(stdout).toMatch(/^network +\d+ +network +\S/m)
  })

  test('is the same as JSON', async () => {
    const { stdout } = await call('machine', 'list', '--json')
    const entries = JSON.parse(stdout) as { id: string }[]
    expect(entries.map(({ id }) => id).join(', ')).toBe(NAMES)
    expect(entries.find(({ id }) => id === 'network')).toMatchObject({
      pages: ['network'],
      waitsIn: expect.arrayContaining(['choosing']),
      runs: ['lookAround', 'connect'],
    })
  })

  test('takes no name', async () => {
    expectRefused(
      await call('machine', 'list', 'network'),
      'ERR_BAD_ARGUMENTS: oobe machine list takes no name: network',
      '  Did you mean "oobe machine show network"?',
    )
  })
})

describe('oobe machine show', () => {
  test('prints a text', async () => {
    const { code, stdout, stderr } = await call('machine', 'show', 'network')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^network: \d+ states, \d+ transitions$/m)
    expect(stdout).toContain('choosing  (page network, waits for a person)')
    expect(stdout).toMatch(/#\d+ user\.connect \[isSecured\] +→ askingForKey \/ choose$/m)
    expect((await call('machine', 'show', 'network', '--format', 'text')).stdout).toBe(stdout)
  })

  test('prints a diagram', async () => {
    const { code, stdout } = await call('machine', 'show', 'network', '--format', 'mermaid')
    expect(code).toBe(0)
    expect(stdout).toBe(`${mermaidOf(allCharts().find(({ id }) => id === 'network')!)}\n`)
  })

  test('prints JSON', async () => {
    const { code, stdout } = await call('machine', 'show', 'network', '--format', 'json')
    expect(code).toBe(0)
    const chart = JSON.parse(stdout) as { states: { path: string }[] }
    expect(chart).toEqual(allCharts().find(({ id }) => id === 'network'))
    expect(chart.states.find(({ path }) => path === 'lookingAround')).toMatchObject({
      invokes: [{ id: 'lookAround', src: 'lookAround' }],
      sources: ['1.4 [D]'],
      transitions: expect.arrayContaining([expect.objectContaining({ number: 0, event: 'done(lookAround)' })]),
    })
  })

  test.each<[string[], string, string]>([
    [[], 'ERR_BAD_ARGUMENTS: which statechart?', `  There are: ${NAMES}`],
    [['netwrk'], 'ERR_NOT_FOUND: there is no statechart "netwrk"', '  Did you mean "network"?'],
    [['hasOwnProperty'], 'ERR_NOT_FOUND: there is no statechart "hasOwnProperty"', `  There are: ${NAMES}`],
    [['network', '--format', 'mermad'], 'ERR_BAD_ARGUMENTS: there is no format "mermad"', '  Did you mean "mermaid"?'],
    [
      ['network', '--format', 'constructor'],
      'ERR_BAD_ARGUMENTS: there is no format "constructor"',
      '  There are: text, mermaid, json',
    ],
    [
      ['network', '--formt', 'json'],
      'ERR_UNKNOWN_OPTION: oobe machine show has no option "--formt"',
      '  Did you mean "--format"?',
    ],
  ])('refuses %j', async (args, message, hint) => {
    expectRefused(await call('machine', 'show', ...args), message, hint)
  })

  test('refuses two', async () => {
    expectRefused(
      await call('machine', 'show', 'network', 'region'),
      'ERR_BAD_ARGUMENTS: one statechart at a time: network, region',
    )
  })
})
