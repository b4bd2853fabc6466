import { beforeEach, describe, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import { success } from '../../src/domain/trouble.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { decodeSyncML } from '../../src/protocols/syncml/decode.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import type { Command, Meta, SyncMLMessage } from '../../src/protocols/syncml/message.ts'
import { UNENROLMENT_ALERT } from '../../src/service/dm-alerts.ts'
import type { CommandTarget } from '../../src/service/dm-commands.ts'
import type { AllowedAnswers } from '../../src/service/dm-identity.ts'
import { holdSession, type SessionRequest } from '../../src/service/dm-session.ts'

const ADDRESS = 'https://mdm.contoso.test/sync'
const POLICY = './Device/Vendor/MSFT/Policy/Config/A/B'
const encoder = new TextEncoder()

let tree: CspTree
let waited: number[]
let sent: HttpRequest[]
let messages: SyncMLMessage[]

beforeEach(() => {
  tree = new CspTree({ write: () => {} })
  waited = []
  sent = []
  messages = []
})

const target = (): CommandTarget => ({
  get: (uri) => tree.get(uri),
  add: (uri, format, value) => tree.add(uri, format, value),
  replace: (uri, format, value) => tree.replace(uri, format, value),
  delete: (uri) => tree.delete(uri),
  exec: (uri) => tree.exec(uri, () => 200),
  atomically: (act) => tree.atomically(act),
})

interface Answer {
  commands?: Command[]
  final?: boolean
  header?: { data?: string; challenge?: Meta }
  maxMsgSize?: number
  sessionId?: string
  msgId?: string
  msgRef?: string
  target?: string
}

/** A server's message: the status of the header, then its commands. */
const answer =
  ({ commands = [], final = true, header = {}, maxMsgSize, sessionId, msgId, msgRef, target: to }: Answer = {}) =>
  (message: SyncMLMessage): HttpResponse => {
    const status: Command = {
      kind: 'Status',
      cmdId: '1',
      msgRef: msgRef ?? message.header.msgId,
      cmdRef: '0',
      cmd: 'SyncHdr',
      data: '200',
      ...header,
    }
    const text = encodeSyncML({
      header: {
        sessionId: sessionId ?? message.header.sessionId,
        msgId: msgId ?? message.header.msgId,
        target: to ?? message.header.source,
        source: ADDRESS,
        ...(maxMsgSize ? { maxMsgSize } : {}),
      },
      commands: [status, ...commands],
      final,
    })
    return { status: 200, headers: {}, body: encoder.encode(text) }
  }

type Step = (message: SyncMLMessage) => HttpResponse

/** Holds a session with a server that answers like this, message by message, and has no more to say then. */
function hold(steps: Step[], request: Partial<SessionRequest> = {}) {
  const script = [...steps]
  const service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    http: {
      send: async (http: HttpRequest) => {
        sent.push(http)
        const message = decodeSyncML(http.body)
        messages.push(message)
        return success((script.shift() ?? answer())(message))
      },
    },
  }
  return holdSession(
    service,
    {
      address: ADDRESS,
      sessionId: 7,
      deviceId: 'A1B2',
      certificate: new Uint8Array([1]),
      loginStatus: 'none',
      userToken: undefined,
      devInfo: { manufacturer: 'Maker', model: 'Model', language: 'en-US' },
      alerts: [],
      wait: async (ms) => void waited.push(ms),
      now: () => Date.parse('2026-11-22T10:00:00Z'),
      ...request,
    },
    target(),
  )
}

const get = (cmdId: string, uri: string): Command => ({ kind: 'Get', cmdId, items: [{ target: uri }] })
const busy =
  (headers: Record<string, string>): Step =>
  () => ({ status: 429, headers, body: new Uint8Array(0) })
const text = (index: number) => new TextDecoder().decode(sent[index]!.body)
const kinds = (index: number) =>
  messages[index]!.commands.map((one) =>
    one.kind === 'Status' ? `${one.cmd} ${one.data}` : one.kind === 'Alert' ? `Alert ${one.data}` : one.kind,
  )

