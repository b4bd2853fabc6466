import { table } from './table.mjs'

/** docs/codes.md: every code that `oobe explain` has in a table. */
export function codesPage(families, titles) {
  const all = Object.values(families).flat()
  return `${[
    '<!-- Written by "npm run docs" from src/domain/explanations/. Do not edit. -->',
    '',
    '# Codes',
    '',
    `What \`oobe explain CODE\` knows of the codes that people meet in a first boot: ${all.length} codes. Scenarios that show a code are in its answer.`,
    'The letter behind a source says how sure it is ([docs/pages.md](pages.md) has the kinds). Other numbers follow a rule: any',
    '`0x8007…` is an error of the system, `0x8019…` an HTTP status, `0x87d1…` a SyncML status or a code of an agent, `0x8028…` a response of',
    'the TPM, and any number up to 2047 can be the bits of a profile.',
    '',
    ...Object.entries(titles).flatMap(([family, { all: title }]) =>
      families[family].length === 0
        ? []
        : [`## ${title[0].toUpperCase()}${title.slice(1)}`, '', tableOf(families[family]), ''],
    ),
  ]
    .join('\n')
    .trimEnd()}\n`
}

const tableOf = (explanations) =>
  table(
    ['code', 'means', 'where', 'what to do', 'source'],
    explanations.map(({ code, also = [], causes, pages, seen, help }) => [
      [code, ...also].map((word) => `\`${word}\``).join(' '),
      causes.map(({ where, why }) => cell(where === undefined ? why : `${where}: ${why}`)).join('<br>'),
      cell([pages.map((page) => `\`${page}\``).join(' '), seen ?? ''].filter(Boolean).join('; ')),
      cell(help),
      [...new Set(causes.map(({ source }) => source))].map(cell).join('<br>'),
    ]),
  )

const cell = (text) => text.replaceAll('|', '\\|').replace(/\{(\w+)\}/g, '`{$1}`')
