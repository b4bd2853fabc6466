import { parseDuration } from '../domain/duration.ts'
import { nearest } from '../scenario/nearest.ts'
import { isTimeMetric, TIME_METRIC_NAMES, type TimeMetric } from './metrics.ts'

/** What a threshold measures. */
export type Measure =
  | { kind: 'time'; of: TimeMetric; by: 'mean' | 'min' | 'max' | { quantile: number } }
  /** Devices that failed. */
  | { kind: 'failed' }
  /** Answers with a status, or one of a class: `5xx`. */
  | { kind: 'http'; status: string }
  /** Requests without an answer. */
  | { kind: 'unanswered' }
  | { kind: 'requests' }

export const COMPARISONS = ['<=', '>=', '==', '!=', '<', '>'] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface Threshold {
  /** As it was written. */
  text: string
  measure: Measure
  comparison: Comparison
  /** Milliseconds, a share from 0 to 1, or a count. */
  value: number
  unit: 'ms' | 'share' | 'count'
}

/** An expression that is none: the first character that is wrong, counted from 0, and what belongs there. */
export class ThresholdError extends Error {
  override name = 'ThresholdError'
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const FORM = 'such as "p95(enrollment) < 90s", "failed < 1%" or "http 5xx == 0"'
const WORDS = ['failed', 'http', 'unanswered', 'requests', 'mean', 'min', 'max', 'p50', 'p95', 'p99']

/** Reads `measure comparison value`. @throws ThresholdError */
export function parseThreshold(text: string): Threshold {
  const reader = new Reader(text)
  const measure = measureOf(reader)
  const comparison = reader.take(/^(<=|>=|==|!=|<|>)/, 'a comparison: <, <=, >, >=, == or !=') as Comparison
  reader.skip()
  const at = reader.at
  const { value, unit } = valueIn(reader)
  reader.skip()
  if (!reader.isAtEnd) throw new ThresholdError(reader.at, 'nothing more belongs here')
  const allowed = UNITS[measure.kind]
  if (!allowed.includes(unit))
    throw new ThresholdError(at, `must be ${allowed.map((one) => UNIT_WORDS[one]).join(' or ')}`)
  return { text, measure, comparison, value, unit }
}

const UNITS: Readonly<Record<Measure['kind'], readonly Threshold['unit'][]>> = {
  time: ['ms'],
  failed: ['share', 'count'],
  http: ['count', 'share'],
  unanswered: ['count', 'share'],
  requests: ['count'],
}
const UNIT_WORDS = { ms: 'a duration, such as 90s', share: 'a share, such as 1%', count: 'a number' } as const

class Reader {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  skip(): void {
    while (this.text[this.at] === ' ') this.at++
  }

  peek(pattern: RegExp): string | undefined {
    this.skip()
    return pattern.exec(this.text.slice(this.at))?.[0]
  }

  take(pattern: RegExp, what: string): string {
    const found = this.peek(pattern)
    if (found === undefined) throw new ThresholdError(this.at, `here belongs ${what}`)
    this.at += found.length
    return found
  }
}

function measureOf(reader: Reader): Measure {
  const word = reader.peek(/^[A-Za-z]\w*(\.\d+)?/)
  const at = reader.at
  if (word === undefined) throw new ThresholdError(at, `here belongs what is measured, ${FORM}`)
  reader.at += word.length
  switch (word) {
    case 'failed':
    case 'unanswered':
    case 'requests':
      return { kind: word }
    case 'http':
      return { kind: 'http', status: reader.take(/^[1-5](\d\d|xx)(?!\w)/, 'a status or a class of them: 503 or 5xx') }
    case 'mean':
    case 'min':
    case 'max':
      return { kind: 'time', by: word, of: timeIn(reader) }
  }
  const percent = /^p(\d{1,2}(\.\d+)?|100)$/.exec(word)?.[1]
  if (percent !== undefined && Number(percent) > 0) {
    return { kind: 'time', by: { quantile: Math.round(Number(percent) * 1_000) / 100_000 }, of: timeIn(reader) }
  }
  const near = nearest(word, WORDS)
  throw new ThresholdError(at, `"${word}" cannot be measured, ${near ? `did you mean "${near}"` : FORM}`)
}

function timeIn(reader: Reader): TimeMetric {
  reader.take(/^\(/, 'an opening parenthesis')
  reader.skip()
  const at = reader.at
  const name = reader.take(/^\w+/, `a part of the first boot: ${TIME_METRIC_NAMES.join(', ')}`)
  if (!isTimeMetric(name)) {
    const near = nearest(name, TIME_METRIC_NAMES)
    const hint = near ? `did you mean "${near}"` : `there are: ${TIME_METRIC_NAMES.join(', ')}`
    throw new ThresholdError(at, `"${name}" has no time, ${hint}`)
  }
  reader.take(/^\)/, 'a closing parenthesis')
  return name
}

function valueIn(reader: Reader): Pick<Threshold, 'value' | 'unit'> {
  const duration = reader.peek(/^(\d+(\.\d+)?(ms|s|m|h|d))+(?![\w%.])/)
  if (duration !== undefined) {
    reader.at += duration.length
    return { value: parseDuration(duration)!, unit: 'ms' }
  }
  const share = reader.peek(/^\d+(\.\d+)?%/)
  if (share !== undefined) {
    reader.at += share.length
    return { value: Number(share.slice(0, -1)) / 100, unit: 'share' }
  }
  const count = reader.take(/^\d+(\.\d+)?(?![\w%])/, 'a value: a duration, a share or a number')
  return { value: Number(count), unit: 'count' }
}

/** Whether a number keeps to a threshold. */
export function holds(comparison: Comparison, measured: number, value: number): boolean {
  switch (comparison) {
    case '<':
      return measured < value
    case '<=':
      return measured <= value
    case '>':
      return measured > value
    case '>=':
      return measured >= value
    case '==':
      return measured === value
    case '!=':
      return measured !== value
  }
}
