import { describe, expect, test } from 'vitest'
import type { Command } from '../../../src/protocols/syncml/message.ts'
import { answer, get, hold, kinds, messages, POLICY, type Step, sent, tree } from './session-scene.ts'

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
