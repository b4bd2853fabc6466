import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { eventsOf } from '../../machines/samples.ts'
import { SAMPLES } from '../../machines/samples-index.ts'
import { MACHINES } from './every-machine.ts'
import { type Paths, pathsOf, statesIn, transitionsOf } from './paths.ts'
import { nodesOf } from './scene.ts'

type Id = keyof typeof SAMPLES

/** By statechart, what no samples can lead to, each with the reason. All others are taken completely. */
const OUT_OF_REACH: Partial<Record<Id, { states?: Record<string, string>; transitions?: Record<string, string> }>> = {
  oobe: {
    transitions: Object.fromEntries(
      // An input more for each of them makes this test half as long again: test/coverage/scenarios/staying-*.yaml take them.
      ['preProvisioned', 'autopilotReset'].map((mode) => [
        `${mode}.firstLogon: xstate.done.actor.firstLogon to ${mode}.atDesktop`,
        'the sample of a person who may stay has another mode',
      ]),
    ),
  },
}

const folder = new URL('../../machines/', import.meta.url)

test('every statechart has samples beside it', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const charts = files.filter((file) => readFileSync(new URL(file, folder), 'utf8').includes('createMachine({\n  id: '))
  const without = charts.filter((file) => !existsSync(new URL(file.replace(/\.ts$/, '.samples.ts'), folder)))
  expect({ charts: charts.length, without }).toEqual({ charts: MACHINES.length, without: [] })
})

test('samples are of statecharts', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(MACHINES.map(({ id }) => id).sort())
})

const ROWS = MACHINES.map((machine) => ({ id: machine.id as Id, machine }))

describe.each(ROWS)('xstate/graph, with the samples of $id alone,', ({ id, machine }) => {
  const samples = SAMPLES[id]
  const { states = {}, transitions = {} } = OUT_OF_REACH[id] ?? {}
  let found: Paths | undefined
  const paths = (): Paths => {
    found ??= pathsOf(machine, samples)
    return found
  }

  test('begins somewhere', () => {
    expect(Object.keys(samples.inputs).length).toBeGreaterThan(0)
    expect(paths().ends.filter(({ status }) => status === 'error')).toEqual([])
  })

  test('enters every state', () => {
    const entered = statesIn(paths())
    const missed = nodesOf(machine.root).filter((node) => !entered.has(node))
    expect(missed.map(nameOf)).toEqual(Object.keys(states))
  })

  test('takes every transition', () => {
    const { taken } = paths()
    const all = transitionsOf(machine)
    const left = all.filter((transition) => !taken.has(transition))
    expect(left.map(wayOf)).toEqual(Object.keys(transitions))
    expect(taken.size).toBe(all.length - left.length)
  })

  test('ends with every outcome', () => {
    const finals = Object.values<AnyStateNode>(machine.root.states).filter(({ type }) => type === 'final')
    const ended = paths().ends.filter(({ status }) => status === 'done')
    expect([...new Set(ended.map(({ value }) => String(value)))].sort()).toEqual(finals.map(({ key }) => key).sort())
    expect(ended.filter(({ value, output }) => kindOf(output) !== value)).toEqual([])
  })

  // What the types of XState let pass: an event of a statechart that names none, an actor by a name that is not its id.
  test('tells it nothing that does nothing', () => {
    const idle = eventsOf(machine, samples).filter((event) => !paths().used.has(JSON.stringify(event)))
    expect(idle).toEqual([])
  })
})

const nameOf = ({ path }: { path: readonly string[] }): string => path.join('.')

const wayOf = ({ source, eventType, target }: AnyTransitionDefinition): string =>
  `${nameOf(source)}: ${eventType || 'always'} to ${target?.map(nameOf).join() ?? 'nowhere'}`

/** The whole says behind its outcome how a power-on ended. */
function kindOf(output: { kind: string; outcome?: { kind: string } }): string {
  return output.kind === 'ended' && output.outcome ? output.outcome.kind : output.kind
}
