import { expect, onTestFinished, test } from 'vitest'
import { LiveFleet } from '../../src/cli/fleet/board.ts'
import { otlpAddress } from '../../src/cli/fleet/otlp-address.ts'
import { exportMetrics } from '../../src/cli/fleet/otlp-export.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import { otlpMetrics } from '../../src/fleet/otlp.ts'
import { Totals } from '../../src/fleet/totals.ts'
import { listen } from '../../src/ports/listen.ts'
import { lineOf } from './lines.ts'
import { faultsOf } from './otlp-message.ts'
import { goodPlan } from './plans.ts'

const MESSAGE = 'ExportMetricsServiceRequest'
const source = {
  product: '0.1.0',
  fleet: 'f',
  title: 'A class',
  startedAt: 1_700_000_000_000,
  now: 1_700_000_010_500,
}

function totalsOf(count: number): Totals {
  const totals = new Totals()
  for (let index = 0; index < count; index++) totals.add(lineOf(index, 1))
  return totals
}

type Body = ReturnType<typeof otlpMetrics>
const metricsIn = (body: Body) => body.resourceMetrics[0]!.scopeMetrics[0]!.metrics

test.each([0, 1, 40])('the metrics of %d devices have the fields of the specification', (count) => {
  const body = otlpMetrics(totalsOf(count), { planned: 100, backlog: 3 }, source)
  expect(faultsOf(JSON.parse(JSON.stringify(body)), MESSAGE)).toEqual([])
})