describe('messages', () => {
  test('the first package, in order, numbered from 2 [points 30, 31, 32]', async () => {
    await hold([], { userToken: 'token', alerts: [UNENROLMENT_ALERT], loginStatus: 'user' })
    const [first] = messages
    expect(first!.commands.map(({ cmdId }) => cmdId)).toEqual(['2', '3', '4', '5', '6'])
    expect(kinds(0)).toEqual(['Alert 1201', 'Alert 1224', 'Alert 1224', 'Alert 1226', 'Replace'])
    const info = first!.commands.at(-1)
    expect(info?.kind === 'Replace' && info.items.map(({ source }) => source)).toEqual(
      ['DevId', 'Man', 'Mod', 'DmV', 'Lang'].map((name) => `./DevInfo/${name}`),
    )
    expect(first).toMatchObject({ header: { msgId: '1', sessionId: '7' }, final: true })
  })

  test.each([
    [ADDRESS, `${ADDRESS}?mode=Maintenance&Platform=WoA`],
    [`${ADDRESS}?a=1`, `${ADDRESS}?a=1&mode=Maintenance&Platform=WoA`],
  ])('%s is posted to with its mode [point 28]', async (address, url) => {
    await hold([], { address })
    expect(sent[0]!.url).toBe(url)
    expect(messages[0]!.header.target).toBe(address)
  })

  test('a push of the server begins with 1200 [points 30, 48]', async () => {
    await hold([], { startedBy: 'server' })
    expect(kinds(0)[0]).toBe('Alert 1200')
  })

  test('a good status of the header alone is not sent: the session is over [point 34]', async () => {
    expect(await hold([])).toEqual({ ok: true, value: { commands: 0, isAborted: false } })
    expect(sent).toHaveLength(1)
  })

  test('answers name the received message id, however the server counts, and begin at 1 [points 33, 35]', async () => {
    const steps = [answer({ commands: [get('2', './DevInfo/X')], msgId: '41' }), answer({ msgId: '42' })]
    expect(await hold(steps)).toMatchObject({ ok: true })
    expect(messages[1]!.header.msgId).toBe('2')
    expect(messages[1]!.commands).toMatchObject([
      { cmdId: '1', msgRef: '41', cmd: 'SyncHdr' },
      { cmdId: '2', msgRef: '41', cmd: 'Get', data: '404' },
    ])
  })

  test('1223 ends the session without an answer [point 42]', async () => {
    const abort: Command = { kind: 'Alert', cmdId: '2', data: '1223', items: [] }
    expect(await hold([answer({ commands: [abort, get('3', POLICY)] })])).toMatchObject({
      ok: true,
      value: { isAborted: true },
    })
    expect(sent).toHaveLength(1)
  })

  test('alerts that a command gives rise to go with its status', async () => {
    const alerts = [UNENROLMENT_ALERT]
    await hold([answer({ commands: [get('2', POLICY)] })], { furtherAlerts: () => alerts.splice(0) })
    expect(kinds(1)).toEqual(['SyncHdr 200', 'Get 404', 'Alert 1226'])
    expect(sent).toHaveLength(2)
  })

  test.each([
    [undefined, 'x:originalerror="0x86000002">404'],
    [3, 'x:originalerror="0x86000002">404'],
    [2, '<Data>404'],
  ])('with SyncApplicationVersion %s a 404 is written so', async (applicationVersion, expected) => {
    await hold([answer({ commands: [get('2', POLICY)] })], { applicationVersion })
    expect(text(1).replace('msft:', 'x:')).toContain(expected)
    expect(text(0).includes('xmlns:msft')).toBe(applicationVersion !== 2)
  })

  test('a server without an end does not hold the device for ever', async () => {
    const steps = Array.from({ length: 600 }, () => answer({ commands: [get('2', POLICY)] }))
    expect(await hold(steps)).toMatchObject({ ok: false, trouble: { code: '0x80072ee2' } })
    expect(sent).toHaveLength(512)
  })
})

