import { describe, expect, test } from 'vitest'
import { countRun, METRICS } from '../../src/coverage/count-run.ts'
import { idsOf } from '../../src/coverage/coverage-report.ts'
import { detailOf, everything } from '../../src/coverage/detail.ts'
import { edgesBy } from '../../src/coverage/edges.ts'
import { textsIn } from '../../src/coverage/said-texts.ts'
import { FAULTS } from '../../src/domain/faults/faults.ts'
import { LANGUAGE_IDS } from '../../src/domain/languages.ts'
import { loadLanguages } from '../../src/texts/languages.ts'
import { line } from './lamp.ts'

await loadLanguages(LANGUAGE_IDS)
const detail = detailOf()
const countsOf = (...facts: object[]) =>
  countRun(
    facts.map((fact, seq) => line(seq, fact)),
    edgesBy([]),
    detail,
  )
const screen = (facts: object) => ({
  kind: 'screen',
  screen: { page: 'network', title: '', body: [], controls: [], why: [], ...facts },
})

test('each metric has something to count, and no id is of two', () => {
  const ids = idsOf(everything())
  for (const metric of METRICS) expect(ids[metric].length, metric).toBeGreaterThan(20)
  const all = METRICS.flatMap((metric) => ids[metric])
  expect(new Set(all).size).toBe(all.length)
})

describe('texts', () => {
  const say = textsIn({
    common: { next: { text: 'Next' }, hello: { text: 'Hello {name}.' } },
    network: { next: { text: 'Next' }, bad: { text: '{ssid} (bad)' } },
    region: { any: { text: 'Is this right?' } },
  })
  const at = (page: string, ...body: string[]) =>
    say({ page, title: 'x', body: body.map((text) => ({ text })), controls: [], why: [] } as never)

  test.each<[string, string[], string[]]>([
    ['network', ['Next'], ['text network.next']],
    // No page of its own has it: it may be either.
    ['region', ['Next'], ['text common.next', 'text network.next']],
    ['region', ['Hello Ann.', 'Hello Bo.'], ['text common.hello']],
    ['network', ['Home.*(a) (bad)', 'Hello '], ['text network.bad']],
    ['network', ['something of a server'], []],
  ])('at %s %j', (page, body, ids) => {
    expect(at(page, ...body)).toEqual(ids)
  })

  test('are found in all parts of a screen', () => {
    const options = [{ id: 'a', label: 'Secured' }]
    const counts = countsOf(
      screen({
        title: "Let's connect you to a network",
        controls: [{ kind: 'choice', id: 'wifi', label: 'Wi-Fi networks', options }],
        progress: { label: 'Connecting to School' },
      }),
    )
    expect(counts).toMatchObject({
      'text network.title': 1,
      'text network.choice': 1,
      'text network.wpa2-psk': 1,
      'text network.connecting': 1,
    })
  })
})

describe('faults', () => {
  const fault = FAULTS.find(({ does, code, page, in: where }) => does && code && page && !where)!
  const { for: _, times: __, ...words } = fault.does as Record<string, unknown>
  const [kind] = Object.keys(words)
  const known = detail.faults.all.find((one) => one.fault === fault)!
  const run = { kind: 'run', spec: { events: [{ does: known.effect }] } }
  const happens = { kind: 'stimulus', by: 'events.0', stimulus: { kind: 'push' } }
  const shows = screen({
    page: fault.page,
    failure: { code: fault.code!.replace('AADSTS', ''), text: fault.says ?? '' },
  })
  const id = `fault ${fault.name}`

  test('count when they happened and were seen', () => {
    expect(known.effect!.kind).toBe(kind)
    expect(countsOf(run, happens, shows)[id]).toBe(1)
  })
  test('do not count when they only happened, or were only seen', () => {
    expect(countsOf(run, happens)[id]).toBeUndefined()
    expect(countsOf(run, shows)[id]).toBeUndefined()
  })
  test('that are facts count when their code was seen', () => {
    const one = FAULTS.find(({ does, code, page, in: where }) => !does && code && page && !where)!
    const seen = screen({ page: one.page, failure: { code: one.code!.replace('AADSTS', ''), text: one.says ?? '' } })
    expect(countsOf(seen)[`fault ${one.name}`]).toBe(1)
  })
  test('that only a log shows are found there', () => {
    const one = detail.faults.all.find(({ fault: { in: where }, effect }) => where === 'log' && !effect)
    const other = detail.faults.all.find(
      ({ fault: { in: where, code } }) => where === 'log' && code?.startsWith('0x80072'),
    )!
    const { effect, fault: logged } = one ?? other
    const log = { kind: 'log', channel: 'x', id: 9, level: 'error', text: `failed: ${logged.code}.` }
    const events = effect ? [{ kind: 'run', spec: { events: [{ does: effect }] } }, happens] : []
    expect(countsOf(...events, log)[`fault ${logged.name}`]).toBe(1)
  })
})

test('nodes of the management tree count by their place in its tables', () => {
  const csp = (uri: string) => ({ kind: 'csp', by: 'server', command: 'Get', uri, status: 200 })
  expect(
    countsOf(
      csp('./Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/EntDMID'),
      csp('./DevInfo/DevId'),
      csp('./Nothing/Here'),
    ),
  ).toEqual({
    'node ./Device/Vendor/MSFT/DMClient/Provider/{}/EntDMID': 1,
    'node ./DevInfo/DevId': 1,
  })
})

test('a text counts by its key, in whatever language it is said', () => {
  const saidIn = (language: string) =>
    detail.textsIn({
      page: 'welcome',
      language,
      title: 'Willkommen bei Contoso',
      body: [],
      controls: [],
      why: [],
    } as never)
  expect(saidIn('de')).toEqual(['text welcome.titleOf'])
  expect(saidIn('en')).not.toContain('text welcome.titleOf')
})