test.each<[string, (metric: Record<string, unknown>) => void, string]>([
  ['a field in the spelling of Protobuf', (metric) => Object.assign(metric, { data_points: [] }), 'data_points: '],
  ['two kinds of data', (metric) => Object.assign(metric, { sum: {} }), 'sum: a second one of data'],
  ['a number in the place of a text', (metric) => Object.assign(metric, { unit: 1 }), 'unit: no text'],
  [
    'an integer of 64 bits as a number',
    (metric) => Object.assign(metric, { gauge: { dataPoints: [{ asInt: 5 }] } }),
    'asInt: no integer as a string',
  ],
  [
    'an enum by its name',
    (metric) => {
      delete metric.gauge
      metric.sum = { aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA' }
    },
    'aggregationTemporality: no number of AggregationTemporality',
  ],
])('%s would be found', (_, spoil, fault) => {
  const body = otlpMetrics(totalsOf(1), { planned: 1, backlog: undefined }, source)
  spoil(metricsIn(body)[0] as unknown as Record<string, unknown>)
  expect(faultsOf(JSON.parse(JSON.stringify(body)), MESSAGE).join('\n')).toContain(fault)
})

test('counts, buckets and times are those of the fleet', () => {
  const metrics = metricsIn(otlpMetrics(totalsOf(40), { planned: 100, backlog: 3 }, source))
  const named = (name: string) => metrics.find((one) => one.name === name)! as unknown as Record<string, never>
  expect(named('oobe.fleet.devices')).toMatchObject({
    unit: '{device}',
    sum: {
      isMonotonic: true,
      aggregationTemporality: 2,
      dataPoints: [
        {
          attributes: [{ key: 'result', value: { stringValue: 'passed' } }],
          asInt: '39',
          startTimeUnixNano: '1700000000000000000',
          timeUnixNano: '1700000010500000000',
        },
        { attributes: [{ key: 'result', value: { stringValue: 'failed' } }], asInt: '1' },
      ],
    },
  })
  expect(named('oobe.fleet.backlog')).toMatchObject({ gauge: { dataPoints: [{ asInt: '3' }] } })
  const [point] = (named('oobe.fleet.first_boot').histogram as unknown as { dataPoints: Point[] }).dataPoints
  // 1 to 40 seconds: one each second.
  expect([point!.count, point!.sum, point!.min, point!.max]).toEqual(['40', 820, 1, 40])
  // What is at the end of a bucket is in the next one: values are off by less than 0.8 %.
  expect(point!.bucketCounts).toEqual([...['0', '0', '0', '4', '10', '15', '11'], ...Array<string>(8).fill('0')])
  expect(point!.bucketCounts.length).toBe(point!.explicitBounds.length + 1)
})

interface Point {
  count: string
  sum: number
  min: number
  max: number
  explicitBounds: number[]
  bucketCounts: string[]
}

const liveOf = (count: number): LiveFleet => {
  const live = new LiveFleet(goodPlan(), 12, 0)
  for (let index = 0; index < count; index++) live.add(lineOf(index, 1))
  return live
}

/** A receiver that answers with these, the last one again and again, and what it was sent. */
async function receiver(...answers: Partial<HttpResponse>[]) {
  const heard: HttpRequest[] = []
  const { origin, close } = await listen(
    (request) => {
      const answer = answers[Math.min(heard.length, answers.length - 1)]
      heard.push(request)
      return { status: 200, headers: {}, body: new Uint8Array(), ...answer }
    },
    { port: 0 },
  )
  onTestFinished(close)
  return { heard, origin }
}

const bodyOf = ({ body }: HttpRequest): Body => JSON.parse(new TextDecoder().decode(body)) as Body
const partly = (rejectedDataPoints: string) => ({
  body: new TextEncoder().encode(JSON.stringify({ partialSuccess: { rejectedDataPoints, errorMessage: 'too old' } })),
})

test('all is sent to the path of the specification once more at the end, with the headers that were given', async () => {
  const { heard, origin } = await receiver({})
  const notes: string[] = []
  const address = otlpAddress(origin, 'x-key=a%20b, tenant = one')
  const sending = exportMetrics(liveOf(5), address, { everyMs: 60_000, tell: (note) => notes.push(note) })
  await sending.end()
  expect([heard.length, notes]).toEqual([1, []])
  expect([heard[0]!.method, new URL(heard[0]!.url).pathname]).toEqual(['POST', '/v1/metrics'])
  expect(heard[0]!.headers).toMatchObject({ 'content-type': 'application/json', 'x-key': 'a b', tenant: 'one' })
  expect(faultsOf(bodyOf(heard[0]!), MESSAGE)).toEqual([])
})

test('it is sent from time to time, and has everything since the start each time', async () => {
  const { heard, origin } = await receiver({})
  const live = liveOf(1)
  const sending = exportMetrics(live, otlpAddress(`${origin}/other`), { everyMs: 10 })
  await expect.poll(() => heard.length).toBeGreaterThan(1)
  live.add(lineOf(7, 1))
  await sending.end()
  const last = metricsIn(bodyOf(heard.at(-1)!)).find(({ name }) => name === 'oobe.fleet.devices')
  expect(last).toMatchObject({ sum: { dataPoints: [{ asInt: '2' }, { asInt: '0' }] } })
  expect(new URL(heard[0]!.url).pathname).toBe('/other')
})

test('the last one is tried again where the receiver is busy, and trouble is said once', async () => {
  const { heard, origin } = await receiver({ status: 503 }, { status: 429 }, {})
  const notes: string[] = []
  await exportMetrics(liveOf(1), otlpAddress(origin), { retryMs: 1, tell: (note) => notes.push(note) }).end()
  expect(heard.length).toBe(3)
  expect(notes).toEqual([
    `the metrics were not taken: ${origin}/v1/metrics answered 503`,
    'the metrics are taken again',
  ])
})

test.each<[string, Partial<HttpResponse>, string[]]>([
  ['refused', { status: 400 }, ['/v1/metrics answered 400']],
  ['refused in part', partly('2'), ['2 data points were refused: too old']],
  ['taken with a hint', partly('0'), []],
])('one that was %s is not sent again', async (_, answer, said) => {
  const { heard, origin } = await receiver(answer)
  const notes: string[] = []
  await exportMetrics(liveOf(1), otlpAddress(origin), { retryMs: 1, tell: (note) => notes.push(note) }).end()
  expect(heard.length).toBe(1)
  expect(notes.length).toBe(said.length)
  for (const [index, text] of said.entries()) expect(notes[index]).toContain(text)
})

test('a receiver that is away costs a note, and no fleet', async () => {
  const notes: string[] = []
  const address = otlpAddress('http://127.0.0.1:1')
  await exportMetrics(liveOf(1), address, { retryMs: 1, tell: (note) => notes.push(note) }).end()
  expect(notes).toEqual([expect.stringContaining('the metrics were not taken: 127.0.0.1:1: connect ECONNREFUSED')])
})

test.each([
  ['localhost:4318', '', '--otlp: this is no address of a receiver'],
  ['http://user:key@localhost:4318', '', '--otlp: this is no address of a receiver'],
  ['https://graph.microsoft.com', '', 'graph.microsoft.com is a production host: it is never contacted'],
  ['http://169.254.169.254', '', '169.254.169.254 is '],
  ['http://localhost:4318', 'x-key=a,secret', 'OTEL_EXPORTER_OTLP_HEADERS: entry 2 is no name=value'],
  ['http://localhost:4318', 'x-key=a%0d%0ab', 'OTEL_EXPORTER_OTLP_HEADERS: entry 1 is no name=value'],
])('refuses %s with headers %j', (url, headers, message) => {
  expect(() => otlpAddress(url, headers)).toThrow(message)
})
