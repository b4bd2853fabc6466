import { expect, test } from 'vitest'
import { firstBoot, loadDevice, mockTenant } from '../../src/library/first-boot.ts'

const APPROVED = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501'
const FORBIDDEN = '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f5a2'
const apps = [
  { id: APPROVED, name: 'Safe Exam Browser', publisher: 'SEB Consortium', version: '3.5.0.544' },
  { id: FORBIDDEN, name: 'Contoso Gradebook', publisher: 'Contoso', version: '2.1.0' },
]
const page = (blockingApps: string[]) => ({
  id: 'school',
  name: 'School',
  assignedTo: ['classroom-devices'],
  blockingApps,
})

async function play(blockingApps: string[], edition = 'SE') {
  const run = await firstBoot({
    device: await loadDevice('surface-laptop-se', { windows: { edition } }),
    tenant: mockTenant('contoso-school', { apps, statusPages: [page(blockingApps)] }),
    person: {
      region: 'United States',
      keyboard: 'US',
      secondKeyboard: 'skip',
      network: { wifi: 'Contoso-Students', key: 'learn-anywhere' },
      signIn: { email: 'alice@contoso.example', password: 'correct-horse' },
      welcome: { password: 'correct-horse' },
    },
    transport: 'direct',
  })
  const expected = run.journal.find(
    (entry) =>
      entry.kind === 'csp' && entry.uri.endsWith('/ExpectedMSIAppPackages') && entry.uri.startsWith('./Device'),
  )
  const ids = expected?.kind === 'csp' ? [...(expected.value ?? '').matchAll(/%7B([0-9A-F-]{36})%7D/g)] : []
  return {
    end: run.outcome.kind === 'failed' ? run.outcome.code : run.outcome.kind,
    awaited: ids.map((match) => match[1]!.toLowerCase()),
  }
}

test('a page that waits for chosen apps waits for no other; one that waits for all stops at what SE forbids', async () => {
  expect(await play([APPROVED])).toEqual({ end: 'desktop', awaited: [APPROVED] })
  expect(await play([])).toEqual({ end: '0x87d300d9', awaited: [APPROVED, FORBIDDEN] })
  expect(await play([], 'Pro Education')).toEqual({ end: 'desktop', awaited: [APPROVED, FORBIDDEN] })
})
