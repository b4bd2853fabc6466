import { describe, expect, test } from 'vitest'
import { hashOf } from '../directory/tenant-of.ts'
import * as configuration from './scripts/configuration.ts'
import * as registration from './scripts/registration.ts'
import type { Script, Step } from './scripts/script.ts'
import { asking, directly, type Json, tokenWith } from './serve.ts'

const SCRIPTS: Script[] = [...Object.values(registration), ...Object.values(configuration)]

/** `value.0.id`; undefined where there is nothing. */
const memberAt = (json: Json, path: string): unknown =>
  path.split('.').reduce((value, name) => (value === undefined || value === null ? undefined : value[name]), json)

function filled(kept: ReadonlyMap<string, string>): <Value>(value: Value) => Value {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => kept.get(name) ?? whole)
  return (value) => (value === undefined ? value : JSON.parse(fill(JSON.stringify(value))))
}

/** What a script saw that it did not expect. */
function play({ scopes, isRegistered, steps }: Script): string[] {
  const scene = directly({}, isRegistered ? [{ device: 'surface-laptop-se', details: { groupTag: 'Classroom' } }] : [])
  const ask = asking(scene, tokenWith(scene, { scp: scopes }))
  const kept = new Map([['hash', hashOf('surface-laptop-se')]])
  return steps.flatMap((step) => {
    if (step.after) scene.wait(step.after)
    const fill = filled(kept)
    const { method, path, body, headers, status, reads = [], expects = {}, keeps = {} }: Step = fill(step)
    const answer = ask(method, encodeURI(path), body, headers)
    const wrong = answer.status === status ? [] : [`${answer.status} ${answer.text}, not ${status}`]
    for (const [name, member] of Object.entries(keeps)) kept.set(name, String(memberAt(answer.json, member)))
    for (const name of [...reads, ...Object.values(keeps)]) {
      if (memberAt(answer.json, name) === undefined) wrong.push(`${name} is missing`)
    }
    for (const [name, expected] of Object.entries(expects)) {
      const value = memberAt(answer.json, name)
      if (value !== expected) wrong.push(`${name} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`)
    }
    return wrong.map((what) => `${method} ${path}: ${what}`)
  })
}

describe('requests of the public scripts, in their order: one that', () => {
  test.each(SCRIPTS.map((script) => [script.does, script] as const))('%s', (_, script) => {
    expect(play(script)).toEqual([])
  })
})

test('what a script expects, and another answer has, is found', () => {
  const steps: Step[] = [
    { method: 'GET', path: '/v1.0/groups', status: 201, reads: ['nothing'], expects: { value: 1 } },
  ]
  expect(play({ does: '', scopes: 'Group.Read.All', isRegistered: false, steps })).toHaveLength(3)
})
