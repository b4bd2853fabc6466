import { expect, test } from 'vitest'
import { played, screensOf, writesOf } from './played.ts'

const ORDER = '/Office/Installation/3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f503'

test('Office is under way with 997, and then done with 0 and 70', async () => {
  const { journal, outcome } = await played('microsoft-365-apps')
  expect(outcome.kind).toBe('desktop')
  const values = [...writesOf(journal, `${ORDER}/Status`), ...writesOf(journal, `${ORDER}/FinalStatus`)]
  expect([...new Set(values.map(({ value }) => value))]).toEqual(['997', '0', '70'])
})

test('Office that fails has the number of its tool, 60, and no code on the page', async () => {
  const { journal, outcome } = await played('microsoft-365-apps-fail')
  expect(outcome).toMatchObject({ kind: 'failed', page: 'enrollmentStatusFailure', code: '0x80004005' })
  expect(writesOf(journal, `${ORDER}/Status`).at(-1)?.value).toBe('17002')
  expect(writesOf(journal, `${ORDER}/FinalStatus`).at(-1)?.value).toBe('60')
  const apps = screensOf(journal)
    .at(-1)
    ?.progress?.categories?.flatMap(({ steps }) => steps)
    .find(({ id, state }) => id === 'apps' && state === 'failed')
  expect(apps?.status).toContain('Error')
})

test('Try again orders the files anew', async () => {
  const person = { enrollmentStatusFailure: 'tryAgain' }
  const apps = [{ exitCode: [17002, 0] }]
  const { journal, outcome } = await played('microsoft-365-apps-fail', { person, apps })
  expect(outcome.kind).toBe('desktop')
  expect(writesOf(journal, `${ORDER}/FinalStatus`).at(-1)?.value).toBe('70')
})

test('files that do not come are 1460', async () => {
  const { journal } = await played('office-cdn-blocked')
  expect(writesOf(journal, `${ORDER}/Status`).at(-1)?.value).toBe('1460')
})
