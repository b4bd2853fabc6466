import type { Incident } from './incident.ts'

/** What is in a text in the place of a person, a device or an organization. */
const SYNTHETIC = { person: 'alice@contoso.example', device: 'SIM-DEVICE', organization: 'Contoso' } as const

/**
 * A text without what names a person, a device or an organization: names that the files gave as such, and what looks like an address, a GUID or a SID. It is one line,
 * and no longer than a name.
 */
export function scrubbed(text: string, { identities }: Incident): string {
  let plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, LENGTH_MAX)
  const longestFirst = [...identities].toSorted(([a], [b]) => b.length - a.length)
  for (const [name, of] of longestFirst) {
    for (const part of of === 'organization' ? [name, firstWord(name)] : [name]) {
      if (part.length >= PART_MIN) plain = replaceAll(plain, part, SYNTHETIC[of])
    }
  }
  return plain
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, SYNTHETIC.person)
    .replace(/\bS-1-\d+(-\d+)+\b/g, 'S-1-0-0')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '00000000-0000-4000-8000-000000000000')
    .trim()
}

const LENGTH_MAX = 120
const PART_MIN = 4

/** A school is named by its first word in the names of its apps: `Fabrikam Gradebook`. */
const firstWord = (name: string): string => /^[\p{L}\p{N}-]+/u.exec(name)?.[0] ?? ''

function replaceAll(text: string, part: string, by: string): string {
  const lower = part.toLowerCase()
  let result = ''
  let from = 0
  for (let at = text.toLowerCase().indexOf(lower); at >= 0; at = text.toLowerCase().indexOf(lower, from)) {
    result += text.slice(from, at) + by
    from = at + part.length
  }
  return result + text.slice(from)
}
