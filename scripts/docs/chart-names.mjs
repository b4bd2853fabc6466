/** src/domain/chart-names.ts: the names of all states and transitions as types, for the library. */
export function chartNames(charts, { statePathsOf, edgesOf, shortWayOf }) {
  const states = charts.map((chart) => [chart.id, statePathsOf(chart)])
  const ways = charts.map((chart) => {
    const names = edgesOf(chart).map(({ way }) => way.slice(chart.id.length))
    return [chart.id, [...names, ...names.map(shortWayOf)]]
  })
  return `${[
    '// Written by "npm run docs" from machines/. Do not edit.',
    '',
    '/** States by their statechart. */',
    ...tableOf('States', states),
    '',
    '/** Transitions by their statechart, as coverage names them: with their trigger, and without it. */',
    ...tableOf('Ways', ways),
    '',
    '/** A state of a device, such as `network.connecting`: docs/machines.md. */',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a type
    'export type StateAddress = { [Machine in keyof States]: `${Machine}.${States[Machine]}` }[keyof States]',
    '',
    '/** A transition, such as `network.connecting → connected`. */',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a type
    'export type Way = { [Machine in keyof Ways]: `${Machine}${Ways[Machine]}` }[keyof Ways]',
  ].join('\n')}\n`
}

const tableOf = (name, rows) => [
  '// biome-ignore format: one statechart a line',
  `interface ${name} {`,
  ...rows.map(([id, names]) => `  ${id}: ${[...new Set(names)].map(quoted).join(' | ') || 'never'}`),
  '}',
]

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
