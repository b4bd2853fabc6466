import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { takeAnswers } from '../../src/mock-service/oma-dm/answers.ts'
import { beginSession, nextBatch } from '../../src/mock-service/oma-dm/device-session.ts'
import { type ManagedDevice, newDevice } from '../../src/mock-service/oma-dm/managed-device.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import type { Command } from '../../src/protocols/syncml/message.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'

const { tenant } = startTenant(
  {
    definition: loadTenantFile('contoso-school'),
    endpoints: MOCK_ENDPOINTS,
    keys: derivedKeys,
    ids: seededIds(seededChance(1, 'service')),
    registered: () => [],
  },
  () => 0,
)
const enrolled = { entDmId: '1', deviceId: '2', deviceName: 'CLS-1', upn: '', registered: undefined, contentUrl: '' }

const urisOf = (commands: readonly Command[]) =>
  commands.flatMap((command) => ('items' in command ? command.items.map(({ target }) => target) : []))

const statusesOf = (commands: readonly Command[], msgRef: string): Command[] =>
  commands.map(({ cmdId }, index) => ({
    kind: 'Status',
    cmdId: String(index + 1),
    msgRef,
    cmdRef: cmdId!,
    cmd: 'Replace',
    data: '200',
  }))

test('orders whose answer never came are said again in the next session, the others are not', () => {
  const device = newDevice(enrolled, 0)
  beginSession(device, tenant, 'device')
  const first = nextBatch(device, '1', 2).commands
  takeAnswers(device, statusesOf(first, '1'))
  const lost = nextBatch(device, '2', 2).commands
  expect([first.length > 0, lost.length > 0]).toEqual([true, true])
  beginSession(device, tenant, 'device')
  expect(urisOf(nextBatch(device, '1', 2).commands)).toEqual(urisOf(lost))
})

const PERSON = /^\.\/User\//

/** All that the server says in one session, answered well. */
function sessionOf(device: ManagedDevice, login: string, upn?: string): string[] {
  beginSession(device, tenant, login, upn)
  const said: string[] = []
  for (let msgId = 1; ; msgId++) {
    const { commands } = nextBatch(device, String(msgId), 2)
    if (commands.length === 0) return said
    takeAnswers(device, statusesOf(commands, String(msgId)))
    said.push(...urisOf(commands).filter((uri) => uri !== undefined))
  }
}

test('orders for a person whose answer never came wait for that person', () => {
  const [alice, ben] = ['alice@contoso.example', 'ben@contoso.example']
  const device = newDevice({ ...enrolled, upn: alice }, 0)
  sessionOf(device, 'none')
  beginSession(device, tenant, 'user', alice)
  const lost = urisOf(nextBatch(device, '1', 2).commands)
  expect(lost.every((uri) => PERSON.test(uri ?? ''))).toBe(true)

  const calm = newDevice({ ...enrolled, upn: alice }, 0)
  sessionOf(calm, 'none')
  // Each gets the whole of it once, and what is left for one is not given to the other.
  expect(sessionOf(device, 'none')).toEqual([])
  const ofBen = sessionOf(device, 'user', ben)
  expect(sessionOf(device, 'user', alice)).toEqual(sessionOf(calm, 'user', alice))
  expect(ofBen).toEqual(sessionOf(calm, 'user', ben))
})

test('a session without a token, of a device that enrolled without a user, is of no person', () => {
  const device = newDevice(enrolled, 0)
  expect(sessionOf(device, 'user').filter((uri) => PERSON.test(uri))).toEqual([])
})
