import type { SessionSnapshot } from '../session.ts'
import { cut, pad, widthOf, wrap } from '../text-width.ts'
import { THEME } from '../theme.ts'
import type { Area } from './card.ts'
import { clock } from './clock.ts'
import { BLANK, cutRow, type Row, span } from './row.ts'

/** What the page does not tell: where the statecharts are, why the page looks as it does, who was asked what. */
export function panelRows(snapshot: SessionSnapshot, { width, height }: Area): Row[] {
  const facts = [
    ...part('Where', statesOf(snapshot), 6),
    // The cause is shown whole: what is below it gives way.
    ...part('Cause', causeRows(snapshot, width), height),
    ...part('Why', whyOf(snapshot, width), 6),
    ...part('Identity', identityOf(snapshot, width), 9),
  ]
  // The two histories share what is left, and show their ends.
  const room = height - facts.length
  const requests = snapshot.requests.map((request) => requestRow(request))
  const transitions = snapshot.transitions.map(({ at, text }) => [span(`${clock(at)} `, { dim: true }), span(text)])
  const heads = (requests.length ? 2 : 0) + (transitions.length ? 1 : 0)
  const forRequests = Math.min(
    requests.length,
    Math.max(Math.ceil((room - heads) / 2), room - heads - transitions.length),
  )
  const rows = [
    ...facts,
    ...part('Requests', requests.slice(-Math.max(1, forRequests)), Math.max(0, forRequests)),
    ...part(
      'Transitions',
      transitions.slice(-Math.max(1, room - heads - forRequests)),
      Math.max(0, room - heads - forRequests),
    ),
  ]
  return rows.slice(0, height).map((row) => cutRow(row, width))
}

function part(title: string, rows: Row[], max: number): Row[] {
  if (rows.length === 0 || max === 0) return []
  return [[span(title, { color: THEME.accentLight, bold: true })], ...rows.slice(0, max), BLANK]
}

const statesOf = ({ states }: SessionSnapshot): Row[] => states.map((path) => [span(path)])

/** What broke, what is behind it, what to try. */
const causeRows = ({ cause = [] }: SessionSnapshot, width: number): Row[] =>
  cause.flatMap((line) => wrap(line, width).map((text) => [span(text)]))

function whyOf({ screen }: SessionSnapshot, width: number): Row[] {
  return (screen?.why ?? []).flatMap(({ fact, effect }) => [
    [span(cut(fact, width))],
    ...wrap(effect, width - 2).map((line) => [span(`  ${line}`, { dim: true })]),
  ])
}

function identityOf({ identity }: SessionSnapshot, width: number): Row[] {
  const labelWidth = Math.min(Math.floor(width / 2), Math.max(0, ...identity.map(({ label }) => widthOf(label))))
  return identity.map(({ label, value }) => [
    span(`${pad(cut(label, labelWidth), labelWidth)} `, { dim: true }),
    span(value),
  ])
}

function requestRow({ at, operation, url, result }: SessionSnapshot['requests'][number]): Row {
  const isGood = /^(2\d\d\b|0x0+$)/i.test(result)
  const style = result === '' ? { dim: true } : { color: isGood ? THEME.success : THEME.error }
  return [
    span(`${clock(at)} `, { dim: true }),
    span(`${result === '' ? '···' : result} `, style),
    span(operation),
    span(` ${url}`, { dim: true }),
  ]
}
