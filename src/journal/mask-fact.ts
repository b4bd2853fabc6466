import type { JournalFact, JournalKind } from '../domain/journal.ts'
import type { Control, Screen, Why } from '../domain/screen.ts'
import type { KnownSecrets } from './known-secrets.ts'
import { maskedExchange, maskedNode } from './mask-exchange.ts'
import { maskedUrl } from './mask-fields.ts'

/** Takes known secrets out of a text that came from outside. */
type Mask = (text: string) => string

type Masks = {
  [Kind in JournalKind]: (fact: Extract<JournalFact, { kind: Kind }>, secrets: KnownSecrets) => JournalFact
}

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
  screen: (fact, secrets) => {
    const mask: Mask = (text) => secrets.mask(text)
    return 'screen' in fact
      ? { ...fact, screen: maskedScreen(fact.screen, mask) }
      : { ...fact, why: maskedWhy(fact.why, mask) }
  },
  request: maskedExchange,
  response: maskedExchange,
  session: (fact, secrets) => ({
    ...fact,
    address: secrets.mask(maskedUrl(fact.address, secrets)),
    ...(typeof fact.result === 'object' ? { result: { ...fact.result, text: secrets.mask(fact.result.text) } } : {}),
    // The words of a server's answer are quoted in it.
    ...(fact.odd ? { odd: fact.odd.map(({ message, text }) => ({ message, text: secrets.mask(text) })) } : {}),
  }),
  csp: maskedNode,
  app: (fact, secrets) => maskStrings(fact, ['id', 'name', 'version', 'url', 'text'], secrets),
  log: (fact, secrets) => ({
    ...fact,
    text: secrets.mask(fact.text),
    ...(fact.data ? { data: maskStrings(fact.data, Object.keys(fact.data), secrets) } : {}),
  }),
  outcome: (fact, secrets) => ({
    ...fact,
    outcome: maskStrings(fact.outcome, ['text', 'note', 'waitingFor'], secrets),
  }),
  verdict: (fact, secrets) => ({
    ...fact,
    failures: fact.failures.map((failure) => secrets.mask(failure)),
    ...(fact.causes ? { causes: fact.causes.map((cause) => secrets.mask(cause)) } : {}),
  }),
}

/** An entry as it may be written. */
export const maskedFact = (fact: JournalFact, secrets: KnownSecrets): JournalFact =>
  (MASKS[fact.kind] as (fact: JournalFact, secrets: KnownSecrets) => JournalFact)(fact, secrets)

/** An object with secrets taken out of the texts of these names. */
const maskStrings = <Fact extends object>(fact: Fact, names: readonly string[], secrets: KnownSecrets): Fact =>
  Object.fromEntries(
    Object.entries(fact).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? secrets.mask(value) : value,
    ]),
  ) as Fact

const maskedWhy = (why: readonly Why[], mask: Mask): Why[] =>
  why.map(({ fact, effect }) => ({ fact: mask(fact), effect: mask(effect) }))

/** Texts of a page that a service or a person gave. */
function maskedScreen(screen: Screen, mask: Mask): Screen {
  const { title, body, controls, failure, why } = screen
  return {
    ...screen,
    title: mask(title),
    ...maskedEnglish(screen, mask),
    body: body.map((line) => ({ ...line, text: mask(line.text), ...maskedEnglish(line, mask) })),
    controls: controls.map((control) => maskedControl(control, mask)),
    ...(failure ? { failure: { ...failure, text: mask(failure.text), ...maskedEnglish(failure, mask) } } : {}),
    why: maskedWhy(why, mask),
  }
}

/** The same text in English, where it is there. */
const maskedEnglish = ({ english }: { english?: string }, mask: Mask): { english?: string } =>
  english === undefined ? {} : { english: mask(english) }

function maskedControl(control: Control, mask: Mask): Control {
  if (control.kind !== 'text' || control.value === undefined) return control
  return { ...control, value: mask(control.value) }
}
