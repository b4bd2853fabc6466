import type { Exchange } from '../../../journal/wire.ts'
import { exchangesOf } from '../../../journal/wire.ts'
import { clock } from '../../rows/clock.ts'
import type { Row } from '../../rows/row.ts'
import { type Item, paragraphs } from '../items.ts'
import type { Place } from '../model.ts'
import { oncePer, type Reading } from '../reading.ts'
import type { CockpitSource } from '../source.ts'
import { STYLE, told } from '../style.ts'

const exchangesIn = oncePer(({ entries }) => exchangesOf(entries))

/** Every exchange of the device, the newest last. */
export function wireItems(reading: Reading, place: Place, source: CockpitSource): Item[] {
  const wanted = place.search.toLowerCase()
  return exchangesIn(reading)
    .filter((exchange) => wanted === '' || searched(exchange, source).includes(wanted))
    .map((exchange) => ({
      id: String(exchange.id),
      depth: 0,
      row: rowOf(exchange),
      detail: (width) => paragraphs(source.readable(exchange), width),
    }))
}

const texts = new WeakMap<Exchange, string>()

/** All of it, with headers and bodies, in lower case. */
function searched(exchange: Exchange, source: CockpitSource): string {
  const known = texts.get(exchange)
  if (known !== undefined) return known
  const text = source.readable(exchange).join('\n').toLowerCase()
  texts.set(exchange, text)
  return text
}

function rowOf({ id, at, operation, url, response, trouble, tookMs, why = [] }: Exchange): Row {
  const isGood = response !== undefined && response.status < 400
  const result = response ? String(response.status) : (trouble ?? '···')
  const style = isGood ? STYLE.good : response || trouble ? STYLE.bad : STYLE.quiet
  return [
    told(`#${id}`.padEnd(5), STYLE.quiet),
    told(`${clock(at)} `, STYLE.quiet),
    told(`${result.padEnd(3)} `, style),
    told(operation),
    ...(why.length > 0 ? [told(' ✗', STYLE.bad)] : []),
    told(`  ${url.replace(/^https?:\/\//, '')}`, STYLE.quiet),
    told(tookMs === undefined ? '' : `  ${tookMs} ms`, STYLE.quiet),
  ]
}
