import { expect, test } from 'vitest'
import { placeOf } from '../../src/run/run-spec.ts'
import { open, seal, type Vault } from '../../src/run/seal.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { entriesOf, recordOf, sealedScenario } from './recorded.ts'

const scenarios = namesOf('scenario').flatMap(loadScenarios)

test('entry 0 of the default school is under 20 KB, and plain JSON', async () => {
  const { text } = await recordOf(sealedScenario('surface-wifi-happy-path'))
  const [first = ''] = text.split('\n')
  expect(first.length).toBeLessThan(20_000)
  const { spec } = sealedScenario('surface-wifi-happy-path')
  expect(entriesOf(text)[0]).toEqual({ at: 0, seq: 0, kind: 'run', format: 2, spec })
})

test('two different scenarios never share entry 0', () => {
  const specs = scenarios.map((scenario) => JSON.stringify(specOf(scenario, 1).spec))
  expect(new Set(specs).size).toBe(scenarios.length)
  const [one] = scenarios
  const changed = [
    { ...one!, title: 'another title' },
    { ...one!, expect: null },
    { ...one!, stuckAfterMs: 1 },
    { ...one!, tenant: { ...one!.tenant, users: [] } },
    { ...one!, places: {} },
  ].map((scenario) => JSON.stringify(specOf(scenario, 1).spec))
  expect(new Set([...changed, specs[0]]).size).toBe(changed.length + 1)
})

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  'the RunSpec of %s holds no secret: each is a name that the vault has',
  (_, scenario) => {
    const { spec, vault } = specOf(scenario, 1)
    const text = JSON.stringify({ ...spec, places: {} })
    expect(Object.keys(vault).length).toBeGreaterThan(0)
    for (const [name, secret] of Object.entries(vault)) {
      expect(text).toContain(`{"secret":${JSON.stringify(name)}}`)
      // The account of a kiosk has no password.
      if (secret === '') continue
      expect(text).not.toContain(`:${JSON.stringify(secret)}`)
    }
  },
)

test('what is sealed opens to what it was, and to nothing without its vault', () => {
  const facts = {
    users: [{ name: 'A', password: 'kind' }],
    tpm: { endorsementSeed: '00', firmware: [1, 2] },
    key: undefined,
  }
  const vault: Vault = {}
  const sealed = seal(facts, 'tenant', vault)
  expect(vault).toEqual({ 'tenant.users.0.password': 'kind', 'tenant.tpm.endorsementSeed': '00' })
  expect(JSON.stringify(sealed)).not.toContain('kind')
  expect(open(sealed, vault)).toEqual({ users: facts.users, tpm: facts.tpm })
  expect(() => open(sealed, {})).toThrow(expect.objectContaining({ code: 'ERR_VAULT' }))
})

test('facts are found in their files: of the scenario, of what it changes, and of the files that it names', () => {
  const [scenario] = loadScenarios('cable-pulled-during-esp')
  const { places } = specOf(scenario!, 1).spec
  const lineOf = (fact: string) => placeOf(places, fact)
  expect(lineOf('events.0')).toMatch(/^scenarios\/network\/cable-pulled-during-esp\.yaml:\d+$/)
  expect(lineOf('events.0.does.value')).toBe(lineOf('events.0'))
  expect(lineOf('tenant.users.0.licensed')).toMatch(/^scenarios\/tenants\/contoso-school\.yaml:\d+$/)
  expect(lineOf('network.downloadMbps')).toMatch(/^scenarios\/network\/cable-pulled-during-esp\.yaml:\d+$/)
  expect(lineOf('network.ethernet')).toMatch(/^scenarios\/networks\/school-cable\.yaml:\d+$/)
  expect(lineOf('person.signIn.email')).toMatch(/^scenarios\/persons\/alice\.yaml:\d+$/)
  expect(lineOf('device.smbios.serialNumber')).toMatch(/^devices\/.*\.yaml:\d+$/)
  expect(lineOf('seed')).toBeUndefined()
})