describe('an answer to something else', () => {
  const add = (cmdId: string): Command => ({ kind: 'Add', cmdId, items: [{ target: POLICY, data: 'x' }] })
  const work = { commands: [get('2', './DevInfo/X')] }
  const stray: [string, Step[], keyof AllowedAnswers, string, RegExp][] = [
    [
      'another SessionID',
      [answer({ commands: [add('2')], sessionId: '77', msgId: '999' })],
      'allowsOtherSessionId',
      'ERR_SYNCML_OTHER_SESSION',
      /^the answer to message 1 of session 7 has the SessionID "77", where 7 is expected/,
    ],
    [
      'another Target',
      [answer({ commands: [add('2')], target: 'FFFF' })],
      'allowsOtherTarget',
      'ERR_SYNCML_OTHER_DEVICE',
      /has the Target "FFFF", where this device, A1B2, is expected/,
    ],
    [
      'the MsgID of the answer before',
      [answer({ ...work, msgId: '5' }), answer({ commands: [add('2')], msgId: '5' })],
      'allowsOtherMessageId',
      'ERR_SYNCML_REPLAY',
      /^the answer to message 2 of session 7 has the MsgID "5", where more than 5 is expected/,
    ],
    [
      'a MsgID below that of the answer before',
      [answer({ ...work, msgId: '10' }), answer({ commands: [add('2')], msgId: '9' })],
      'allowsOtherMessageId',
      'ERR_SYNCML_REPLAY',
      /has the MsgID "9", where more than 10 is expected/,
    ],
    [
      'a MsgID that is no number',
      [answer({ commands: [add('2')], msgId: 'one\u202e' })],
      'allowsOtherMessageId',
      'ERR_SYNCML_REPLAY',
      /has the MsgID "one\ufffd", where a number is expected/,
    ],
    [
      'the status of another message',
      [answer(work), answer({ commands: [add('2')], msgRef: '1' })],
      'allowsOtherMessageId',
      'ERR_SYNCML_OTHER_MESSAGE',
      /^the answer to message 2 of session 7 has the MsgRef "1", where 2 is expected/,
    ],
  ]

  test.each(stray)('with %s ends the session, and nothing of it is carried out', async (_, steps, __, code, text) => {
    const end = await hold(steps)
    expect(end).toMatchObject({ ok: false, trouble: { code, text: expect.stringMatching(text) } })
    expect(!end.ok && end.trouble.text).toMatch(/: none of its commands is carried out$/)
    expect(tree.read(POLICY)).toBeUndefined()
    expect(sent).toHaveLength(steps.length)
  })

  test.each(stray)('with %s is carried out where the behaviour allows it, and reported', async (...row) => {
    const [, steps, allows, code, text] = row
    const allowed = { allowsOtherSessionId: false, allowsOtherMessageId: false, allowsOtherTarget: false }
    const heard: string[] = []
    const request = { allowed: { ...allowed, [allows]: true }, onStray: (said: string) => void heard.push(said) }
    expect(await hold([...steps, answer({ msgId: '1000' })], request)).toMatchObject({ ok: true })
    expect(tree.read(POLICY)).toBe('x')
    expect(heard[0]!.startsWith(`${code} `)).toBe(true)
    expect(heard[0]!.slice(code.length + 1)).toMatch(text)
  })

  test.each([
    ['another spelling of a number and of the device', { sessionId: '007', target: 'a1b2' }],
    ['no Target at all', { target: '' }],
  ])('is not one with %s', async (_, header) => {
    expect(await hold([answer({ commands: [add('2')], ...header })])).toMatchObject({ ok: true })
    expect(tree.read(POLICY)).toBe('x')
  })
})

describe('a busy server', () => {
  test('gets the same message again after the seconds that it names [point 43]', async () => {
    expect(await hold([busy({ 'retry-after': '120' })])).toMatchObject({ ok: true })
    expect(waited).toEqual([120_000])
    expect(sent.map((_, index) => text(index))).toEqual([text(0), text(0)])
    expect(messages.map(({ header }) => header.msgId)).toEqual(['1', '1'])
  })

  test.each([
    ['a date', { 'retry-after': 'Sun, 22 Nov 2026 10:01:30 GMT' }, 90_000],
    ['a date that is over', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, 0],
    ['nothing', {}, 60_000],
    ['nonsense', { 'retry-after': 'later' }, 60_000],
  ])('may name %s', async (_, headers, ms) => {
    await hold([busy(headers as Record<string, string>)])
    expect(waited).toEqual([ms])
  })

  test('is given up when it never has time', async () => {
    const steps = Array.from({ length: 20 }, () => busy({ 'retry-after': '1' }))
    expect(await hold(steps)).toMatchObject({ ok: false, trouble: { code: 'ERR_HTTP_429' } })
    expect(waited).toHaveLength(10)
  })
})

