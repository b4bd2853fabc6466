import { formatDuration } from '../domain/duration.ts'
import { safeText } from '../domain/safe-text.ts'
import { devicesText } from './batches.ts'
import type { FleetResult } from './result.ts'
import type { Spread } from './totals.ts'

const CAUSES_MAX = 10
const MISSING_MAX = 10

/** A number with its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** Rows of a table: what, how many, and the time in which half, 95 and 99 of a hundred were done. */
export function phaseRows({ phases, times }: Pick<FleetResult, 'phases' | 'times'>): string[][] {
  const row = (name: string, spread: Spread, more: readonly string[]): string[] => [
    name,
    String(spread.count),
    ...[spread.p50, spread.p95, spread.p99, spread.max].map(formatDuration),
    ...more,
  ]
  return [
    ['phase', 'devices', 'p50', 'p95', 'p99', 'max', 'p95 real', 'failed'],
    ...phases.map(({ name, device, real, failed }) => row(name, device, [formatDuration(real.p95), String(failed)])),
    ...(times.firstBoot
      ? [row('first boot', times.firstBoot, [times.realTime ? formatDuration(times.realTime.p95) : '', ''])]
      : []),
  ]
}

/** What did not pass, most devices first. */
export const causeLines = ({ causes }: FleetResult): string[] => [
  ...causes
    .slice(0, CAUSES_MAX)
    .map(
      ({ text, devices, code, example }) =>
        `${counted(devices, 'device')}: ${safeText(text)}${code === undefined ? '' : ` (${safeText(code)})`}; the first is device ${example + 1}`,
    ),
  ...(causes.length > CAUSES_MAX ? [`and ${causes.length - CAUSES_MAX} other causes`] : []),
]

/** Which devices have no result, and who has them. */
export function missingLines({ missing, missingShards }: FleetResult): string[] {
  const shards = missingShards.map((shard) => `shard ${shard} is missing`)
  const others = missing.filter(({ shard }) => shard === undefined || !missingShards.includes(shard))
  const batches = others
    .slice(0, MISSING_MAX)
    .map(
      (batch) =>
        `${devicesText(batch)}${batch.shard === undefined ? '' : ` of shard ${batch.shard}`}: ${batch.played} of ${batch.to - batch.from} have a result`,
    )
  return [
    ...shards,
    ...batches,
    ...(others.length > MISSING_MAX ? [`and ${others.length - MISSING_MAX} other batches`] : []),
  ]
}

/** `200: 40, 503: 2`. */
export const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${safeText(name)}: ${count}`)
    .join(', ')
