import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { resultsFolder } from '../../scenario/project.ts'
import { parseOptions, parsePort, parseWorkers } from '../options.ts'
import { parseShard, type Shard } from '../run/shard.ts'
import { type OtlpAddress, otlpAddress } from './otlp-address.ts'

export const HELP = `oobe fleet PLAN.yaml       many devices at once: mixes, arrival, thresholds
oobe fleet merge DIR...    the result of a fleet that several machines have played
oobe fleet worker PLAN.yaml --redis URL    plays batches of a fleet that is behind a queue, until it is over

  --workers N        processes side by side (default: as many as there are cores)
  --shard I/N        part I of N, for N machines; "oobe fleet merge" puts the parts together
  --out DIR          where segments and reports go (default: oobe-results/fleet)
  --resume           plays what an interrupted fleet in --out has left
  --service TARGET   another service than the plan's; mock: none
  --trust FILE       a certificate authority that devices trust, in PEM; with --service
  --redis URL        batches go to workers behind a queue (BullMQ): redis://localhost:6379. The password is in OOBE_REDIS_PASSWORD
  --metrics PORT     serves what is measured for Prometheus at http://localhost:PORT/metrics; 0 takes a free port
  --otlp URL         sends what is measured to a receiver of OpenTelemetry, every ten seconds: http://localhost:4318. Its headers, such
                     as a key, are read from OTEL_EXPORTER_OTLP_HEADERS
  --hashes DIR       writes CSV files that register the devices of the plan with Autopilot, and plays none
  --json             the result on standard output, for programs

The plan: docs/fleet.md. A signal (Ctrl+C) stops the fleet in order; what was played is kept, and --resume continues.

exit: 0 passed, 1 a device failed and no threshold is about that, 2 bad usage or a bad file, 3 infrastructure,
4 a threshold does not hold, 5 incomplete, 70 a bug of ours, 130 Ctrl+C, 143 SIGTERM`

const TYPES = {
  workers: { type: 'string' },
  shard: { type: 'string' },
  out: { type: 'string' },
  resume: { type: 'boolean' },
  service: { type: 'string' },
  trust: { type: 'string' },
  redis: { type: 'string' },
  metrics: { type: 'string' },
  otlp: { type: 'string' },
  hashes: { type: 'string' },
  json: { type: 'boolean' },
} as const

export interface FleetOptions {
  isHelp: boolean
  /** What is to be done, and with which files or folders. */
  action: 'play' | 'merge' | 'worker'
  operands: string[]
  workers: number
  shard: Shard | undefined
  out: string
  isResume: boolean
  service: string | undefined
  trust: string | undefined
  redis: string | undefined
  metrics: number | undefined
  otlp: OtlpAddress | undefined
  hashes: string | undefined
  isJson: boolean
}

/** Codes as `parseOptions`, `parseShard`, `parseWorkers`, `parsePort`; `ERR_BAD_ARGUMENTS`. */
export function parseFleetOptions(args: readonly string[]): FleetOptions {
  const { values, positionals } = parseOptions([...args], TYPES, 'oobe fleet')
  const [first, ...rest] = positionals
  const action = first === 'merge' || first === 'worker' ? first : 'play'
  const operands = action === 'play' ? positionals : rest
  const isHelp = values.help === true
  if (!isHelp) refuseOperands(action, operands)
  const shard = values.shard === undefined ? undefined : parseShard(values.shard)
  const out = values.out ?? (isHelp ? '' : join(resultsFolder(), 'fleet'))
  const options: FleetOptions = {
    isHelp,
    action,
    operands,
    workers: values.workers === undefined ? availableParallelism() : parseWorkers(values.workers),
    shard,
    out: shard && values.out === undefined ? join(out, `shard-${shard.index}-of-${shard.count}`) : out,
    isResume: values.resume === true,
    service: values.service,
    trust: values.trust,
    redis: values.redis,
    metrics: values.metrics === undefined ? undefined : parsePort(values.metrics),
    otlp: values.otlp === undefined ? undefined : otlpAddress(values.otlp, process.env.OTEL_EXPORTER_OTLP_HEADERS),
    hashes: values.hashes,
    isJson: values.json === true,
  }
  refuseUseless(action, values)
  if (values.trust !== undefined && values.service === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--trust goes with --service: a plan names its own')
  }
  return options
}

/** What an action has no use for: who writes it has something else in mind. */
const USELESS: Readonly<Record<FleetOptions['action'], readonly (keyof typeof TYPES)[]>> = {
  play: [],
  merge: ['workers', 'shard', 'resume', 'service', 'trust', 'redis', 'metrics', 'otlp', 'hashes'],
  worker: ['workers', 'shard', 'out', 'resume', 'metrics', 'otlp', 'hashes', 'json'],
}

function refuseUseless(action: FleetOptions['action'], values: Readonly<Record<string, unknown>>): void {
  for (const name of USELESS[action]) {
    if (values[name] === undefined) continue
    throw new UserError('ERR_BAD_ARGUMENTS', `--${name} does not go with "oobe fleet ${action}"`)
  }
  if (action === 'worker' && values.redis === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'a worker needs --redis: where its queue is')
  }
  if (values.redis === undefined) return
  for (const name of ['shard', 'workers'] as const) {
    if (values[name] === undefined) continue
    throw new UserError('ERR_BAD_ARGUMENTS', `--${name} does not go with --redis: "oobe fleet worker" plays`)
  }
}

function refuseOperands(action: FleetOptions['action'], operands: readonly string[]): void {
  if (action === 'merge' ? operands.length > 0 : operands.length === 1) return
  throw action === 'merge'
    ? new UserError('ERR_BAD_ARGUMENTS', 'which folders?', ['oobe fleet merge parts/'])
    : new UserError('ERR_BAD_ARGUMENTS', operands.length === 0 ? 'which plan?' : 'oobe fleet takes one plan', [
        'oobe fleet PLAN.yaml',
      ])
}
