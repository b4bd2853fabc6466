import { certaintyOf } from '../domain/explanations/certainty.ts'
import { type Explanation, FAMILY_TITLES, type FamilyId } from '../domain/explanations/explanation.ts'
import { explanationsOf, wordsIn } from '../domain/explanations/find.ts'
import { UserError } from '../domain/trouble.ts'
import { CODE, signedOf } from '../domain/windows-codes.ts'
import { nearestOnes } from '../scenario/nearest.ts'
import { wrap } from '../ui/text-width.ts'
import { columns } from './columns.ts'
import { EXIT } from './exit-codes.ts'
import { FAMILIES } from './explain/families.ts'
import { faultsWith } from './explain/faults.ts'
import { scenariosOf } from './explain/scenarios.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const EXAMPLE = CODE.deviceNotSupported

const HELP = `oobe explain CODE   what a code of a first boot means, where it appears, and what to do

  --json            the same for programs

CODE in any spelling: ${EXAMPLE}, ${EXAMPLE.slice(2)}, ${Number(EXAMPLE)}, ${signedOf(EXAMPLE)}; AADSTS50126 or 50126; 806 or ZtdDeviceAlreadyAssigned;
1310 for the bits of a profile; "event 404" for an event alone. A number with several meanings shows all, the likeliest
first. Without a code: the families and how many codes each has. docs/codes.md has all of them.`

/** An explanation with what is known beside it. */
const toldOf = (explanation: Explanation) => ({
  ...explanation,
  causes: explanation.causes.map((cause) => ({ ...cause, certainty: certaintyOf(cause.source) })),
  scenarios: scenariosOf(explanation),
  faults: faultsWith(explanation),
})

export function explainCommand(args: string[]): number {
  const { values, positionals } = parseOptions(behindOptions(args), { json: { type: 'boolean' } }, 'oobe explain')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const text = positionals.join(' ')
  if (text === '') printFamilies(values.json ?? false)
  else printMeanings(found(text).map(toldOf), values.json ?? false)
  return EXIT.pass
}

/** A negative number is a code, and no option. */
const behindOptions = (args: readonly string[]): string[] => {
  const isNumber = (arg: string) => /^-\d+$/.test(arg)
  const numbers = args.filter(isNumber)
  return numbers.length === 0 ? [...args] : [...args.filter((arg) => !isNumber(arg)), '--', ...numbers]
}

/** Code `ERR_NOT_FOUND`. */
function found(text: string): Explanation[] {
  const explanations = explanationsOf(text, FAMILIES)
  if (explanations.length > 0) return explanations
  const near = nearestOnes(text, wordsIn(FAMILIES), 3)
  throw new UserError('ERR_NOT_FOUND', `no table has the code "${text}"`, [
    near.length > 0 ? `Near it are: ${near.join(', ')}` : '"oobe explain" lists the families of codes',
  ])
}

function printFamilies(isJson: boolean): void {
  const rows = (Object.keys(FAMILY_TITLES) as FamilyId[]).map((id) => ({
    id,
    title: FAMILY_TITLES[id].all,
    codes: FAMILIES[id].length,
  }))
  if (isJson) {
    print(JSON.stringify(rows, undefined, 2))
    return
  }
  for (const line of columns([
    ['FAMILY', 'CODES', 'WHAT IT IS'],
    ...rows.map(({ id, title, codes }) => [id, codes === 0 ? 'by rule' : String(codes), title]),
  ])) {
    print(line)
  }
}

function printMeanings(told: ReturnType<typeof toldOf>[], isJson: boolean): void {
  if (isJson) {
    print(JSON.stringify(told, undefined, 2))
    return
  }
  told.forEach((one, index) => {
    if (index > 0) print('')
    for (const line of linesOf(one)) print(line)
  })
}

const WIDTH = 80

function linesOf({
  family,
  code,
  also = [],
  causes,
  pages,
  seen,
  help,
  scenarios,
  faults,
}: ReturnType<typeof toldOf>): string[] {
  const others = also.length > 0 ? ` (${also.join(', ')})` : ''
  return [
    `${code}${others}: ${FAMILY_TITLES[family].one}`,
    ...causes.flatMap(({ where, why, source, certainty }) => [
      ...wrapped('  ', where === undefined ? why : `${where}: ${why}`),
      ...wrapped('    ', certainty === undefined ? source : `${source}, ${certainty}`),
    ]),
    ...(pages.length > 0 ? wrapped('  ', `on the pages: ${pages.join(', ')}`) : []),
    ...(seen === undefined ? [] : wrapped('  ', `seen in: ${seen}`)),
    ...wrapped('  ', `what to do: ${help}`),
    ...(scenarios.length > 0 ? wrapped('  ', `scenarios: ${scenarios.join(', ')}`) : []),
    ...(faults.length > 0 ? wrapped('  ', `faults: ${faults.join(', ')}`) : []),
  ]
}

const wrapped = (indent: string, text: string): string[] =>
  wrap(text, WIDTH - indent.length).map((line) => indent + line)
