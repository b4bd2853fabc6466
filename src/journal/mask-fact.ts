import type { JournalFact, JournalKind } from '../domain/journal.ts'
import type { Control, Screen, Why } from '../domain/screen.ts'
import { maskedExchange, maskedNode } from './mask-exchange.ts'

/** Takes known secrets out of a text that came from outside. */
export type Mask = (text: string) => string

type Masks = { [Kind in JournalKind]: (fact: Extract<JournalFact, { kind: Kind }>, mask: Mask) => JournalFact }

/**
 * What of an entry came from outside, and may hold a secret. Words of our own (kinds, pages, states, ids of controls) are never
 * touched, so that a journal stays readable when a password is one of them. A kind without a line here does not compile.
 */
const MASKS: Masks = {
  // Sealed where it is made: its secrets are names.
  run: (fact) => fact,
  power: (fact) => fact,
  transition: (fact) => fact,
  choice: (fact) => fact,
  tpm: (fact) => fact,
  network: (fact) => fact,
  device: (fact) => fact,
  stimulus: (fact) => fact,
  screen: (fact, mask) =>
    'screen' in fact
      ? { ...fact, screen: maskedScreen(fact.screen, mask) }
      : { ...fact, why: maskedWhy(fact.why, mask) },
  request: (fact, mask) => maskStrings(maskedExchange(fact), ['url', 'headers', 'body'], mask),
  response: (fact, mask) => maskStrings(maskedExchange(fact), ['headers', 'body'], mask),
  session: (fact, mask) => maskStrings(fact, ['address', 'result'], mask),
  csp: (fact, mask) => maskStrings(maskedNode(fact), ['value'], mask),
  log: (fact, mask) => ({ ...fact, text: mask(fact.text) }),
  outcome: (fact, mask) => maskStrings(fact, ['outcome'], mask, ['text', 'note']),
  verdict: (fact, mask) => ({ ...fact, failures: fact.failures.map(mask) }),
}

/** An entry as it may be written. */
export const maskedFact = (fact: JournalFact, mask: Mask): JournalFact =>
  (MASKS[fact.kind] as (fact: JournalFact, mask: Mask) => JournalFact)(fact, mask)

/** The strings of some fields, down to any depth. @param within only below fields of these names */
function maskStrings<Fact extends object>(
  fact: Fact,
  fields: readonly (keyof Fact)[],
  mask: Mask,
  within?: readonly string[],
): Fact {
  const out = { ...fact }
  for (const field of fields) {
    const value = fact[field]
    if (value === undefined) continue
    out[field] = (within ? maskOnly(value as object, within, mask) : deeply(value, mask)) as Fact[typeof field]
  }
  return out
}

const maskOnly = (value: object, names: readonly string[], mask: Mask): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, names.includes(name) ? deeply(inner, mask) : inner]),
  )

function deeply(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((inner) => deeply(inner, mask))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, deeply(inner, mask)]))
}

const maskedWhy = (why: readonly Why[], mask: Mask): Why[] =>
  why.map(({ fact, effect }) => ({ fact: mask(fact), effect: mask(effect) }))

/** Texts of a page that a service or a person gave. */
function maskedScreen(screen: Screen, mask: Mask): Screen {
  const { title, body, controls, failure, brand, why } = screen
  return {
    ...screen,
    title: mask(title),
    body: body.map((line) => ({ ...line, text: mask(line.text) })),
    controls: controls.map((control) => maskedControl(control, mask)),
    ...(failure ? { failure: { ...failure, text: mask(failure.text) } } : {}),
    ...(brand ? { brand: maskStrings(brand, ['name', 'signInPageText', 'usernameHint'], mask) } : {}),
    why: maskedWhy(why, mask),
  }
}

function maskedControl(control: Control, mask: Mask): Control {
  if (control.kind === 'text') return maskStrings(control, ['value', 'hint'], mask)
  return control
}
