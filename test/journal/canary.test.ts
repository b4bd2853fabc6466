import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { Answers } from '../../src/domain/person.ts'
import { outcomeOf } from '../../src/journal/outcome.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

const HAPPY_PATH = 'surface-wifi-happy-path'
const LONG = 4_000

/**
 * Two secrets of one length in every encoding. When nothing of a secret is written, the journals of the two are the same,
 * byte by byte: whatever shows even one character of it, in whatever form, makes them differ.
 */
const PAIRS: [what: string, one: string, other: string][] = [
  ['letters and a sign', 'Winter2024!', 'Summer1999!'],
  ['digits alone', '0000', '7391'],
  ['a number of the protocols', '4000', '7391'],
  ['a status', '200', '719'],
  ['a word of JSON', 'true', 'zqxv'],
  ['a name of a field', 'kind', 'zqxv'],
  ['a name of our own words', 'signIn', 'qzxwvk'],
  ['a name of a page', 'region', 'qzxwvk'],
  ['one letter', 'e', 'q'],
  ['blanks at both ends', '  a b  ', '  c d  '],
  ['quotes and braces', `"'{}[]\\`, `'"}{][\\`],
  ['signs of forms and URLs', 'a&b=c+d%25#?', 'd&c=b+a%25#?'],
  ['signs of XML', '<a>&amp;]]>', '<b>&amp;]]>'],
  ['a line break', 'ab\ncd\tef', 'fe\ndc\tba'],
  ['emoji', '🦊🍏🐝🌙', '🐝🌙🦊🍏'],
  ['letters beyond ASCII', 'pässwörd', 'wörpässd'],
  ['what looks like a token', 'eyJhbGciOiJub25lIn0.e30.', 'eyJhbGciOiJub25lIn0.e31.'],
  ['what looks like a mask', '•••', '•••'.replace('•', '‣')],
  ['very many characters', 'xY7-'.repeat(LONG / 4), 'zQ3-'.repeat(LONG / 4)],
]

/** A school's user, the Wi-Fi and a secret of an application that all have this secret. */
function withSecret(name: string, secret: string): Scenario {
  const [scenario] = loadScenarios(name)
  const { tenant, environment, person } = scenario!
  const users = tenant.users.map((user) => ({ ...user, password: secret }))
  const key = secret.length >= 8 && secret.length <= 63 ? secret : 'learn-anywhere'
  return {
    ...scenario!,
    tenant: { ...tenant, users, applications: tenant.applications.map((one) => ({ ...one, secret })) },
    environment: {
      ...environment,
      wifi: environment.wifi.map((one) => (one.key === undefined ? one : { ...one, key })),
    },
    person: replaced(person, { password: secret, key }),
  }
}

const replaced = (person: Answers, values: Record<string, string>): Answers =>
  Object.fromEntries(
    Object.entries(person).map(([page, answers]) => {
      const change = (answer: unknown) =>
        typeof answer === 'object' && answer !== null
          ? Object.fromEntries(Object.entries(answer).map(([id, value]) => [id, values[id] ?? value]))
          : answer
      return [page, Array.isArray(answers) ? answers.map(change) : change(answers)]
    }),
  ) as Answers

async function journalOf(name: string, secret: string): Promise<readonly JournalEntry[]> {
  const { journal } = await runScenario(withSecret(name, secret), { seed: 1, transport: 'direct' })
  return journal
}

const linesOf = (journal: readonly JournalEntry[]): string[] => journal.map((entry) => JSON.stringify(entry))

describe.each([HAPPY_PATH, 'federated-sign-in'])('%s', (name) => {
  test.each(PAIRS)('a secret of %s leaves no trace, and the journal is whole', async (_, one, other) => {
    const [journal, second] = [await journalOf(name, one), await journalOf(name, other)]
    expect(outcomeOf(journal)?.kind).toBe('desktop')
    expect(linesOf(journal)).toEqual(linesOf(second))
    for (const line of linesOf(journal)) expect(JSON.parse(line)).toMatchObject({ kind: expect.any(String) })
  })
})

test('the test can fail: a secret of another length shows in the length of a message', async () => {
  expect(linesOf(await journalOf(HAPPY_PATH, 'four'))).not.toEqual(linesOf(await journalOf(HAPPY_PATH, 'seventeen')))
})

test('a wrong password and a wrong key that a person types leave no trace either', async () => {
  const played = async (wrong: string) => {
    const [scenario] = loadScenarios('wrong-password')
    const person = replaced(scenario!.person, { password: wrong })
    return linesOf(
      (await runScenario({ ...scenario!, person, expect: null }, { seed: 1, transport: 'direct' })).journal,
    )
  }
  expect(await played('Winter2024!')).toEqual(await played('Summer1999!'))
  expect(await played('true')).toEqual(await played('zqxv'))
})
