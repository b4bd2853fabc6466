// Writes the tables of regions and keyboards: src/domain/regions.ts, src/domain/keyboards.ts and src/texts/*/regions.ts.
//
//   node scripts/locales.mjs GEO.md KEYBOARDS.md
//
// GEO.md is desktop-src/Intl/table-of-geographical-locations.md of MicrosoftDocs/win32, KEYBOARDS.md is
// globalization/windows-keyboard-layouts.md of MicrosoftDocs/globalization. Names of regions are those of CLDR, as Node's own Intl has
// them: they differ between versions of Node, so they are written down.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [geo, keyboards] = process.argv.slice(2)
if (!geo || !keyboards) throw new Error('usage: node scripts/locales.mjs GEO.md KEYBOARDS.md')

const FOLDERS = { de: 'de', es: 'es', fr: 'fr', 'pt-BR': 'pt-br', ja: 'ja', 'zh-Hans': 'zh-hans', ar: 'ar' }

/** Names of the table that CLDR spells otherwise. */
const SPELT = {
  'Ascension Island': 'AC',
  'Bahamas, The': 'BS',
  'Bonaire, Sint Eustatius and Saba': 'BQ',
  'Bouvet Island': 'BV',
  'Cabo Verde': 'CV',
  Congo: 'CG',
  'Congo (DRC)': 'CD',
  "Côte d'Ivoire": 'CI',
  'Czech Republic': 'CZ',
  'Falkland Islands (Islas Malvinas)': 'FK',
  'French Southern and Antarctic Lands': 'TF',
  'Heard Island and McDonald Islands': 'HM',
  'Hong Kong S.A.R.': 'HK',
  'Hong Kong SAR': 'HK',
  'Holy See (Vatican City)': 'VA',
  Korea: 'KR',
  'Macao S.A.R.': 'MO',
  'Macao SAR': 'MO',
  Micronesia: 'FM',
  Myanmar: 'MM',
  'North Korea': 'KP',
  'Macedonia, Former Yugoslav Republic of': 'MK',
  'North Macedonia': 'MK',
  'Palestinian Authority': 'PS',
  'Pitcairn Islands': 'PN',
  'Saint Helena, Ascension and Tristan da Cunha': 'SH',
  'St Helena, Ascension and Tristan da Cunha': 'SH',
  Svalbard: 'SJ',
  'Saint Martin': 'MF',
  'Saint Vincent and the Grenadines': 'VC',
  'Sint Maarten': 'SX',
  'South Georgia and the South Sandwich Islands': 'GS',
  Swaziland: 'SZ',
  'São Tomé and Príncipe': 'ST',
  'Timor-Leste': 'TL',
  Turkey: 'TR',
  'U.S. Minor Outlying Islands': 'UM',
  'U.S. Virgin Islands': 'VI',
  'Virgin Islands, U.S.': 'VI',
  'Virgin Islands, British': 'VG',
}

const codes = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((a) => [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((b) => a + b))
const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
/** Codes of groups, and old ones that CLDR maps to new ones. */
const NO_REGION = ['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']
const canonical = (code) => new Intl.Locale(`und-${code}`).region === code
const known = new Map(
  codes
    .filter((code) => !NO_REGION.includes(code) && canonical(code))
    .flatMap((code) => {
      const name = english.of(code)
      return name ? [[plain(name), code]] : []
    }),
)

function plain(name) {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/\bst\.? /g, 'saint ')
    .replace(/[^a-z]/g, '')
}

const rows = [...readFileSync(geo, 'utf8').matchAll(/^\| 0x[\da-f]+ +\| \d+ +\| (.+?) +\|/gm)].map(([, name]) => name)
const regions = new Set()
const unknown = []
for (const name of rows) {
  const code = SPELT[name] ?? known.get(plain(name))
  if (code) regions.add(code)
  else unknown.push(name)
}
console.log(`${regions.size} regions; of the table, without a code: ${unknown.join('; ')}`)
console.log(`with a code, and not in the table: ${[...known.values()].filter((code) => !regions.has(code)).join(' ')}`)

// What is left are parts of the world, and places without a code of their own.
const quoted = (text) => (text.includes("'") ? `"${text}"` : `'${text}'`)
const named = (locale) => {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const { compare } = new Intl.Collator(locale)
  return [...regions].map((code) => [code, names.of(code)]).sort(([, a], [, b]) => compare(a, b))
}
const note = `CLDR ${process.versions.cldr}, by scripts/locales.mjs`

writeFileSync(
  join(root, 'src/domain/regions.ts'),
  `import type { Named } from './locales.ts'

/**
 * Countries and regions that Windows offers, by ISO 3166-1 code, in the order of the page: those of Microsoft's table of geographical
 * locations that have a code (learn.microsoft.com/windows/win32/intl/table-of-geographical-locations).
 * Names: ${note}.
 */
export const REGIONS: readonly Named[] = [
${named('en')
  .map(([id, label]) => `  { id: '${id}', label: ${quoted(label)} },`)
  .join('\n')}
]
`,
)
for (const [locale, folder] of Object.entries(FOLDERS)) {
  writeFileSync(
    join(root, 'src/texts', folder, 'regions.ts'),
    `/** Countries and regions in the order of the page. ${note}. */
export const REGIONS = {
${named(locale)
  .map(([id, label]) => `  ${id}: ${quoted(label)},`)
  .join('\n')}
} as const
`,
  )
}

const page = readFileSync(keyboards, 'utf8')
const windows = /Layouts generated using: (.+)/.exec(page)[1].trim()
const layouts = [...page.matchAll(/^\| .*?\| \[(.+?)\]\(.+?\) \| ([\dA-F]{8}) \|/gm)].map(([, label, id]) => ({
  id: id.toLowerCase(),
  label,
}))
console.log(`${layouts.length} keyboards`)
writeFileSync(
  join(root, 'src/domain/keyboards.ts'),
  `import type { Named } from './locales.ts'

/**
 * Keyboard layouts by their identifier (KLID), with Microsoft's names in Microsoft's order: "Windows keyboard layouts",
 * learn.microsoft.com/globalization/windows-keyboard-layouts, of ${windows}. By scripts/locales.mjs.
 */
export const KEYBOARDS: readonly Named[] = [
${layouts.map(({ id, label }) => `  { id: '${id}', label: ${quoted(label)} },`).join('\n')}
]
`,
)