describe('MD5', () => {
  const md5 = { name: 'Bruce2', password: 'OhBehave', nonce: Buffer.from('Nonce').toString('base64') }
  const challenge = (nonce?: string, data = '401', type = 'syncml:auth-md5'): Step =>
    answer({
      header: {
        data,
        challenge: {
          format: 'b64',
          type,
          ...(nonce ? { nextNonce: Buffer.from(nonce).toString('base64') } : {}),
        },
      },
    })
  const credentials = () => messages.map(({ header }) => header.credential?.data)

  test('is not shown before the server asks', async () => {
    await hold([], { md5 })
    expect(credentials()).toEqual([undefined])
  })

  test.each(['401', '407'])(
    '%s: the same commands again, with the digest of the published example [point 29: published example]',
    async (data) => {
      expect(await hold([challenge(undefined, data)], { md5 })).toMatchObject({ ok: true })
      expect(credentials()).toEqual([undefined, 'Zz6EivR3yeaaENcRN6lpAQ=='])
      expect(messages[1]!.header).toMatchObject({
        msgId: '2',
        credential: { meta: { format: 'b64', type: 'syncml:auth-md5' } },
      })
      expect(kinds(1)).toEqual(kinds(0))
    },
  )

  test('another nonce is another digest, and is kept [point 29]', async () => {
    const kept: string[] = []
    await hold([challenge('other')], { md5, keepNonce: (nonce) => kept.push(nonce) })
    expect(credentials()[1]).not.toBe('Zz6EivR3yeaaENcRN6lpAQ==')
    expect(kept).toEqual([Buffer.from('other').toString('base64')])
  })

  test('200 is for this message alone, 212 for the session [point 29]', async () => {
    const work = { commands: [get('2', POLICY)] }
    await hold([challenge(), answer(work), answer({ ...work, header: { data: '212' } }), answer(work)], { md5 })
    expect(credentials().map((one) => one !== undefined)).toEqual([false, true, true, false, false])
  })

  test('with 200 comes the nonce of the next message', async () => {
    const next = { type: 'syncml:auth-md5', nextNonce: Buffer.from('next').toString('base64') }
    const work = { commands: [get('2', POLICY)] }
    await hold([challenge(), answer({ ...work, header: { data: '200', challenge: next } })], { md5 })
    expect(credentials()[2]).toEqual(expect.any(String))
    expect(credentials()[2]).not.toBe(credentials()[1])
  })

  test('a stale nonce is worth a second try, a wrong password no third', async () => {
    expect(await hold([challenge('a'), challenge('b'), challenge('c')], { md5 })).toMatchObject({
      ok: false,
      trouble: { code: '0x87d10191' },
    })
    expect(new Set(credentials()).size).toBe(3)
  })

  test.each<[string, Step, Partial<SessionRequest>]>([
    ['an account without a secret', challenge('a'), {}],
    ['another kind of authentication', challenge(undefined, '401', 'syncml:auth-basic'), { md5 }],
    ['a refusal', answer({ header: { data: '403' } }), { md5 }],
  ])('%s ends the session', async (_, step, request) => {
    expect(await hold([step], request)).toMatchObject({ ok: false, trouble: { code: /^0x87d1019[13]$/ } })
    expect(sent).toHaveLength(1)
  })
})

