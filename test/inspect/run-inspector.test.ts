import { createInspector, createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect'
import { expect, onTestFinished, test } from 'vitest'
import { assign, createActor, fromCallback, fromPromise, type InspectionEvent, setup } from 'xstate'
import { Secret } from '../../src/domain/secret.ts'
import { RunInspector } from '../../src/inspect/run-inspector.ts'
import { KnownSecrets } from '../../src/journal/known-secrets.ts'
import { listenForWatchers } from '../../src/ports/watch-server.ts'
import type { Message } from './watcher.ts'

/** A statechart that runs each kind of actor. */
const child = setup({}).createMachine({
  id: 'child',
  initial: 'open',
  states: { open: { on: { shut: 'shut' } }, shut: { type: 'final' } },
})
const machine = setup({
  types: {} as { context: { seen: unknown }; events: { type: 'go'; field: unknown } | { type: 'shut' } },
  actors: { child, ask: fromPromise<string>(() => Promise.resolve('answer')), watch: fromCallback(() => {}) },
  actions: { see: assign({ seen: ({ event }) => event }) },
}).createMachine({
  id: 'parent',
  context: { seen: null },
  invoke: { id: 'watcher', src: 'watch' },
  initial: 'waiting',
  states: {
    waiting: { on: { go: { actions: 'see', target: 'asking' } } },
    asking: { invoke: { id: 'ask', src: 'ask', onDone: 'holding' } },
    holding: { invoke: { id: 'child', src: 'child', onDone: 'waiting' } },
  },
})

const none = new KnownSecrets()

/** Plays it once around, with an inspector. Timers of the platform are let run, for inspectors that use them. */
async function play(inspect: (event: InspectionEvent) => void, field: unknown = 'x'): Promise<void> {
  const actor = createActor(machine, { inspect })
  actor.start()
  actor.send({ type: 'go', field })
  await settled()
  const inner = actor.getSnapshot().children.child
  inner?.send({ type: 'shut' })
  await settled()
  actor.stop()
}

const settled = () => new Promise<void>((done) => setTimeout(done, 0))

const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Message)

test("says what Stately's own inspector says, message by message", async () => {
  const theirs: StatelyInspectionEvent[] = []
  const inspector = createInspector({ send: (event) => void theirs.push(event) }, { serializationDepthLimit: 50 })
  const ours: string[] = []
  const run = new RunInspector(() => 0)
  run.watch((line) => ours.push(line))
  await play((event) => {
    inspector.inspect.next?.(event)
    run.take(event, none)
  })
  await settled()
  // Theirs reads an actor some time later, and has another clock.
  const comparable = (messages: readonly object[]) =>
    messages.map((message) => {
      const { createdAt, definition, snapshot, ...rest } = JSON.parse(JSON.stringify(message)) as Record<
        string,
        unknown
      >
      expect(createdAt).toMatch(/^\d+$/)
      return {
        ...rest,
        ...(typeof definition === 'string' ? { definition: JSON.parse(definition) as unknown } : { snapshot }),
      }
    })
  expect(theirs.length).toBeGreaterThan(12)
  expect(new Set(theirs.map(({ type }) => type)).size).toBe(3)
  expect(comparable(parsed(ours))).toEqual(comparable(theirs))
})

test("reaches Stately's own receiver over a socket", async () => {
  const run = new RunInspector(() => 0)
  const server = await listenForWatchers(0, (send) => run.watch(send))
  onTestFinished(server.close)
  const actor = createActor(machine, { inspect: (event) => run.take(event, none) })
  actor.start()
  const received = new Promise<StatelyInspectionEvent>((done) => {
    createWebSocketReceiver({ server: server.address }).subscribe(done)
  })
  expect(await received).toMatchObject({ type: '@xstate.actor', name: 'parent', snapshot: { value: 'waiting' } })
  actor.stop()
})

test('who comes late gets each living actor with its state, and then what happens', async () => {
  const run = new RunInspector(() => 0)
  const actor = createActor(machine, { inspect: (event) => run.take(event, none) })
  actor.start()
  actor.send({ type: 'go', field: 'x' })
  await settled()
  const lines: string[] = []
  const leave = run.watch((line) => lines.push(line))
  expect(
    parsed(lines).map(({ type, name, snapshot }) => [type, name, (snapshot as { value?: unknown }).value]),
  ).toEqual([
    ['@xstate.actor', actor.id === actor.sessionId ? 'parent' : actor.id, 'holding'],
    ['@xstate.actor', 'watcher', undefined],
    ['@xstate.actor', 'child', 'open'],
  ])
  const before = lines.length
  actor.getSnapshot().children.child!.send({ type: 'shut' })
  expect(parsed(lines.slice(before)).map(({ type }) => type)).toContain('@xstate.snapshot')
  leave()
  const after = lines.length
  actor.send({ type: 'go', field: 'y' })
  expect(lines.length).toBe(after)
  actor.stop()
})

test('the next power-on begins anew', () => {
  const run = new RunInspector(() => 0)
  for (const _ of [1, 2]) createActor(machine, { inspect: (event) => run.take(event, none) }).start()
  const lines: string[] = []
  run.watch((line) => lines.push(line))
  expect(parsed(lines).map(({ name }) => name)).toEqual(['parent', 'watcher'])
})

test('a secret is in no message, whatever holds it; the words of a chart stay', async () => {
  const secrets = new KnownSecrets()
  const known = 'correct horse & <battery>'
  // Words of the chart itself as passwords: short ones are masked where they are a whole value.
  for (const secret of [known, 'waiting', 'go', 'child', '1234']) secrets.add(secret)
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'
  const lines: string[] = []
  const run = new RunInspector(() => 0)
  run.watch((line) => lines.push(line))
  await play((event) => run.take(event, secrets), {
    secret: new Secret('a secret that no one knows'),
    password: 'a password that no one knows',
    text: `it is ${known}.`,
    url: `https://a.test/?x=${encodeURIComponent(known)}`,
    bytes: Buffer.from(known),
    hex: Buffer.from(known).toString('hex'),
    error: new Error(`not ${known}`),
    header: `Bearer ${token}`,
    form: 'refresh_token=opaque-and-long',
    json: '{"access_token":"opaque-and-short"}',
    pin: '1234',
    digits: '1234',
  })
  const text = lines.join('\n')
  expect(text).toContain('•••')
  for (const part of ['horse', 'no one knows', token, 'opaque', '1234', Buffer.from('horse').toString('hex')]) {
    expect(text).not.toContain(part)
  }
  expect(text).not.toContain([...Buffer.from('horse')].join(','))
  const messages = parsed(lines)
  expect(messages.some(({ event }) => (event as { type?: string } | undefined)?.type === 'go')).toBe(true)
  expect(messages.some(({ snapshot }) => (snapshot as { value?: unknown } | undefined)?.value === 'waiting')).toBe(true)
})
