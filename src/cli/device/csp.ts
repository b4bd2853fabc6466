import type { CspTree } from '../../device/csp/csp-tree.ts'
import { addressesOf } from '../../device/csp/find-rule.ts'
import type { NodeRule } from '../../device/csp/node-rule.ts'
import { CSPS } from '../../device/csp/rules/index.ts'
import { UserError } from '../../domain/trouble.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { factoryDevice } from './factory-device.ts'
import { oneDevice } from './one-device.ts'

const HELP = `oobe device csp [DEVICE] [PATH] [OPTIONS]   its management tree: nodes, and the values of a device that left the factory

  DEVICE    with it, each node has its value; {} is a name that a server chooses
  PATH      only what is at or below it: ./DevDetail, ./Vendor/MSFT/DMClient, or the name of a CSP
  --json    the same as JSON`

const VALUE_WIDTH = 48

interface Row {
  csp: string
  uri: string
  format: string
  access: string
  scope: string
  default: string | null
  value?: string
  source: string
}

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe device csp')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const { name, path } = operandsOf(positionals)
  const tree = name === undefined ? undefined : factoryDevice(oneDevice([name])).csp
  const rows = rowsOf(tree).filter((row) => path === undefined || isAtOrBelow(row, path))
  if (rows.length === 0) throw new UserError('ERR_UNKNOWN_NODE', `no CSP has a node at ${path}`, hints())
  if (values.json) print(JSON.stringify(rows, undefined, 2))
  else for (const line of linesOf(rows, tree !== undefined)) print(line)
  return EXIT.pass
}

const hints = (): string[] => [`There are: ${CSPS.map(({ name }) => name).join(', ')}`]

const isCsp = (word: string): boolean => CSPS.some(({ name }) => name.toLowerCase() === word.toLowerCase())

/** A path begins with `./` and is no file, or is a CSP's name; a device is everything else. */
const isPath = (word: string): boolean => (word.startsWith('./') && !/\.ya?ml$/i.test(word)) || isCsp(word)

function operandsOf(positionals: string[]): { name?: string; path?: string } {
  const [first, second, ...more] = positionals
  if (more.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', `one device and one path: ${positionals.join(' ')}`)
  if (first === undefined) return {}
  if (second === undefined) return isPath(first) ? { path: first } : { name: first }
  if (isPath(first)) throw new UserError('ERR_BAD_ARGUMENTS', `the device comes first: ${second} ${first}`)
  return { name: first, path: second }
}

function rowsOf(tree: CspTree | undefined): Row[] {
  return CSPS.flatMap(({ name, rules }) =>
    rules.flatMap((rule) =>
      addressesOf(rule).flatMap((address) =>
        placesOf(address, tree).map((uri): Row => {
          const value = tree?.read(uri)
          return { csp: name, uri, ...factsOf(rule), ...(value === undefined ? {} : { value }) }
        }),
      ),
    ),
  )
}

/** Where a device has a node whose name a server chooses; the address as it is when there is no such node. */
function placesOf(address: string, tree: CspTree | undefined): string[] {
  const at = address.indexOf('/{}')
  if (at < 0 || !tree) return [address]
  const before = address.slice(0, at)
  const names = tree.children(before)
  if (names.length === 0) return [address]
  return names.flatMap((name) =>
    placesOf(`${before}/${encodeURIComponent(name)}${address.slice(at + '/{}'.length)}`, tree),
  )
}

const factsOf = ({ format, access, scope, default: value, source }: NodeRule) => ({
  format,
  access: access.join(' '),
  scope,
  default: value ?? null,
  source,
})

function isAtOrBelow({ csp, uri }: Row, path: string): boolean {
  if (isCsp(path)) return csp.toLowerCase() === path.toLowerCase()
  const full = path.replace(/^\.\/Vendor\//, './Device/Vendor/').replace(/\/$/, '')
  return uri === full || uri.startsWith(`${full}/`)
}

function linesOf(rows: readonly Row[], hasValues: boolean): string[] {
  const head = hasValues ? ['NODE', 'FORMAT', 'ACCESS', 'VALUE'] : ['NODE', 'FORMAT', 'ACCESS', 'DEFAULT', 'SOURCE']
  const shown = (value: string | null | undefined): string =>
    value === null || value === undefined ? '-' : value === '' ? '""' : value
  const cells = rows.map(({ uri, format, access, default: value, value: own, source }) =>
    hasValues ? [uri, format, access, short(shown(own))] : [uri, format, access, shown(value), source],
  )
  return columns([head, ...cells])
}

/** A hardware hash is 4000 characters: `--json` has all of it. */
const short = (value: string): string => (value.length > VALUE_WIDTH ? `${value.slice(0, VALUE_WIDTH)}…` : value)
