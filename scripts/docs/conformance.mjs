import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEFT, POINTS } from './conformance-points.mjs'

/** Who may vouch for a point besides our own mock and our own reading. */
const WITNESSES = [
  'openssl',
  'fixture',
  'foreign server',
  'swtpm',
  'oidc-provider',
  'openid-client',
  'jose',
  'xmllint',
  'libwbxml',
  'published example',
]
/** A title, in whichever quotes, that ends with its points: "[point 16: openssl]". */
const TITLE = /(['"`])((?:(?!\1)[^\\\n]|\\.)*?)\s*\[points? ([\d, ]+)(?:: ([^\]\n]+))?\]\1/g

/** @returns {{ file: string, title: string, points: number[], witnesses: string[] }[]} the tests that prove points */
export function provingTests(root) {
  const files = readdirSync(join(root, 'test'), { recursive: true })
    .map((name) => `test/${String(name).replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
  return files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(TITLE)].map(([, , title, points, witnesses]) => ({
      file,
      title: title.replace(/\\(['"`])/g, '$1').trim(),
      points: points.split(',').map(Number),
      witnesses: (witnesses ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    })),
  )
}

/** What is wrong with the proofs: each is a sentence, and one is enough to fail the build. */
export function flaws(tests, left = LEFT) {
  const known = new Set(POINTS.map(({ number }) => number))
  const proven = new Set(tests.flatMap(({ points }) => points))
  return [
    ...tests.flatMap(({ file, title, points, witnesses }) => [
      ...points
        .filter((point) => !known.has(point))
        .map((point) => `${file}: "${title}" names point ${point}, which there is not`),
      ...witnesses
        .filter((one) => !WITNESSES.includes(one))
        .map((one) => `${file}: "${title}" has an unknown witness: ${one}`),
    ]),
    ...POINTS.filter(({ number }) => !proven.has(number) && !left.has(number)).map(
      ({ number, text }) => `no test proves point ${number}: ${text}`,
    ),
    ...[...left.keys()]
      .filter((number) => proven.has(number))
      .map((number) => `point ${number} is called left, and is proven`),
  ]
}

/** docs/conformance.md */
export function conformancePage(tests) {
  const witnessed = POINTS.filter(({ number }) => witnessesOf(tests, number).length > 0)
  const proven = POINTS.filter(({ number }) => tests.some(({ points }) => points.includes(number)))
  return `${[
    '<!-- Written by "npm run docs" from the titles of the tests. Do not edit. -->',
    '',
    '# Conformance',
    '',
    'What a device client of MS-MDE2, MS-XCEP, MS-WSTEP, MS-MDM and OMA-DM owes a server that takes it for Windows, and the',
    'tests that prove it here. A test names its points at the end of its title; a point that none names fails the build.',
    '',
    'The witness is what vouches for a point besides our own reading of the specification: an outside tool, a published example,',
    'a server that shares no code with this project. `self` is a point that only our own mock has seen.',
    '',
    `${proven.length} of ${POINTS.length} points are proven, ${witnessed.length} of them with a witness; ${LEFT.size} are left for later.`,
    ...[...new Set(POINTS.map(({ section }) => section))].flatMap((section) => [
      '',
      `## ${section}`,
      '',
      ...POINTS.filter((point) => point.section === section).flatMap((point) => pointLines(point, tests)),
    ]),
  ].join('\n')}\n`
}

const witnessesOf = (tests, number) => {
  const own = tests.filter(({ points }) => points.includes(number))
  return WITNESSES.filter((witness) => own.some(({ witnesses }) => witnesses.includes(witness)))
}

function pointLines({ number, text }, tests) {
  const own = tests.filter(({ points }) => points.includes(number))
  const mark = LEFT.has(number) ? 'left' : witnessesOf(tests, number).join(', ') || 'self'
  return [
    `**${number}. ${text}** \`${mark}\``,
    '',
    ...(LEFT.has(number) ? [`- left for later: ${LEFT.get(number)}`] : []),
    ...own.map(
      ({ file, title, witnesses }) => `- [${title}](../${file})${witnesses.map((one) => ` \`${one}\``).join('')}`,
    ),
    '',
  ]
}
