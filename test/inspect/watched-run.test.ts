import { describe, expect, onTestFinished, test } from 'vitest'
import { openInspection } from '../../src/cli/inspection.ts'
import type { Secret } from '../../src/domain/secret.ts'
import { journalText } from '../../src/journal/writer.ts'
import type { Transport } from '../../src/ports/http.ts'
import { playSealed } from '../../src/scenario/run-scenario.ts'
import { formsOf } from '../forms-of.ts'
import { recordOf, sealedScenario } from '../run/recorded.ts'
import { type Message, watcherOf } from './watcher.ts'

/** Runs with each kind of secret: Wi-Fi keys, passwords that are wrong and right, second proofs, tokens, client certificates. */
const SCENARIOS = [
  'surface-wifi-happy-path',
  'wrong-password',
  'wifi-wrong-key',
  'second-user',
  'federated-sign-in',
  'multifactor-number-match',
  'terms-of-use',
  'self-deploying-ethernet',
  'reboot-during-device-setup',
]

const TOKENS = /"(?:access_token|refresh_token|id_token|deviceToken)"\s*:\s*"([^"]+)"/g

/** Plays a scenario with a watcher from the beginning. Tokens are what the services have sent, as it was on the wire. */
async function watched(name: string) {
  const inspection = await openInspection(0)
  onTestFinished(inspection.close)
  const watcher = await watcherOf(inspection.address)
  const sealed = sealedScenario(name)
  const tokens = new Set<string>()
  const noting =
    (transport: Transport): Transport =>
    async (...asked) => {
      const answer = await transport(...asked)
      for (const [, token] of Buffer.from(answer.body).toString().matchAll(TOKENS)) tokens.add(token!)
      return answer
    }
  const { journal } = await playSealed(sealed, {
    transport: 'direct',
    wrap: noting,
    onInspection: inspection.onInspection,
  })
  await inspection.close()
  await watcher.closed
  return { text: journalText(journal), lines: watcher.lines, secrets: Object.values(sealed.vault), tokens: [...tokens] }
}

describe.each(SCENARIOS)('%s, watched over a socket', { timeout: 60_000 }, (name) => {
  test('has the same journal, byte by byte, and leaves no secret', async () => {
    const { text, lines, secrets, tokens } = await watched(name)
    expect(text).toBe((await recordOf(sealedScenario(name))).text)
    const messages = lines.map((line) => JSON.parse(line) as Message)
    expect(messages[0]).toMatchObject({ type: '@xstate.actor', snapshot: { status: 'active' } })
    expect(messages.at(-1)).toMatchObject({ type: '@xstate.snapshot', snapshot: { status: 'done' } })
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(['@xstate.actor', '@xstate.event', '@xstate.snapshot']),
    )
    expect(tokens.length).toBeGreaterThan(0)
    const sent = lines.join('\n')
    for (const secret of [...secrets, ...tokens]) {
      for (const form of formsOf(secret)) expect(sent.includes(form), `${secret} as ${form}`).toBe(false)
    }
    expect(sent).not.toMatch(/eyJ[\w-]{20}/)
  })
})

test('secrets come by, and only masks are left of them', async () => {
  const seen = new Set<string>()
  const sealed = sealedScenario('wrong-password')
  await playSealed(sealed, {
    transport: 'direct',
    onInspection: (inspection) => {
      if (inspection.type !== '@xstate.event') return
      const { secrets = {} } = inspection.event as { secrets?: Record<string, Secret> }
      for (const secret of Object.values(secrets)) seen.add(secret.reveal())
    },
  })
  expect(Object.values(sealed.vault).filter((secret) => seen.has(secret)).length).toBeGreaterThan(1)
  const { lines } = await watched('wrong-password')
  expect(lines.filter((line) => /"secrets":\{"\w+":"•••"/.test(line)).length).toBeGreaterThan(1)
})
