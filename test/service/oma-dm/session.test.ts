import { describe, expect, test } from 'vitest'
import type { OddAnswer } from '../../../src/domain/journal.ts'
import type { Command } from '../../../src/protocols/syncml/message.ts'
import { UNENROLMENT_ALERT } from '../../../src/service/oma-dm/alerts.ts'
import type { AllowedAnswers } from '../../../src/service/oma-dm/identity.ts'
import type { SessionRequest } from '../../../src/service/oma-dm/session-request.ts'
import {
  ADDRESS,
  answer,
  busy,
  encoder,
  get,
  hold,
  kinds,
  messages,
  POLICY,
  type Step,
  sent,
  text,
  tree,
  waited,
} from './session-scene.ts'

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

  const orders = (name: string) => answer({ commands: [get('2', `./DevDetail/${name}`)], final: false })
  const nothing = answer({ final: false })

  test('a server that never says Final ends the session with its second empty answer', async () => {
    expect(await hold([orders('A'), nothing, orders('B'), nothing, nothing])).toEqual({
      ok: true,
      value: { commands: 2, isAborted: false },
    })
    expect(sent).toHaveLength(5)
  })

  test('without Final the same commands take one message more than with it, and none is asked for in vain', async () => {
    const withFinal = [answer({ commands: [get('2', POLICY)] }), answer()]
    await hold(withFinal)
    expect(sent.splice(0)).toHaveLength(2)
    await hold([answer({ commands: [get('2', POLICY)], final: false }), nothing, nothing])
    expect(sent).toHaveLength(3)
    expect([1, 2].map((index) => kinds(messages.length - 3 + index))).toEqual([
      ['SyncHdr 200', 'Get 404', 'Alert 1222'],
      ['SyncHdr 200', 'Alert 1222'],
    ])
  })

  test.each<[string, Step[], RegExp, number, Partial<SessionRequest>]>([
    [
      'orders ever more',
      Array.from({ length: 600 }, (_, index) => orders(String(index))),
      /did not end within 512 messages$/,
      512,
      {},
    ],
    ['orders the same again and again', Array(100).fill(orders('A')), /ordered the same 64 times in a row$/, 64, {}],
    [
      'takes its time',
      Array.from({ length: 600 }, (_, index) => orders(String(index))),
      /did not end within 60 minutes$/,
      12,
      { now: () => sent.length * 5 * 60_000 },
    ],
  ])('a server that %s does not hold the device for ever', async (_, steps, text, messages, request) => {
    expect(await hold(steps, request)).toMatchObject({
      ok: false,
      trouble: { code: '0x80072ee2', text: expect.stringMatching(text) },
    })
    expect(sent).toHaveLength(messages)
  })
})

const STRICT: AllowedAnswers = {
  allowsOtherSessionId: false,
  allowsOtherMessageId: false,
  allowsOtherTarget: false,
  allowsUndeclaredPrefix: false,
}

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
    const heard: string[] = []
    const request = {
      allowed: { ...STRICT, [allows]: true },
      onStray: ({ text: said }: OddAnswer) => void heard.push(said),
    }
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

/** As servers in use write a format: the prefix is declared nowhere. */
const undeclared: Step = (message) => {
  const set: Command = {
    kind: 'Replace',
    cmdId: '2',
    items: [{ target: POLICY, meta: { format: 'chr', type: 'text/plain' }, data: 'x' }],
  }
  const { body, ...response } = answer({ commands: [set] })(message)
  const text = new TextDecoder().decode(body).replace(/<Format[^>]*>(.*?)<\/Format>/, '<A:Format>$1</A:Format>')
  return { ...response, body: encoder.encode(text) }
}

describe('a prefix that is declared nowhere', () => {
  test('is read where the behaviour allows it, and reported with its place', async () => {
    const heard: string[] = []
    const request = {
      allowed: { ...STRICT, allowsUndeclaredPrefix: true },
      onStray: ({ text: said }: OddAnswer) => void heard.push(said),
    }
    expect(await hold([undeclared], request)).toMatchObject({ ok: true, value: { commands: 1 } })
    expect(tree.read(POLICY)).toBe('x')
    expect(heard).toEqual([
      expect.stringMatching(
        /^the answer to message 1 of session 7 has at 1:\d+ a prefix that is declared nowhere, "A": it is read/,
      ),
    ])
  })

  test('ends the session where it does not, with line and column', async () => {
    expect(await hold([undeclared], { allowed: STRICT })).toMatchObject({
      ok: false,
      trouble: { code: 'ERR_XML_MALFORMED', text: expect.stringMatching(/1:\d+: unbound namespace prefix: "A"/) },
    })
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
