import { describe, expect, test } from 'vitest'
import { decodeSyncML } from '../../../src/protocols/syncml/decode.ts'
import type { Command } from '../../../src/protocols/syncml/message.ts'
import { WBXML_CONTENT_TYPE } from '../../../src/protocols/wbxml/constants.ts'
import type { SessionRequest } from '../../../src/service/oma-dm/session-request.ts'
import { toWbxml, toXml } from '../../wbxml-tools.ts'
import { isWithout } from '../../without.ts'
import { answer, get, hold, POLICY, type Step, sent, tree } from './session-scene.ts'

const add: Command = {
  kind: 'Add',
  cmdId: '2',
  items: [{ target: POLICY, meta: { format: 'chr' }, data: 'ä & <b>' }],
}

/** As a server that has libwbxml alone would answer. */
const inWbxml =
  (step: Step): Step =>
  (message) => {
    const { status, body } = step(message)
    const headers = { 'content-type': `${WBXML_CONTENT_TYPE}; charset=utf-8` }
    return { status, headers, body: toWbxml(Buffer.from(body).toString()) }
  }

const read = (index: number) => decodeSyncML(toXml(sent[index]!.body))
const types = () => sent.map(({ headers }) => headers['content-type']!.replace('application/vnd.syncml.dm+', ''))

describe.skipIf(isWithout('wbxml2xml', 'xml2wbxml'))('with libwbxml for a server', () => {
  test('an account with DEFAULTENCODING of WBXML has its session in WBXML [point 49: libwbxml]', async () => {
    const steps = [inWbxml(answer({ commands: [add, get('3', POLICY)] })), inWbxml(answer())]
    expect(await hold(steps, { encoding: 'wbxml' })).toMatchObject({ ok: true, value: { commands: 2 } })
    expect(types()).toEqual(['wbxml', 'wbxml'])
    expect(read(0).commands.map(({ kind }) => kind)).toEqual(['Alert', 'Alert', 'Replace'])
    expect(read(1).commands).toMatchObject([
      { cmd: 'SyncHdr', data: '200' },
      { cmd: 'Add', data: '200' },
      { cmd: 'Get', data: '200' },
      { kind: 'Results', items: [{ data: 'ä & <b>', meta: { format: 'chr' } }] },
    ])
    expect(tree.read(POLICY)).toBe('ä & <b>')
  })

  test('an answer in WBXML asks for WBXML; a session begins in XML [point 49: libwbxml]', async () => {
    const steps = [inWbxml(answer({ commands: [get('2', POLICY)] })), inWbxml(answer())]
    expect(await hold(steps)).toMatchObject({ ok: true })
    expect(types()).toEqual(['xml', 'wbxml'])
    expect(read(1).commands).toMatchObject([{ cmd: 'SyncHdr' }, { cmd: 'Get', data: '404' }])
  })

  test.each<[string, Partial<SessionRequest>]>([
    ['XML', {}],
    ['WBXML', { encoding: 'wbxml' }],
  ])('an answer in XML leaves a session in %s as it is [point 49]', async (_, request) => {
    await hold([answer({ commands: [get('2', POLICY)] }), answer()], request)
    expect(new Set(types()).size).toBe(1)
  })

  test('a message in WBXML keeps to MaxMsgSize in its own bytes', async () => {
    const large = 'ü<'.repeat(2_000)
    tree.add(POLICY, 'chr', large)
    const more = inWbxml(answer())
    const steps = [
      inWbxml(answer({ commands: [get('2', POLICY)], maxMsgSize: 1_511 })),
      more,
      more,
      more,
      more,
      more,
      more,
    ]
    expect(await hold(steps, { encoding: 'wbxml' })).toMatchObject({ ok: true })
    const chunks = sent.slice(1).flatMap((_, index) => read(index + 1).commands)
    const data = chunks.map((one) => (one.kind === 'Results' ? one.items[0]!.data! : '')).join('')
    expect(data).toBe(large)
    expect(Math.max(...sent.slice(1).map(({ body }) => body.length))).toBeLessThanOrEqual(1_511)
    expect(Math.max(...sent.slice(1).map(({ body }) => body.length))).toBeGreaterThan(1_400)
  })

  test('what is called WBXML and is none ends the session with the code of its decoder', async () => {
    const spoilt: Step = (message) => ({
      ...inWbxml(answer())(message),
      body: new Uint8Array([2, 0xa4, 1, 0x6a, 0, 0x6d]),
    })
    expect(await hold([spoilt])).toMatchObject({ ok: false, trouble: { code: 'ERR_WBXML_TRUNCATED' } })
  })
})
