import { expect, test } from 'vitest'
import { pageSentence } from '../../src/domain/windows-codes/page-sentences.ts'
import { EN } from '../../src/texts/en.ts'
import { prove, proveTable, quotesIn, type Row } from './prove.ts'

interface Wording {
  text: string
  tag: string
}
const all: Wording[] = Object.values(EN).flatMap((page) => Object.values(page) as Wording[])
/** A text that is a value alone fits everything. */
const wordings = all.filter(({ text }) => /[a-z]{2}/i.test(text.replace(/\{\w+\}/g, '')))

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** `{done} of {of} installed` fits "9 of 10 installed" and "n of m installed". */
const fits = ({ text }: Wording, quote: string): boolean =>
  new RegExp(
    `^${text
      .split(/\{\w+\}/)
      .map(escaped)
      .join('.+')}$`,
    'i',
  ).test(quote)

const plain = (quote: string): string => quote.replace(/…$/, '').replace(/\.$/, '').trim()

/** The wordings that say a quote: as it is, or as a step with its status in brackets, or a category with its state behind a colon. */
function saying(quote: string): Wording[] {
  const whole = wordings.filter(
    // A sentence of ours may follow it behind a colon.
    (one) =>
      fits({ ...one, text: plain(one.text) }, plain(quote)) ||
      // Or its first sentence alone is quoted.
      [': ', '. '].some((mark) => one.text.startsWith(`${quote}${mark}`)),
  )
  if (whole.length > 0) return whole
  const [, label, status] = /^([^(:]+?)(?: \((.+)\)|: (.+))$/.exec(quote) ?? []
  if (label === undefined) return []
  const inside = status ?? /: (.+)$/.exec(quote)![1]!
  const labels = wordings.filter(({ text }) => text.toLowerCase() === label.toLowerCase())
  const states = wordings.filter((one) => fits(one, inside))
  const code = /^0x[\da-f]{8}$/i.test(inside) ? all.filter(({ text }) => text === '{code}') : []
  return labels.length > 0 ? [...states, ...code] : []
}

/** Quotes that are no words of ours, and why. */
const NOT_SAID: Readonly<Record<string, string>> = {
  "Let's start with region. Is this right?": 'the form of Windows 10',
  "Can't access your account?": 'another default of the same link',
  'Enter code': 'a second proof by a code is not simulated: the number on the phone is',
  Verify: 'the button of that code',
  escapeLinkHidden: 'a name of Graph',
  privacySettingsHidden: 'a name of Graph',
  eulaHidden: 'a name of Graph',
  '... (Failed: 3, 0x801C03EA)': 'a shortened example of the row',
  "Setting up your organization's device": 'another heading, seen once',
  'Setting up your device for work': 'Windows 10',
  'Installing (1 of 4)': 'not found in any source',
  OK: 'the button of Windows Hello',
}

function checkQuotes(row: Row): void {
  const said = quotesIn(row).filter((quote) => NOT_SAID[quote] === undefined)
  expect(said.length).toBeGreaterThan(0)
  expect(said.filter((quote) => saying(quote).length === 0)).toEqual([])
}

prove(
  [
    '1.3/splash',
    '1.3/region',
    '1.3/keyboard',
    '1.3/second-keyboard',
    '1.4/no-network',
    '1.5/critical-drivers-and-zero-day-package',
  ],
  'what it quotes is on a page',
  checkQuotes,
)

prove(
  [
    ...['1.6/device-name', '1.6/intent', '1.6/work-sign-in', '1.6/password', '1.6/extra-links', '1.6/mfa'],
    ...[
      '1.6/idle',
      '1.6/tenant-lock',
      '1.6/terms-of-use-unreachable',
      '1.6/blocked-by-conditional-access',
      '1.6/first-or-expired-password-at-the',
    ],
    ...['1.7/privacy', '1.7/hello-intro', '1.7/hello-identity-proof', '1.7/hello-failure'],
  ],
  'what it quotes is on a page',
  checkQuotes,
)

proveTable('4.1', 'what it quotes is on the status page', checkQuotes)

test('no step says "Installing (1 of 4)", which no source has', () => {
  expect(saying('Installing (1 of 4)')).toEqual([])
})

const AGAIN = 'You can try to do this again or contact your system administrator with the error code {code}.'
const CONTACT = 'Contact your system administrator with the error code {code}.'

/** `0x80180001, 05; 0x801c0001, 06`: all of them in full. */
function codesIn(cell: string): string[] {
  let family = ''
  return [...cell.matchAll(/0x([\da-f]{8})|\b([\da-f]{2})\b/g)].map(([, whole, end]) => {
    if (whole !== undefined) family = whole.slice(0, 6)
    return `0x${whole ?? family + end}`
  })
}

proveTable('4.10', 'its sentence is on the page of each of its codes', ({ cells: [codes, sentence] }) => {
  const [, quote, ending] = /`([^`]+)`(?: ([AB]))?/.exec(sentence!)!
  const expected = [quote, ending === 'A' ? AGAIN : ending === 'B' ? CONTACT : ''].join(' ').trim()
  if (codes === 'rejectedTermsOfUse') {
    expect(EN.errorPage.termsOfUse.text).toBe(expected)
    return
  }
  const each = codesIn(codes!)
  expect(each.length).toBeGreaterThan(0)
  for (const code of each) {
    const key = pageSentence(code)
    expect([code, key && EN.errorPage[key].text]).toEqual([code, expected])
  }
})
