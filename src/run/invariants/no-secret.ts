import type { JournalEntry } from '../../domain/journal.ts'
import type { WireBody } from '../../domain/wire.ts'
import type { Invariant } from './invariant.ts'

/** A shorter one, and one of letters alone, may be a word that is there for another reason. */
const LENGTH_MIN = 8
const isTelling = (secret: string): boolean => secret.length >= LENGTH_MIN && /[^A-Za-z]/.test(secret)

const bodyText = (body: WireBody | undefined): string => {
  if (body === undefined || typeof body === 'string') return body ?? ''
  return 'beginning' in body ? body.beginning : ''
}

/** Texts of an entry that came from outside of us: where a secret could be. */
function textsOf(entry: JournalEntry): readonly string[] {
  switch (entry.kind) {
    case 'request':
      return [entry.url, bodyText(entry.body), ...Object.values(entry.headers)]
    case 'response':
      return [bodyText(entry.body), ...Object.values(entry.headers ?? {})]
    case 'csp':
      return [entry.value ?? '']
    case 'log':
      return [entry.text, ...Object.values(entry.data ?? {})]
    case 'app':
      return [entry.id, entry.name ?? '', entry.url ?? '', entry.text ?? '']
    case 'session':
      return typeof entry.result === 'object' ? [entry.result.text] : []
    case 'stimulus':
      return [JSON.stringify(entry.stimulus)]
    case 'screen':
      return 'screen' in entry ? entry.screen.body.map(({ text }) => text) : []
    default:
      return []
  }
}

/** What the scenario itself says in plain is no secret by its own words. */
const tellingOf = (secrets: readonly string[], plain: string): string[] =>
  [...new Set(secrets)].filter((secret) => isTelling(secret) && !plain.includes(secret))

/** What is written has been masked before: this looks at the result, and knows nothing of masks. */
export const noSecret: Invariant = {
  name: 'noSecret',
  about: 'no secret is in the journal',
  watch({ secrets, plain }) {
    const telling = tellingOf(secrets, plain)
    if (telling.length === 0) return () => undefined
    // All at once: each text is read one time.
    const any = new RegExp(telling.map((secret) => secret.replace(/[^A-Za-z0-9]/g, '\\$&')).join('|'))
    return (entry) =>
      textsOf(entry).some((text) => text.length >= LENGTH_MIN && any.test(text))
        ? `an entry of the kind ${entry.kind} has one`
        : undefined
  },
}
