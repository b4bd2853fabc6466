import { table } from './table.mjs'

/** docs/machines.md: every statechart, drawn. */
export function machinesPage(charts, { actorsOf, pagesOf, waitingIn, mermaidOf }) {
  const ids = new Set(charts.map(({ id }) => id))
  const linked = (name) => (ids.has(name) ? `[${name}](#${name.toLowerCase()})` : `\`${name}\``)
  return `${[
    '<!-- Written by "npm run docs" from machines/. Do not edit. -->',
    '',
    '# Statecharts',
    '',
    'Each page or phase of the first boot is a statechart, and `oobe` runs them in their order. `oobe machine show NAME` prints one',
    'of them as text, with its actions and the number of each transition; `oobe boot --inspect` shows a run while it is under way',
    '([inspect.md](inspect.md)). The sources of each state are in [pages.md](pages.md).',
    '',
    'An arrow has an event and, in brackets, its guard. `done(x)` is the end of the actor `x`, `after(x)` a delay, `always` a transition',
    'that waits for nothing. "in every state" is a box for what all states beside it have in common.',
    '',
    table(
      ['statechart', 'shows', 'waits for a person in', 'ends in'],
      charts.map((chart) => [linked(chart.id), ...[pagesOf(chart), waitingIn(chart), chart.endsIn].map(quoted)]),
    ),
    '',
    ...charts.flatMap((chart) => [
      `## ${chart.id}`,
      '',
      sentence('Shows', pagesOf(chart).map(code), 'Shows no page'),
      sentence('Ends in', chart.endsIn.map(code), 'Does not end before the power goes'),
      sentence('Runs', actorsOf(chart).map(linked), 'Runs no actor'),
      '',
      '```mermaid',
      mermaidOf(chart),
      '```',
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`
}

const code = (name) => `\`${name}\``

const quoted = (names) => names.map(code).join(', ')

const sentence = (verb, names, otherwise) => (names.length === 0 ? `${otherwise}.` : `${verb} ${names.join(', ')}.`)
