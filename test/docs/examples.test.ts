import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { UserError } from '../../src/domain/trouble.ts'
import { fleetSchema } from '../../src/fleet/plan-schema.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { configSchema } from '../../src/scenario/schema/config.ts'
import { deviceSchema } from '../../src/scenario/schema/device.ts'
import { networkSchema } from '../../src/scenario/schema/network.ts'
import { personSchema } from '../../src/scenario/schema/person.ts'
import { tenantSchema } from '../../src/scenario/schema/tenant.ts'
import { temporaryFolder } from '../cli/files.ts'
import { examplesOf, filesWith } from './example-files.ts'
import { fits } from './json-schema.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8')
const { keysOf } = (await import(new URL('scripts/schemas/keys.mjs', ROOT).href)) as {
  keysOf: (schema: object) => Iterable<{ path: string; node: Record<string, unknown> }>
}
const { isValueList } = (await import(new URL('scripts/schemas/examples.mjs', ROOT).href)) as {
  isValueList: (node: object, root: object) => boolean
}

/** What the program says of a scenario's file. */
function wrongScenario(file: unknown, story: string): string | undefined {
  writeFileSync(story, JSON.stringify(file))
  try {
    loadScenarios(story)
    return undefined
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}

const wrongFor = (schema: v.GenericSchema<unknown, unknown>) => (file: unknown) => {
  const { success, issues } = v.safeParse(schema, file)
  return success ? undefined : issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join('; ')
}

const STORY = {
  title: 'The Wi-Fi goes away while apps install',
  device: 'surface-laptop-se',
  tenant: 'contoso-school',
  network: 'school-wifi',
  person: 'alice',
  events: [{ name: 'outage', when: { state: 'deviceSetup.apps' }, wifi: 'off', for: '2m' }],
  expect: { outcome: 'desktop' },
}
const { title, tenant, ...each } = STORY
const STAFF = { wifi: [{ ssid: 'Contoso-Staff', security: 'wpa3-enterprise' }] }
const STORIES = [
  STORY,
  { ...STORY, network: STAFF },
  { ...STORY, matrix: { device: ['surface-laptop-se', 'hp-fortis-11-g9'], person: ['alice', 'ben'] } },
  { title, tenant, devices: ['first', 'second'].map((name) => ({ ...each, name })) },
]
const PLAN = {
  title: 'A class',
  count: 30,
  devices: ['surface-laptop-se'],
  tenants: ['contoso-school'],
  persons: ['alice'],
  networks: ['school-wifi'],
  faults: [{ name: 'Wi-Fi away', events: STORY.events }],
  events: STORY.events,
}
const shipped = (files: string[]) => files.map((file) => parse(read(file)))
const TENANTS = ['contoso-school', 'fabrikam-college', 'northwind-college'].map(
  (name) => `scenarios/tenants/${name}.yaml`,
)

const withWin32Apps = (tenant: { apps: object[] }) => ({
  ...tenant,
  apps: tenant.apps.map((app) => ({ ...app, kind: 'win32' })),
})

const KINDS: [string, string, object[], (file: unknown, story: string) => string | undefined][] = [
  ['scenario', 'scenarios/scenario.schema.json', STORIES, wrongScenario],
  [
    'tenant',
    'scenarios/tenant.schema.json',
    [...shipped(TENANTS), withWin32Apps(shipped(TENANTS)[0])],
    wrongFor(tenantSchema),
  ],
  ['network', 'scenarios/network.schema.json', [{}, STAFF], wrongFor(networkSchema)],
  ['person', 'scenarios/person.schema.json', [{}], wrongFor(personSchema)],
  ['device', 'devices/device.schema.json', shipped(['devices/surface-laptop-se.yaml']), wrongFor(deviceSchema)],
  ['config', 'scenarios/oobe.config.schema.json', [{}], wrongFor(configSchema)],
  ['fleet', 'scenarios/fleet.schema.json', [PLAN], wrongFor(fleetSchema)],
]

/** The first of each, then the second of each. */
function* inTurn<Value>(series: Generator<Value>[]): Generator<Value> {
  for (let left = series; left.length > 0; ) {
    const next = left.map((one) => ({ one, ...one.next() }))
    for (const { done, value } of next) if (!done) yield value
    left = next.flatMap(({ one, done }) => (done ? [] : [one]))
  }
}

test.each(KINDS)(
  'each example of a key of a %s is one in a file that the program and an editor take',
  (_, file, bases, wrong) => {
    const schema = JSON.parse(read(file))
    const story = join(temporaryFolder(), 'story.yaml')
    for (const base of bases) expect(wrong(base, story)).toBeUndefined()
    const lies: string[] = []
    let count = 0
    for (const { path, node } of keysOf(schema))
      for (const example of examplesOf(node, schema)) {
        count++
        const said = new Set<string>()
        let isTaken = false
        const ways = bases.map((base) => filesWith(schema, base, path.split('.'), example))
        for (const one of inTurn(ways)) {
          const mistake = fits(schema, one) ? wrong(one, story) : 'an editor says that it is wrong'
          isTaken = mistake === undefined
          if (mistake === undefined) break
          said.add(mistake)
        }
        if (!isTaken) lies.push(`${path}: ${JSON.stringify(example)}: ${[...said].slice(0, 3).join(' | ')}`)
      }
    expect(count).toBeGreaterThan(20)
    expect(lies.join('\n')).toBe('')
  },
)

test.each(KINDS)('each key of a %s has an example, or a closed list of values', (_, file) => {
  const schema = JSON.parse(read(file))
  const without = [...keysOf(schema)].filter(
    ({ node }) => examplesOf(node, schema).length === 0 && !isValueList(node, schema),
  )
  expect(without.map(({ path }) => path)).toEqual([])
})
