import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { standardText } from './standard-licences.mjs'

/** `LICENSE`, `licence.md`, `LICENSE-MIT.txt`, `COPYING`; and `NOTICE`, which Apache-2.0 says to pass on. */
const LEGAL_FILE = /^(licen[sc]e|copying|notice)([-_.][\w.-]*)?$/i
const PROGRAM = /\.(c?js|mjs|ts|json|map)$/i

/** The licences of what the bundle holds, one after the other. */
export const notices = (packages) =>
  packages
    .map((one) => `${one.name} ${one.version} (${one.license})\n\n${licenceText(one)}`)
    .join(`\n${'-'.repeat(80)}\n\n`)

export function licenceText(one) {
  const texts = readdirSync(one.folder)
    .filter((name) => LEGAL_FILE.test(name) && !PROGRAM.test(name))
    .sort()
    .map((name) => readFileSync(join(one.folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '')
  if (texts.length > 0) return `${texts.join('\n\n')}\n`
  return [
    `(This package has no file with its licence. Its package.json says ${one.license}: this is the standard text of that`,
    'licence, with the author that its package.json names.)',
    '',
    standardText(one),
  ].join('\n')
}
