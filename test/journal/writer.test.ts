import { expect, test } from 'vitest'
import { Journal, journalText } from '../../src/journal/writer.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

test('a secret is masked wherever it turns up: as it is, in base64, in a URL, in JSON [point 64]', () => {
  const lines: string[] = []
  const journal = new Journal(
    () => 0,
    (line) => lines.push(line),
  )
  const secret = 'pa"ss wörd/+'
  journal.protect(secret)
  const text = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].join(' ')
  journal.write({ kind: 'log', channel: 'c', id: 1, level: 'warning', text })
  expect(journal.entries[0]).toMatchObject({ text: '••• ••• •••==' })
  expect(lines.join('')).not.toContain('wörd')
})

test('a journal is one line an entry, numbered, in the order of time', async () => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const lines: string[] = []
  const { journal } = await runScenario(scenario!, { seed: 1, transport: 'direct', sink: (line) => lines.push(line) })
  expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, index) => index))
  expect(journal.every((entry, index) => index === 0 || entry.at >= journal[index - 1]!.at)).toBe(true)
  expect(lines.join('')).toBe(journalText(journal))
})

test('neither the wall clock, nor session ids, nor keys or secrets are in any journal [point 64]', async () => {
  for (const name of ['surface-wifi-happy-path', 'wifi-wrong-key', 'wrong-password', 'self-deploying-ethernet']) {
    const [scenario] = loadScenarios(name)
    const { journal } = await runScenario(scenario!, { seed: 1, transport: 'direct' })
    const text = journalText(journal)
    for (const secret of ['learn-anywhere', 'learn-anywhre', 'correct-horse', 'wrong-horse'])
      expect(text).not.toContain(secret)
    expect(text).not.toMatch(/x:\d+|PRIVATE KEY|eyJ[A-Za-z0-9_-]{10,}\./)
    expect(text).not.toContain(new Date().toISOString().slice(0, 10))
  }
})
