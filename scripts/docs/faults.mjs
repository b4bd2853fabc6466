import { table } from './table.mjs'

/** docs/faults.md: every fault that `oobe faults` and `oobe sweep` know by name. */
export function faultsPage(faults, families, { biteText, signText, recoveryText, endText }) {
  return `${[
    '<!-- Written by "npm run docs" from src/domain/faults/. Do not edit. -->',
    '',
    '# Faults',
    '',
    `${faults.length} things that can go wrong in a first boot, by name. \`oobe faults NAME\` prints one, \`oobe sweep --fault NAME\` plays it at each step`,
    'of a scenario where it can bite, and judges it by its line here. No two have the same page, code, words, recovery and end: what nothing',
    'tells apart is one fault. A test plays each of them. The letter behind a source says how sure it is ([docs/pages.md](pages.md) has the kinds).',
    '',
    ...Object.entries(families).flatMap(([family, title]) => [
      `## ${title[0].toUpperCase()}${title.slice(1)}`,
      '',
      tableOf(faults.filter((fault) => fault.family === family)),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`

  function tableOf(rows) {
    return table(
      ['fault', 'what goes wrong', 'where', 'what shows', 'what helps, and how it ends', 'source'],
      rows.map((fault) => [
        `\`${fault.name}\``,
        cell(fault.about),
        cell(biteText(fault)),
        cell(signText(fault)),
        cell(`${fault.help} Who: ${recoveryText(fault)}. End: ${endText(fault)}.`),
        cell(fault.source),
      ]),
    )
  }
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
