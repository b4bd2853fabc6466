import { expect } from 'vitest'
import { CSPS } from '../../src/device/csp/rules/index.ts'
import { directly } from '../mock-service/graph/serve.ts'
import { proveTable } from './prove.ts'

const { ask } = directly()
const TYPE = '#microsoft.graph.windows10EnrollmentCompletionPageConfiguration'
const created = ask('POST', '/beta/deviceManagement/deviceEnrollmentConfigurations', {
  '@odata.type': TYPE,
  displayName: 'A page',
}).json

/** Where a page that says nothing has another value than the property, and why. */
const OTHER: Readonly<Record<string, unknown>> = {
  // The row has the sample text of Microsoft's page; what is sent is not there.
  customErrorMessage: '',
  // Yes is what the portal fills in.
  installQualityUpdates: false,
}

/** What the notes say, as a value. */
const said = (text: string): unknown => (text === '[]' ? [] : text === 'false' ? false : Number(text))

proveTable('4.2', 'a page that says nothing has this value', ({ cells: [property, value] }) => {
  const name = property!
  expect(Object.keys(created)).toContain(name)
  const expected = Object.hasOwn(OTHER, name) ? OTHER[name] : said(value!)
  expect([name, created[name]]).toEqual([name, expected])
})

const RULES = CSPS.flatMap(({ rules }) => rules)

/** `DevicePreparation/PolicyProviders/{p}/InstallationState`, `.../LastError`: the end of its path. */
const endsOf = (cell: string): string[] =>
  cell
    .split(', ')
    .map((path) => path.replace(/^\.{3}\//, '').replaceAll(/\{\w+\}/g, '{}'))
    .map((path) => path.slice(path.lastIndexOf('{}') + 1).replace(/^\}?\/?/, ''))

const FORMATS: readonly [pattern: RegExp, format: string][] = [
  [/\bbool\b|^true/, 'bool'],
  [/\bint\b|minutes|^1 /, 'int'],
  [/\bchr\b|list/, 'chr'],
]

proveTable('4.3', 'the node is in the tree, with this format and default', ({ cells: [nodes, values] }) => {
  for (const end of endsOf(nodes!)) {
    const found = RULES.filter(
      ({ path }) => path.endsWith(`/${end}`) && /FirstSyncStatus|EnrollmentStatusTracking/.test(path),
    )
    expect([end, found.length > 0]).toEqual([end, true])
    const [rule] = found
    const format = FORMATS.find(([pattern]) => pattern.test(values ?? ''))?.[1] ?? 'chr'
    expect([end, rule!.format]).toEqual([end, format])
    const byDefault = /default (\w+)|(true) \(default\)/.exec(values ?? '')
    if (byDefault) expect([end, rule!.default]).toEqual([end, byDefault[1] ?? byDefault[2]])
    const most = /max (\d+)/.exec(values ?? '')
    if (most) expect(rule!.range?.[1]).toBe(Number(most[1]))
  }
})
