import { FAULT_FAMILIES } from '../domain/faults/fault.ts'
import { UserError } from '../domain/trouble.ts'
import { HAPPY_PATH } from '../explore/bases.ts'
import { hasBug, isHeld, type Matrix, matrixCells, matrixOf, summaryLines } from '../explore/matrix.ts'
import { chosenFaults, planSweep } from '../explore/sweep.ts'
import { columns } from './columns.ts'
import { EXIT } from './exit-codes.ts'
import { familyNamed, faultNamed } from './faults-command.ts'
import { parseOptions, parseSeed, parseWorkers } from './options.ts'
import { print } from './print.ts'
import { stopOnSignals } from './stopping.ts'
import { playJobs } from './sweep/play-jobs.ts'

const HELP = `oobe sweep [SCENARIO]   each fault at each step of a scenario where it can bite, judged

  SCENARIO          a name from scenarios/, or a path (default: ${HAPPY_PATH})
  --fault LIST      these faults alone, by name, with commas: "oobe faults" has them
  --family F        one family: ${Object.keys(FAULT_FAMILIES).join(', ')}
  --grep TEXT       faults with this text in the name or in the sentence
  --moments         the power is cut at each moment of the run, not only at each state
  --workers N       processes that play side by side (default: as many as there are cores, one for a few runs)
  --seed N          the same seed gives the same runs (default: 1)
  --json            the matrix for programs

The scenario is played once without a fault. Each run with one is judged by the row of the fault: its page, its code, what
helps, how it ends; and by what holds of every run. What the scenario expects itself is not judged.

exit: 0 all held, 1 a row did not hold, 2 bad usage or a bad file, 70 a bug of ours, 130 Ctrl+C, 143 SIGTERM`

export async function sweepCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      fault: { type: 'string' },
      family: { type: 'string' },
      grep: { type: 'string' },
      moments: { type: 'boolean' },
      workers: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean' },
    },
    'oobe sweep',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe sweep takes one scenario', ['"oobe sweep --help" tells more'])
  }
  const names = values.fault?.split(',').map((name) => faultNamed(name.trim()).name)
  const faults = chosenFaults({ names, family: familyNamed(values.family), grep: values.grep })
  if (faults.length === 0) {
    throw new UserError('ERR_NOT_FOUND', 'no fault fits what is asked for', ['"oobe faults" lists them'])
  }
  const plans = await planSweep(positionals[0] ?? HAPPY_PATH, {
    seed: values.seed === undefined ? 1 : parseSeed(values.seed),
    faults,
    moments: values.moments ?? false,
  })
  const workers = values.workers === undefined ? undefined : parseWorkers(values.workers)
  const stopping = stopOnSignals()
  try {
    const matrices: Matrix[] = []
    for (const plan of plans) matrices.push(matrixOf(plan, await playJobs(plan.jobs, stopping, workers)))
    printMatrices(matrices, values.json ?? false)
    return stopping.code ?? codeOf(matrices)
  } finally {
    stopping.release()
  }
}

function printMatrices(matrices: readonly Matrix[], isJson: boolean): void {
  if (isJson) {
    print(JSON.stringify(matrices, undefined, 2))
    return
  }
  matrices.forEach((matrix, index) => {
    if (index > 0) print('')
    for (const line of columns(matrixCells(matrix))) print(line)
    for (const line of summaryLines(matrix)) print(line)
  })
}

/** A scenario in which nothing could be injected proves nothing. */
function codeOf(matrices: readonly Matrix[]): number {
  if (matrices.some(hasBug)) return EXIT.bug
  return matrices.every((matrix) => isHeld(matrix) && matrix.rows.length > 0) ? EXIT.pass : EXIT.scenarioFailed
}
