import { certaintyOf } from '../domain/explanations/certainty.ts'
import { FAULT_FAMILIES, type Fault, type FaultFamily } from '../domain/faults/fault.ts'
import { FAULTS } from '../domain/faults/faults.ts'
import { UserError } from '../domain/trouble.ts'
import { chosenFaults } from '../explore/sweep.ts'
import { nearest, nearestOnes } from '../scenario/nearest.ts'
import { wrap } from '../ui/text-width.ts'
import { columns } from './columns.ts'
import { EXIT } from './exit-codes.ts'
import { biteText, effectText, endText, provenIn, recoveryText, signText } from './faults/words.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe faults [NAME]   what can go wrong in a first boot, by name: where, what shows, what helps

  --family F        of one family: ${Object.keys(FAULT_FAMILIES).join(', ')}
  --grep TEXT       with this text in the name or in the sentence
  --json            the same for programs

"oobe sweep --fault NAME" plays a fault at each step where it can bite. docs/faults.md has all of them.`

export function faultsCommand(args: string[]): number {
  const { values, positionals } = parseOptions(
    args,
    { family: { type: 'string' }, grep: { type: 'string' }, json: { type: 'boolean' } },
    'oobe faults',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0 && (values.family ?? values.grep) !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--family and --grep go without the name of a fault')
  }
  const faults =
    positionals.length > 0
      ? positionals.map(faultNamed)
      : chosenFaults({ family: familyNamed(values.family), grep: values.grep })
  if (values.json) print(JSON.stringify(faults.map(withCertainty), undefined, 2))
  else if (positionals.length > 0) faults.forEach(printOne)
  else printAll(faults)
  return EXIT.pass
}

/** Code `ERR_NOT_FOUND`. */
export function faultNamed(name: string): Fault {
  const fault = FAULTS.find((one) => one.name === name)
  if (fault) return fault
  const near = nearestOnes(
    name,
    FAULTS.map((one) => one.name),
    3,
  )
  throw new UserError('ERR_NOT_FOUND', `there is no fault "${name}"`, [
    near.length > 0 ? `Near it are: ${near.join(', ')}` : '"oobe faults" lists them',
  ])
}

/** Code `ERR_BAD_ARGUMENTS`. */
export function familyNamed(name: string | undefined): FaultFamily | undefined {
  if (name === undefined || Object.hasOwn(FAULT_FAMILIES, name)) return name as FaultFamily | undefined
  const near = nearest(name, Object.keys(FAULT_FAMILIES))
  throw new UserError('ERR_BAD_ARGUMENTS', `there is no family "${name}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${Object.keys(FAULT_FAMILIES).join(', ')}`,
  ])
}

const withCertainty = (fault: Fault) => ({ ...fault, certainty: certaintyOf(fault.source) })

function printAll(faults: readonly Fault[]): void {
  const rows = faults.map(({ name, family, page, code, ends }) => [
    name,
    family,
    page ?? 'any',
    code ?? '',
    endText({ ends }),
  ])
  for (const line of columns([['FAULT', 'FAMILY', 'PAGE', 'CODE', 'HOW IT ENDS'], ...rows])) print(line)
  print(`${faults.length} faults`)
}

const WIDTH = 80

function printOne(fault: Fault, index: number): void {
  const { name, family, about, help, source } = fault
  const lines: [string, string][] = [
    ['', about],
    ['where: ', biteText(fault)],
    ['what happens: ', effectText(fault)],
    ['what shows: ', signText(fault)],
    ['what helps: ', help],
    ['who: ', recoveryText(fault)],
    ['how it ends: ', endText(fault)],
    ['played in: ', provenIn(fault)],
    ['source: ', `${source}, ${certaintyOf(source) ?? 'no tag'}`],
  ]
  if (index > 0) print('')
  print(`${name}: ${FAULT_FAMILIES[family]}`)
  for (const [label, text] of lines) for (const line of wrap(label + text, WIDTH - 2)) print(`  ${line}`)
}
