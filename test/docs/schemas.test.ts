import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)

test('the JSON Schemas are what the loaders accept', () => {
  const output = execFileSync(process.execPath, ['scripts/schemas.mjs', '--check'], { cwd: root, encoding: 'utf8' })
  expect(output).toBe('')
})

describe.each([
  ['scenarios/scenario.schema.json', [], 'person'],
  ['scenarios/network.schema.json', [], 'wifi'],
  ['scenarios/person.schema.json', [], 'signIn'],
  ['scenarios/tenant.schema.json', ['title', 'tenantId', 'domain', 'name', 'users'], 'deploymentProfiles'],
  ['scenarios/fleet.schema.json', ['title', 'count', 'devices', 'tenants', 'persons', 'networks'], 'thresholds'],
  ['devices/device.schema.json', ['title', 'smbios', 'adapters', 'provenance'], 'tpm'],
])('%s', (file, required, optional) => {
  const schema = JSON.parse(readFileSync(new URL(file, root), 'utf8'))

  test('says something of every member', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(schema.required ?? []).toEqual(expect.arrayContaining(required))
    expect(schema.required ?? []).not.toContain(optional)
    expect(schema.properties).toHaveProperty(optional)
    expect(emptyBelow(schema)).toEqual([])
  })
})

const folders = readdirSync(new URL('scenarios/', root), { withFileTypes: true }).filter((one) => one.isDirectory())

test.each(['devices/', ...folders.map(({ name }) => `scenarios/${name}/`)])(
  'each file of %s names its schema',
  (folder) => {
    const url = new URL(folder, root)
    for (const name of readdirSync(url).filter((file) => file.endsWith('.yaml'))) {
      const [, path] = /\$schema=(\S+)/.exec(readFileSync(new URL(name, url), 'utf8')) ?? []
      expect(path, `${folder}${name}`).toBeDefined()
      expect(() => readFileSync(new URL(path!, url)), `${folder}${name}`).not.toThrow()
    }
  },
)

/** Paths of schemas that would accept anything. `with` changes facts of another file, and is checked after it was applied. */
function emptyBelow(schema: Record<string, unknown>, path = ''): string[] {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>)
  const found = properties.flatMap(([name, inner]) =>
    typeof inner === 'boolean'
      ? []
      : Object.keys(inner).every((key) => key === 'default')
        ? [`${path}${name}`]
        : emptyBelow(inner, `${path}${name}.`),
  )
  const others = [schema.items, ...((schema.anyOf ?? []) as unknown[])].filter((inner) => inner !== undefined)
  return [...found, ...others.flatMap((inner) => emptyBelow(inner as Record<string, unknown>, path))]
}
