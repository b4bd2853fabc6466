import { expect, onTestFinished, test } from 'vitest'
import { LiveFleet } from '../../src/cli/fleet/board.ts'
import { serveMetrics } from '../../src/cli/fleet/metrics.ts'
import { redirectPrinting } from '../../src/cli/print.ts'
import { prometheusText } from '../../src/fleet/prometheus.ts'
import { Totals } from '../../src/fleet/totals.ts'
import { lineOf } from './lines.ts'
import { goodPlan } from './plans.ts'

interface Family {
  type: string
  samples: { name: string; labels: Record<string, string>; value: number }[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'

/** Text format 0.0.4 as its page has it: help and type of a metric before its samples, which stay together. */
function read(text: string): Map<string, Family> {
  expect(text.endsWith('\n')).toBe(true)
  const families = new Map<string, Family>()
  let current: { name: string; family: Family } | undefined
  let helped: string | undefined
  for (const line of text.slice(0, -1).split('\n')) {
    const help = new RegExp(`^# HELP (${NAME}) (.*)$`).exec(line)
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`).exec(line)
    if (help) helped = help[1]!
    else if (type) {
      expect([type[1], families.has(type[1]!)]).toEqual([helped, false])
      current = { name: type[1]!, family: { type: type[2]!, samples: [] } }
      families.set(current.name, current.family)
    } else {
      const [, name, labels = '', value] = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (-?[0-9.e+-]+|\\+Inf|NaN)$`).exec(
        line,
      )!
      expect(name!.replace(/_(bucket|sum|count)$/, '')).toBe(current!.name)
      current!.family.samples.push({ name: name!, labels: labelsIn(labels), value: Number(value) })
    }
  }
  return families
}

function labelsIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/g)]
  expect(found.map(([whole]) => whole).join('')).toBe(text)
  return Object.fromEntries(
    found.map(([, name, value]) => [name, value!.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one))]),
  )
}

function totalsOf(count: number): Totals {
  const totals = new Totals()
  for (let index = 0; index < count; index++) totals.add(lineOf(index, 1))
  return totals
}

test('the text is what Prometheus reads, and has the counts of the fleet', () => {
  const families = read(prometheusText(totalsOf(40), { planned: 100, backlog: 3 }))
  const of = (name: string) => families.get(name)!.samples.map(({ labels, value }) => [...Object.values(labels), value])
  expect([...families].map(([name, { type }]) => `${name} ${type}`)).toEqual([
    'oobe_fleet_devices_planned gauge',
    'oobe_fleet_devices_total counter',
    'oobe_fleet_outcomes_total counter',
    'oobe_fleet_backlog gauge',
    'oobe_fleet_responses_total counter',
    'oobe_fleet_phase_seconds histogram',
    'oobe_fleet_first_boot_seconds histogram',
  ])
  expect(of('oobe_fleet_devices_planned')).toEqual([[100]])
  expect(of('oobe_fleet_devices_total')).toEqual([
    ['passed', 39],
    ['failed', 1],
  ])
  expect(of('oobe_fleet_backlog')).toEqual([[3]])
  expect(of('oobe_fleet_responses_total')).toEqual([
    ['200', 80],
    ['503', 40],
  ])
})

test('buckets grow with their end, and the last one has all', () => {
  const families = read(prometheusText(totalsOf(40), { planned: 40, backlog: undefined }))
  expect(families.has('oobe_fleet_backlog')).toBe(false)
  for (const [name, labels] of [
    ['oobe_fleet_first_boot_seconds', {}],
    ['oobe_fleet_phase_seconds', { phase: 'enrollment' }],
  ] as const) {
    const samples = families.get(name)!.samples
    const buckets = samples.filter((one) => one.name === `${name}_bucket`)
    const counts = buckets.map(({ value }) => value)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(buckets.at(-1)).toEqual({ name: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: 40 })
    // The one of 30 seconds is in the next bucket: values are off by less than 0.8 %.
    expect(buckets.find(({ labels: { le } }) => le === '30')?.value).toBe(29)
    expect(samples.find((one) => one.name === `${name}_sum`)).toEqual({ name: `${name}_sum`, labels, value: 820 })
    expect(samples.find((one) => one.name === `${name}_count`)?.value).toBe(40)
  }
})

test('what others have written does not break the text', () => {
  const totals = new Totals()
  totals.add({ ...lineOf(0, 1), outcome: 'a "b" \\ c\nd' })
  const [sample] = read(prometheusText(totals, { planned: 1, backlog: undefined })).get(
    'oobe_fleet_outcomes_total',
  )!.samples
  expect(sample!.labels).toEqual({ outcome: 'a "b" \\ c\nd' })
})

test('the endpoint answers at /metrics alone, with what is known at that moment', async () => {
  const said: string[] = []
  onTestFinished(redirectPrinting(() => (_, text) => void said.push(text)))
  const live = new LiveFleet(goodPlan(), 12, 0)
  const { origin, close } = await serveMetrics(live, 0)
  try {
    expect(said).toEqual([`note: metrics: ${origin}/metrics\n`])
    expect(new URL(origin).hostname).toBe('localhost')
    const ask = async () => {
      const answer = await fetch(`${origin}/metrics`)
      expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
      return read(await answer.text())
    }
    const devices = (families: Map<string, Family>) =>
      families.get('oobe_fleet_devices_total')!.samples.map(({ value }) => value)
    expect(devices(await ask())).toEqual([0, 0])
    live.add(lineOf(0, 1))
    live.add(lineOf(1, 1))
    expect(devices(await ask())).toEqual([1, 1])
    expect((await fetch(`${origin}/`)).status).toBe(404)
    expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404)
  } finally {
    await close()
  }
})