describe('large objects', () => {
  const chunk = (cmdId: string, data: string, more: boolean, size?: string): Command => ({
    kind: 'Add',
    cmdId,
    items: [{ target: POLICY, ...(size ? { meta: { size } } : {}), data, ...(more ? { moreData: true } : {}) }],
  })

  test('from the server: 213 and 1222 for each chunk, then the status of the whole [point 44]', async () => {
    const end = await hold([
      answer({ commands: [chunk('2', 'abc', true, '9')], final: false }),
      answer({ commands: [chunk('2', 'def', true)], final: false }),
      answer({ commands: [chunk('2', 'ghi', false)] }),
    ])
    expect(end).toMatchObject({ ok: true })
    expect([1, 2, 3].map(kinds)).toEqual([
      ['SyncHdr 200', 'Add 213', 'Alert 1222'],
      ['SyncHdr 200', 'Add 213', 'Alert 1222'],
      ['SyncHdr 200', 'Add 200'],
    ])
    expect(messages.map(({ final }) => final)).toEqual([true, false, false, true])
    expect(tree.read(POLICY)).toBe('abcdefghi')
  })

  test('from the server: an end that never comes is 1225, and nothing is written [point 44]', async () => {
    await hold([
      answer({ commands: [chunk('2', 'abc', true, '9')], final: false }),
      answer({ commands: [get('2', './DevInfo/X')] }),
    ])
    expect(kinds(2)).toEqual(['SyncHdr 200', 'Alert 1225', 'Get 404'])
    expect(tree.read(POLICY)).toBeUndefined()
  })

  test('from the server: another length than it said is 424, and nothing is written [point 44]', async () => {
    await hold([
      answer({ commands: [chunk('2', 'abc', true, '9')], final: false }),
      answer({ commands: [chunk('2', 'def', false)] }),
    ])
    expect(kinds(2)).toEqual(['SyncHdr 200', 'Add 424'])
    expect(tree.read(POLICY)).toBeUndefined()
  })

  /** A server that puts together what it gets in chunks. */
  async function collect(value: string, maxMsgSize: number) {
    tree.add(POLICY, 'chr', value)
    const next: Step = (message) =>
      answer({
        commands: message.final ? [] : [{ kind: 'Alert', cmdId: '2', data: '1222', items: [] }],
        maxMsgSize,
      })(message)
    const steps = Array.from({ length: 400 }, () => next)
    const end = await hold([answer({ commands: [get('2', POLICY)], maxMsgSize }), ...steps])
    const chunks = messages
      .slice(1)
      .flatMap(({ commands }) => commands.flatMap((one) => (one.kind === 'Results' ? one.items : [])))
    return { end, chunks }
  }

  test.each([1511, 2000])(
    'to the server: no message is longer than %s bytes, and nothing is lost [point 44]',
    async (max) => {
      const value = '<é&"\n😀>'.repeat(700)
      const { end, chunks } = await collect(value, max)
      expect(end).toMatchObject({ ok: true })
      expect(Math.max(...sent.slice(1).map(({ body }) => body.length))).toBeLessThanOrEqual(max)
      expect(chunks.map(({ data }) => data).join('')).toBe(value)
      expect(chunks[0]!.meta?.size).toBe(String(Buffer.byteLength(value)))
      expect(chunks.slice(1).some(({ meta }) => meta?.size !== undefined)).toBe(false)
      expect(chunks.map(({ moreData }) => moreData === true)).toEqual(
        chunks.map((_, index) => index < chunks.length - 1),
      )
      expect(messages.slice(1).map(({ final }) => final)).toEqual(
        messages.slice(1).map((_, index) => index === messages.length - 2),
      )
    },
  )

  test('to the server: what fits goes in one message', async () => {
    const { chunks } = await collect('short', 1511)
    expect(chunks).toMatchObject([{ data: 'short' }])
    expect(sent).toHaveLength(2)
  })

  test('to the server: statuses are spread over messages too', async () => {
    const gets = Array.from({ length: 60 }, (_, index) => get(String(index + 2), `${POLICY}${index}`))
    const next: Step = (message) =>
      answer({ commands: message.final ? [] : [{ kind: 'Alert', cmdId: '2', data: '1222', items: [] }] })(message)
    await hold([answer({ commands: gets, maxMsgSize: 1511 }), ...Array.from({ length: 30 }, () => next)])
    const refs = messages
      .slice(1)
      .flatMap(({ commands }) => commands.flatMap((one) => (one.kind === 'Status' && one.cmd === 'Get' ? [one] : [])))
    expect(refs.map(({ cmdRef }) => cmdRef)).toEqual(gets.map(({ cmdId }) => cmdId))
    expect(refs.every(({ msgRef }) => msgRef === '1')).toBe(true)
    expect(Math.max(...sent.slice(1).map(({ body }) => body.length))).toBeLessThanOrEqual(1511)
    expect(sent.length).toBeGreaterThan(4)
  })

  test('a limit that holds nothing ends as any session without an end', async () => {
    const { end } = await collect('x'.repeat(50), 10)
    expect(end).toMatchObject({ ok: false, trouble: { code: '0x80072ee2' } })
  })
})
