import { UserError } from '../domain/trouble.ts'
import { STRATEGIES } from '../explore/walk/strategies.ts'
import { EXIT } from './exit-codes.ts'
import { racesCommand } from './explore/races-command.ts'
import { walksCommand } from './explore/walks-command.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe explore                    devices, tenants, networks, profiles and faults put together as no scenario does
oobe explore --races SCENARIO   a scenario in other orders than its own: does one break what it expects?

  --devices LIST    these alone, with commas; * in a name means any letters (default: all)
  --tenants LIST    the same of tenants, with a person of each
  --networks LIST   the same of networks
  --profiles LIST   the same of deployment profiles: assigned, user-driven, administrator, self-deploying, none
  --faults LIST     the same of faults, and "none": "oobe faults" has them
  --strategy S      ${Object.entries(STRATEGIES)
    .map(([name, about]) => `${name}: ${about}`)
    .join('\n                    ')}
                    (default: random)
  --budget N        runs at most, or a time such as 60s (default: 500)
  --plateau N       ends after so many runs that took no new transition (default: 200; not with pairs)
  --seed N          the same seed gives the same walks (default: 1)
  --out DIR         where findings are written as scenarios (default: explored in the folder of the results)

  --races           of SCENARIO (a name or a path; of a matrix its first case), with:
  --runs N          orders at most (default: 1000)
  --depth N         so many answers differ from the usual order, at most, before orders are drawn (default: 2)
  --seed N          the same seed gives the same orders (default: that of the scenario, or 1)
  --out FILE        the smallest order that breaks as a scenario: its choices are pinned; - is standard output
  --force           replaces FILE

  --workers N       processes that play side by side (default: as many as there are cores)
  --json            the result for programs

Of a walk the invariants are the judge, and three rules: it waits for ever only where something of it does that, a failure has a fault, an
event or a fact behind it, and a managed device held a session. What breaks one is made as small as it can be. Of races: what the scenario
expects, and the invariants. Two things that can happen at one moment, or within the jitter of the network, can happen in either order; orders that
no part of the run can tell from each other count once.

exit: 0 nothing was found, 1 something was, 2 bad usage or a bad file, 70 a bug of ours, 130 Ctrl+C, 143 SIGTERM`

const OPTIONS = {
  devices: { type: 'string' },
  tenants: { type: 'string' },
  networks: { type: 'string' },
  profiles: { type: 'string' },
  faults: { type: 'string' },
  strategy: { type: 'string' },
  budget: { type: 'string' },
  plateau: { type: 'string' },
  races: { type: 'boolean' },
  runs: { type: 'string' },
  depth: { type: 'string' },
  seed: { type: 'string' },
  workers: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** Options of one of the two alone. */
const OF_WALKS = ['devices', 'tenants', 'networks', 'profiles', 'faults', 'strategy', 'budget', 'plateau'] as const
const OF_RACES = ['runs', 'depth', 'force'] as const

export async function exploreCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe explore')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const others = values.races ? OF_WALKS : OF_RACES
  const wrong = others.find((name) => values[name] !== undefined)
  if (wrong !== undefined) {
    throw new UserError(
      'ERR_BAD_ARGUMENTS',
      values.races ? `--${wrong} does not go with --races` : `--${wrong} goes with --races`,
      ['"oobe explore --help" tells more'],
    )
  }
  if (values.races) return racesCommand(values, positionals)
  if (positionals.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe explore takes a scenario with --races alone', [
      'oobe explore --races SCENARIO',
    ])
  }
  return walksCommand(values)
}
