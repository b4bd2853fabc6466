import { expect, test } from 'vitest'
import {
  type CertificateStep,
  type CertificateTry,
  certificatesMachine,
} from '../../../machines/management/certificates.ts'
import { everyMove, firstContext, type Moves, NETWORK_EVENTS, play, replies, stateOf } from '../scene.ts'

const ordered = { type: 'certificates.ordered' } as const
const due: CertificateStep = { kind: 'due', order: {} }
const later: CertificateStep = { kind: 'later', waitMs: 300_000 }
const none: CertificateStep = { kind: 'none' }

async function start(steps: CertificateStep[], tries: CertificateTry[], ...moves: Moves<typeof certificatesMachine>) {
  const next = replies<CertificateStep>(...steps)
  const request = replies<CertificateTry, object>(...tries)
  let finished = 0
  const machine = certificatesMachine.provide({
    actors: { nextCertificate: next.logic, requestCertificate: request.logic },
    actions: { tellFinished: () => void finished++ },
  })
  const scene = await play(machine, undefined, ...moves)
  return { state: stateOf(scene), finished, requests: request.asked.length }
}

test.each<[string, CertificateStep[], CertificateTry[], Moves<typeof certificatesMachine>, object]>([
  ['nothing is to be asked for', [none], [], [], { state: 'idle', finished: 0, requests: 0 }],
  [
    'a certificate comes, and is reported',
    [due, none],
    [{ kind: 'settled' }],
    [],
    { state: 'idle', finished: 1, requests: 1 },
  ],
  [
    'the authority has not decided',
    [due, later],
    [{ kind: 'waits' }],
    [],
    { state: 'waiting', finished: 0, requests: 1 },
  ],
  ['its time has not come', [later], [], [299_999], { state: 'waiting', finished: 0, requests: 0 }],
  ['its time has come', [later, due], [], [300_000], { state: 'requesting', finished: 0, requests: 1 }],
  [
    'a network that is back is tried at once',
    [later, due],
    [],
    [NETWORK_EVENTS['network.restored']],
    { state: 'requesting', finished: 0, requests: 1 },
  ],
  ['another one is ordered', [none, due], [], [ordered], { state: 'requesting', finished: 0, requests: 1 }],
])('%s', async (_, steps, tries, moves, expected) => {
  expect(await start(steps, tries, ...moves)).toEqual(expected)
})

everyMove(certificatesMachine, {
  context: firstContext(certificatesMachine, undefined),
  events: { ordered, ...NETWORK_EVENTS },
  moves: {
    looking: { ordered: 'looking' },
    requesting: {},
    waiting: { ordered: 'looking', 'network.restored': 'looking' },
    idle: { ordered: 'looking' },
  },
})
