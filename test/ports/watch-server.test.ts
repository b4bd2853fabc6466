import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isOfThisMachine, listenForWatchers, type OnWatcher } from '../../src/ports/watch-server.ts'
import { watcherOf } from '../inspect/watcher.ts'

async function serverFor(onWatcher: OnWatcher = () => () => {}) {
  const server = await listenForWatchers(0, onWatcher)
  onTestFinished(() => server.close())
  return server
}

test('each watcher gets what it is sent, until it leaves', async () => {
  const sends = new Set<(line: string) => void>()
  let left = () => {}
  const gone = new Promise<void>((done) => {
    left = done
  })
  const { address } = await serverFor((send) => {
    send('{"type":"welcome"}')
    sends.add(send)
    return () => {
      sends.delete(send)
      left()
    }
  })
  expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
  const watchers = await Promise.all([watcherOf(address), watcherOf(address)])
  for (const send of sends) send('{"type":"later"}')
  await Promise.all(watchers.map(({ sees }) => sees(({ type }) => type === 'later')))
  expect(watchers.map(({ lines }) => lines)).toEqual([
    ['{"type":"welcome"}', '{"type":"later"}'],
    ['{"type":"welcome"}', '{"type":"later"}'],
  ])
  watchers[0]!.leave()
  await gone
  expect(sends.size).toBe(1)
})

test('the end sends what is left, and says why', async () => {
  let send: ((line: string) => void) | undefined
  const server = await serverFor((given) => {
    send = given
    return () => {}
  })
  const watcher = await watcherOf(server.address)
  const large = JSON.stringify({ type: 'large', text: 'x'.repeat(8 * 1024 * 1024) })
  send!(large)
  await server.close()
  expect(await watcher.closed).toEqual({ code: 1001, reason: 'the run has ended' })
  expect(watcher.lines).toEqual([large])
})

test('a port that is taken is infrastructure', async () => {
  const { port } = await serverFor()
  await expect(listenForWatchers(port, () => () => {})).rejects.toMatchObject({
    code: 'ERR_CANNOT_LISTEN',
    message: expect.stringContaining('another program listens there'),
  })
})

test('what is no WebSocket is answered, and gets nothing', async () => {
  const { port } = await serverFor()
  const response = await fetch(`http://127.0.0.1:${port}/`)
  expect([response.status, await response.text()]).toEqual([426, ''])
})

test('a message of a watcher changes nothing, and a large one ends it', async () => {
  const { address } = await serverFor()
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(address)
  await new Promise((opened) => socket.once('open', opened))
  socket.send('{"type":"stop"}')
  socket.send('x'.repeat(2048))
  const code = await new Promise((closed) => socket.once('close', closed))
  expect([1006, 1009]).toContain(code)
})

const foreign = Object.values(networkInterfaces())
  .flat()
  .find((one) => one && !one.internal && one.family === 'IPv4')?.address

test.skipIf(foreign === undefined)('only this machine can connect', async () => {
  const { port } = await serverFor()
  const code = await new Promise((done) => {
    const socket = connect(port, foreign!, () => done('connected'))
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code))
  })
  expect(code).toBe('ECONNREFUSED')
})

describe('a browser says which page asks', () => {
  test.each([
    ['https://stately.ai', false],
    ['https://localhost.evil.example', false],
    ['http://127.0.0.1.evil.example', false],
    ['null', false],
    ['', false],
    ['http://localhost:8080', true],
    ['http://127.0.0.1:3000', true],
    ['http://[::1]:3000', true],
    [undefined, true],
  ])('%s: %s', async (origin, isLetIn) => {
    expect(isOfThisMachine(origin)).toBe(isLetIn)
    const { address } = await serverFor()
    const watcher = watcherOf(address, origin === undefined ? {} : { headers: { origin } })
    if (isLetIn) await watcher
    else await expect(watcher).rejects.toThrow('401')
  })
})
