import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { decodeSyncML } from '../../src/protocols/syncml/decode.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import { parseXml } from '../../src/protocols/xml/read.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** The codec of SyncML against fast-xml-parser, on the messages of one happy path, in MB of message a second. */
const ROUND_MS = 250
const ROUNDS = 5

const messages: Uint8Array[] = []
await runScenario(loadScenarios('surface-wifi-happy-path')[0]!, {
  seed: 1,
  transport: 'direct',
  wrap: (transport) => async (request, peer, signal) => {
    const response = await transport(request, peer, signal)
    for (const { headers, body } of [request, response]) {
      if (headers['content-type']?.includes('syncml')) messages.push(body)
    }
    return response
  },
})
const texts = messages.map((body) => new TextDecoder().decode(body))
const megabytes = messages.reduce((sum, { length }) => sum + length, 0) / 1e6
const decoded = messages.map((message) => decodeSyncML(message))
// As close to the same work as its options allow: attributes kept, values left as text.
const options = { ignoreAttributes: false, parseTagValue: false, trimValues: false }
const parser = new XMLParser(options)
const builder = new XMLBuilder(options)
const objects = texts.map((text) => parser.parse(text) as unknown)

function over<Item>(items: readonly Item[], work: (item: Item) => unknown) {
  return () => {
    for (const item of items) work(item)
  }
}

const cases = {
  tree: over(messages, (message) => parseXml(message)),
  decode: over(messages, decodeSyncML),
  encode: over(decoded, (message) => encodeSyncML(message)),
  otherParse: over(messages, (message) => parser.parse(new TextDecoder().decode(message)) as unknown),
  otherBuild: over(objects, (object) => builder.build(object)),
}

const rates: Record<string, number[]> = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, work] of Object.entries(cases)) {
    let done = 0
    const startedAt = performance.now()
    while (performance.now() - startedAt < ROUND_MS) {
      work()
      done++
    }
    rates[name]!.push((done * megabytes * 1000) / (performance.now() - startedAt))
  }
}
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!
console.log(
  JSON.stringify({
    messages: messages.length,
    megabytes,
    ...Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)])),
  }),
)
