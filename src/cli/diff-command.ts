import { safeText } from '../domain/safe-text.ts'
import { UserError } from '../domain/trouble.ts'
import { exchangesOf } from '../journal/wire.ts'
import { type Compared, compareWire } from '../report/wire/compare.ts'
import { VOLATILE_FIELDS } from '../report/wire/volatile.ts'
import { EXIT } from './exit-codes.ts'
import { openToRead } from './open-run.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe diff RUN1 RUN2       what two runs said to their services, compared by meaning

  RUN1, RUN2              folders below oobe-results/, paths to one, or to a journal.ndjson
  --volatile              lists what is not compared, and why
  --json                  the comparison for a program

Exchanges are laid side by side by their operations. Where a service lives, prefixes, indentation and the order of headers
mean nothing; ids, times, nonces and certificates are not compared. "oobe compare" shows the two runs themselves: pages, what made them part, ends.

exit: 0 alike, 1 different, 2 bad usage or no journal, 70 a bug of ours`

const LINE_MAX = 240

export function diffCommand(args: string[]): number {
  const { values, positionals } = parseOptions(
    args,
    { volatile: { type: 'boolean' }, json: { type: 'boolean' } },
    'oobe diff',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (values.volatile) {
    if (values.json || positionals.length > 0) {
      throw new UserError('ERR_BAD_ARGUMENTS', '--volatile compares nothing: give it without runs and --json')
    }
    for (const { where, names, why } of VOLATILE_FIELDS) print(`${where}  ${names.join(', ')}: ${why}`)
    return EXIT.pass
  }
  const [first, second] = positionals
  if (first === undefined || second === undefined || positionals.length > 2) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe diff takes two runs', ['oobe diff RUN1 RUN2'])
  }
  const [left, right] = [openToRead(first), openToRead(second)]
  const compared = compareWire(exchangesOf(left.entries), exchangesOf(right.entries))
  const isAlike = compared.every(({ kind }) => kind === 'alike')
  if (values.json) print(JSON.stringify(compared.map(forProgram), null, 2))
  else printCompared(compared)
  return isAlike ? EXIT.pass : EXIT.scenarioFailed
}

function forProgram(one: Compared) {
  if (one.kind === 'only') {
    return { kind: one.kind, side: one.side, operation: one.exchange.operation, id: one.exchange.id }
  }
  const { kind, left, right } = one
  const differences = kind === 'different' ? { differences: one.differences } : {}
  return { kind, operation: left.operation, left: left.id, right: right.id, ...differences }
}

function printCompared(compared: readonly Compared[]): void {
  for (const one of compared) {
    if (one.kind === 'alike') continue
    if (one.kind === 'only') {
      const { id, operation, method, url } = one.exchange
      print(
        safeText(`only in ${one.side === 'left' ? 'the first' : 'the second'}: #${id} ${operation}  ${method} ${url}`),
      )
      continue
    }
    print(safeText(`#${one.left.id} ↔ #${one.right.id}  ${one.left.operation}`))
    for (const { in: where, side, text } of one.differences) {
      print(`  ${side === 'left' ? '-' : '+'} ${where}: ${safeText(text, LINE_MAX)}`)
    }
  }
  const count = (test: (one: Compared) => boolean): number => compared.filter(test).length
  const only = (side: 'left' | 'right') => count((one) => one.kind === 'only' && one.side === side)
  print(
    `${count(({ kind }) => kind === 'alike')} exchanges alike, ${count(({ kind }) => kind === 'different')} different, ` +
      `${only('left')} only in the first, ${only('right')} only in the second`,
  )
}
