import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { Transport } from '../../src/ports/http.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/** Adds a command to one answer of the management server, and to no other. */
const withCommand =
  (command: string) =>
  (transport: Transport): Transport => {
    let isDone = false
    return async (request, peer, signal) => {
      const response = await transport(request, peer, signal)
      const text = new TextDecoder().decode(response.body)
      if (isDone || !request.url.includes('/devicemanagement/') || !text.includes('ExpectedPolicies')) return response
      isDone = true
      return { ...response, body: new TextEncoder().encode(text.replace('<Final', `${command}<Final`)) }
    }
  }

const exec = (uri: string): string =>
  `<Exec><CmdID>900</CmdID><Item><Target><LocURI>./Device/Vendor/MSFT/${uri}</LocURI></Target></Item></Exec>`

async function play(uri: string) {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  return runScenario(scenario!, { seed: 1, transport: 'direct', wrap: withCommand(exec(uri)) })
}

const powerOf = (journal: readonly JournalEntry[]): string[] =>
  journal.flatMap((entry) => (entry.kind === 'power' ? [entry.event] : []))

test('a wipe takes the device back to the beginning of the out-of-box experience', async () => {
  const { journal } = await play('RemoteWipe/doWipe')
  expect(powerOf(journal)).toContain('reset')
  const after = journal.slice(journal.findIndex((entry) => entry.kind === 'power' && entry.event === 'reset'))
  expect(after.some((entry) => entry.kind === 'screen' && 'screen' in entry && entry.screen.page === 'region')).toBe(
    true,
  )
})

test('a restart finds the device enrolled, and its sessions go on', async () => {
  const { journal } = await play('Reboot/RebootNow')
  const at = journal.findIndex(
    (entry) => entry.kind === 'power' && entry.reason === 'the management server asked for it',
  )
  const asked = journal.slice(at).flatMap((entry) => (entry.kind === 'request' ? [entry.operation] : []))
  expect(at).toBeGreaterThan(0)
  expect(asked).toContainEqual(expect.stringMatching(/^OMA-DM session 2 /))
  expect(asked.filter((operation) => operation.startsWith('MS-WSTEP'))).toEqual([])
})

test('an unenrolment leaves the device unmanaged, and without sessions', async () => {
  const { journal, outcome } = await play('DMClient/Unenroll')
  expect(outcome).toMatchObject({ kind: 'desktop', managed: false })
  const sessions = journal.flatMap((entry) =>
    entry.kind === 'request' && entry.operation.startsWith('OMA-DM') ? [entry.operation.split(' ')[2]] : [],
  )
  expect(new Set(sessions)).toEqual(new Set(['1']))
})
