import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { UserError } from '../../src/domain/trouble.ts'
import { filesBelow, type Kind } from '../../src/scenario/library-files.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { temporaryFolder } from '../cli/files.ts'
import { fits } from './json-schema.ts'
import { SOUND, SPOILED } from './spoiled-scenarios.ts'

const ROOT = new URL('../../', import.meta.url)
const schemaAt = (file: string) => JSON.parse(readFileSync(new URL(file, ROOT), 'utf8'))
const scenario = schemaAt('scenarios/scenario.schema.json')
const isFoundByEditor = (text: string) => !fits(scenario, parse(text))

function isFoundByProgram(text: string): boolean {
  const path = join(temporaryFolder(), 'story.yaml')
  writeFileSync(path, text)
  try {
    loadScenarios(path)
    return false
  } catch (error) {
    if (error instanceof UserError) return true
    throw error
  }
}

test('the sound file is sound for both', () => {
  expect([isFoundByProgram(SOUND), isFoundByEditor(SOUND)]).toEqual([false, false])
})

test('there are more than 42 kinds of faults, and few that JSON Schema cannot say', () => {
  expect(SPOILED.length).toBeGreaterThan(60)
  expect(SPOILED.filter(({ unsaid }) => unsaid !== undefined).length).toBeLessThan(SPOILED.length / 5)
})

test.each(SPOILED.map((one) => [one.what, one] as const))('%s', (_, { was, is, unsaid }) => {
  const text = SOUND.replace(was, () => is)
  expect(text).not.toBe(SOUND)
  expect(isFoundByProgram(text)).toBe(true)
  // What it can say after all is no exception any more.
  expect(isFoundByEditor(text)).toBe(unsaid === undefined)
})

describe('no shipped file is wrong for an editor', () => {
  test.each<[Kind, string]>([
    ['scenario', 'scenarios/scenario.schema.json'],
    ['tenant', 'scenarios/tenant.schema.json'],
    ['network', 'scenarios/network.schema.json'],
    ['person', 'scenarios/person.schema.json'],
    ['device', 'devices/device.schema.json'],
  ])('%s', (kind, file) => {
    const schema = schemaAt(file)
    const files = filesBelow(ROOT.pathname, kind)
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter(({ path }) => !fits(schema, parse(readFileSync(path, 'utf8')))).map((one) => one.file)).toEqual(
      [],
    )
  })
})

test.each([
  'extends: surface-wifi-happy-path\nexpect.within: 2h\nnetwork: { with: { latency: 90ms } }\n',
  `${SOUND}matrix: { network.latency: [20ms], include: [{ expect.boots: 2 }] }\n`,
  SOUND.replace('tpm.kind: discrete', 'tpm: null, adapters: { 0: { mac: "02:53:49:4D:99:01" } }'),
])('a file that the program takes is right for an editor: %#', (text) => {
  expect([isFoundByProgram(text), isFoundByEditor(text)]).toEqual([false, false])
})
