import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/domain/http.ts'
import type { JournalEntry } from '../../src/domain/journal.ts'
import { type Change, played } from './played.ts'

/** Ids of a channel in their order, and the last sentence. */
function logged(journal: readonly JournalEntry[], channel: RegExp) {
  const logs = journal.flatMap((entry) => (entry.kind === 'log' && channel.test(entry.channel) ? [entry] : []))
  return { ids: logs.map(({ id }) => id), last: logs.at(-1)?.text }
}

const REGISTRATION = /User Device Registration/

test('a join logs both halves: its discovery, and the request with its answer', async () => {
  const { journal } = await played('win32-app-fails')
  expect(logged(journal, REGISTRATION).ids).toEqual([100, 101, 102, 103, 104, 105, 106])
})

test('a join that is refused has its code and the sentence of the service', async () => {
  const { journal } = await played('joining-not-allowed')
  const { ids, last } = logged(journal, REGISTRATION)
  expect(ids).toEqual([100, 101, 102, 103, 204])
  expect(last).toBe(
    'The get join response operation callback failed with exit code: 0x801c0003. Server response was: users may not join devices to this organization',
  )
})

/** Requests that this fits are answered with 503. */
const busy = (isIt: (request: HttpRequest) => boolean): Change => ({
  wrap: (transport) => (request, peer, signal) =>
    isIt(request)
      ? Promise.resolve({ status: 503, headers: {}, body: new Uint8Array() })
      : transport(request, peer, signal),
})

test('a discovery that fails ends it', async () => {
  const { journal } = await played(
    'win32-app-fails',
    busy(({ url }) => url.includes('/enrollmentserver/contract')),
  )
  const { ids, last } = logged(journal, REGISTRATION)
  expect([ids.slice(0, 2), last]).toEqual([
    [100, 201],
    'The discovery operation callback failed with exit code: 0x801c0025.',
  ])
})

test('a token that Entra refuses has its number, and one that does not come a code of Windows', async () => {
  const refused = await played('conditional-access-at-the-enrolment')
  const { ids, last } = logged(refused.journal, /Windows-AAD/)
  expect([ids, last]).toEqual([[1081], expect.stringMatching(/^OAuth response error: AADSTS53000: /)])
  const asksNonce = ({ body }: HttpRequest) => new TextDecoder().decode(body).includes('grant_type=srv_challenge')
  const away = await played('win32-app-fails', busy(asksNonce))
  expect(logged(away.journal, /Windows-AAD/)).toMatchObject({
    ids: expect.arrayContaining([1098]),
    last: 'Error: 0x801901f7 Token broker operation failed.',
  })
})
