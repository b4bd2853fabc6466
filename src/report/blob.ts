import { UserError } from '../domain/trouble.ts'
import type { Case, Finished, Reporter, RunEnd } from './reporter.ts'

const FORMAT = 1

/** The first line of a blob: which part of which run it holds. */
export interface BlobHead {
  oobeBlob: typeof FORMAT
  /** Of oobe-sim. */
  product: string
  /** Digest of all that the run was to play: the same for all its parts. */
  run: string
  /** How many plays the whole run has. */
  total: number
  shard: { index: number; count: number }
}

/** One play, at its place in the whole run. */
export type BlobEntry = { at: number } & ({ finished: Finished } | { notPlayed: Case })

export type BlobLine = BlobEntry | { end: RunEnd }

/**
 * A part of a run, one line a play, for `oobe merge`.
 *
 * @param places of the plays in the whole run, in the order of this part
 */
export function blobReporter(
  write: (text: string) => void,
  head: Omit<BlobHead, 'oobeBlob'>,
  places: readonly number[],
): Reporter {
  const lines: object[] = [{ oobeBlob: FORMAT, ...head }]
  let next = 0
  return {
    onFinished: (finished) => void lines.push({ at: places[next++], finished }),
    onNotPlayed: (notPlayed) => void lines.push({ at: places[next++], notPlayed }),
    onEnd: (end) => write([...lines, { end }].map((line) => `${JSON.stringify(line)}\n`).join('')),
  }
}

/** Code `ERR_BLOB`, with the place. */
export function readHead(line: string, place: string): BlobHead {
  const head = parsed(line, place) as Partial<BlobHead>
  if (head.oobeBlob === undefined) throw new UserError('ERR_BLOB', `${place}: this is no blob of "oobe run"`)
  if (head.oobeBlob !== FORMAT) {
    throw new UserError(
      'ERR_BLOB',
      `${place}: this blob has format ${head.oobeBlob}; this version reads format ${FORMAT}`,
    )
  }
  const { product, run, total, shard } = head
  const isWhole = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least
  const isSound =
    typeof product === 'string' &&
    typeof run === 'string' &&
    isWhole(total, 0) &&
    isWhole(shard?.index, 1) &&
    isWhole(shard?.count, 1) &&
    shard!.index <= shard!.count
  if (!isSound) throw new UserError('ERR_BLOB', `${place}: the first line of this blob was changed`)
  return head as BlobHead
}

/** Code `ERR_BLOB`, with the place. */
export function readBlobLine(line: string, place: string, { total }: BlobHead): BlobLine {
  const value = parsed(line, place) as { at?: unknown; finished?: unknown; notPlayed?: unknown; end?: unknown }
  const refuse = (what: string): never => {
    throw new UserError('ERR_BLOB', `${place}: ${what}`)
  }
  if (value.end !== undefined) return isEnd(value.end) ? { end: value.end } : refuse('the end of a run has two times')
  const { at, finished, notPlayed } = value
  if (!Number.isSafeInteger(at) || (at as number) < 0 || (at as number) >= total)
    refuse(`a play has a place from 0 to ${total - 1}`)
  if (isCase(finished) && isFinished(finished)) return { at: at as number, finished }
  if (isCase(notPlayed)) return { at: at as number, notPlayed }
  return refuse('this is no play of a scenario')
}

function parsed(line: string, place: string): object {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new UserError('ERR_BLOB', `${place}: not JSON: ${(error as Error).message.slice(0, 100)}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new UserError('ERR_BLOB', `${place}: not an object`)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isCase = (value: unknown): value is Case =>
  isObject(value) &&
  isText(value.id) &&
  isText(value.file) &&
  isText(value.title) &&
  isLeftOutOr(value.todo, isText) &&
  isLeftOutOr(value.knownIssue, isText)

/** Of a member that may be left out. */
const isLeftOutOr = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value)

const KINDS: readonly unknown[] = ['run', 'infrastructure', 'bug']

function isFinished(value: object): value is Finished {
  const one = value as Record<string, unknown>
  return (
    typeof one.passed === 'boolean' &&
    isTime(one.realMs) &&
    isTime(one.deviceMs) &&
    isTexts(one.failures) &&
    isTexts(one.reason) &&
    isTexts(one.screen) &&
    isLeftOutOr(one.knownFailures, isTexts) &&
    isLeftOutOr(one.seed, isTime) &&
    isLeftOutOr(one.retries, isTime) &&
    isLeftOutOr(one.journal, isText) &&
    isLeftOutOr(one.outcome, (outcome) => isObject(outcome) && isText(outcome.kind) && isText(outcome.text)) &&
    isLeftOutOr(one.service, (service) => isObject(service) && isText(service.title) && isTime(service.requests)) &&
    isLeftOutOr(
      one.broken,
      (broken) => isObject(broken) && KINDS.includes(broken.kind) && isText(broken.code) && isText(broken.message),
    )
  )
}

const isEnd = (value: unknown): value is RunEnd =>
  isObject(value) &&
  isTime(value.startedAt) &&
  isTime(value.endedAt) &&
  isLeftOutOr(value.stopped, (stopped) => stopped === 'signal' || stopped === 'bail')
