import { expect, test } from 'vitest'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** A whole first boot at a school whose server is set up so, and the journal of its management sessions. */
async function boot(change: object) {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const { tenant } = scenario!
  const changed = { ...scenario!, tenant: { ...tenant, management: { ...tenant.management, ...change } } }
  const { failures, journal } = await runScenario(changed, { seed: 1, transport: 'direct' })
  const ids = new Set(
    journal.flatMap((entry) => (entry.kind === 'request' && entry.operation.startsWith('OMA-DM') ? [entry.id] : [])),
  )
  const messages = journal.flatMap((entry) =>
    (entry.kind === 'request' || entry.kind === 'response') && ids.has(entry.id) ? [entry] : [],
  )
  const bytes = messages.reduce((sum, entry) => sum + (entry.bytes ?? 0), 0)
  return { failures, messages, bytes }
}

test('a first boot passes in WBXML, in less than half of the bytes, and its journal has XML [points 45, 49, 64]', async () => {
  const plain = await boot({})
  const { failures, messages, bytes } = await boot({ encoding: 'wbxml', requiresSigning: true })
  expect([plain.failures, failures]).toEqual([[], []])
  expect(bytes).toBeLessThan(plain.bytes / 2)
  expect(messages.length).toBeGreaterThan(4)
  for (const { headers = {}, body } of messages) {
    expect(headers['content-type']).toBe('application/vnd.syncml.dm+wbxml')
    expect(body).toMatch(/^<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr>/)
  }
  const requests = messages.filter(({ kind }) => kind === 'request')
  expect(requests.every(({ headers }) => headers?.['mdm-signature'] !== undefined)).toBe(true)
  // The token of the person is masked in the text, as it is in XML.
  const texts = messages.flatMap(({ body }) => (typeof body === 'string' ? [body] : []))
  expect(texts.filter((text) => text.includes('com.microsoft/MDM/AADUserToken')).length).toBeGreaterThan(0)
  expect(texts.filter((text) => text.includes('eyJ'))).toEqual([])
})
