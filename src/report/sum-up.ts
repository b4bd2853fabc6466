import { formatDuration } from '../domain/duration.ts'
import type { Line, Part } from './line.ts'
import { reasonLine } from './reason.ts'
import { type Finished, isFlaky, isKnown, type RunEnd } from './reporter.ts'

/** Counts all, and keeps what failed, for the end of a list. */
export class SumUp {
  readonly #failed: Finished[] = []
  #passed = 0
  #flaky = 0
  #known = 0
  #notPlayed = 0
  #deviceMs = 0

  add(one: Finished): void {
    if (one.passed) this.#passed += isKnown(one) ? 0 : 1
    else this.#failed.push(one)
    if (isFlaky(one)) this.#flaky++
    if (isKnown(one)) this.#known++
    this.#deviceMs += one.deviceMs
  }

  addNotPlayed(): void {
    this.#notPlayed++
  }

  /**
   * What failed, once more and with the way to it; then the counts. One that was stopped is only counted.
   *
   * @param isFirst no failure was printed before
   */
  lines({ startedAt, endedAt, stopped }: RunEnd, isFirst = false): Line[] {
    const toTell = this.#failed.filter(({ outcome }) => isFirst || outcome?.kind !== 'stopped')
    const isAlone = !isFirst && this.#failed.length + this.#passed + this.#known + this.#notPlayed === 1
    return [
      ...toTell.flatMap((one) => ['', ...failedLines(one, isAlone)]),
      '',
      this.#counts((endedAt - startedAt) / 1_000),
      ...(stopped === 'bail' ? ['stopped after the failures that --bail allows'] : []),
    ]
  }

  #counts(seconds: number): Line {
    const failed = this.#failed.length
    const parts: Part[] = [
      this.#passed > 0 ? ['pass', `${this.#passed} passed`] : `${this.#passed} passed`,
      ', ',
      failed > 0 ? ['fail', `${failed} failed`] : `${failed} failed`,
      ...(this.#flaky > 0 ? [', ', ['warn', `${this.#flaky} flaky`] as const] : []),
      ...(this.#known > 0 ? [', ', ['warn', `${this.#known} known`] as const] : []),
      ...(this.#notPlayed > 0 ? [', ', ['warn', `${this.#notPlayed} not played`] as const] : []),
      ['quiet', ` (${formatDuration(this.#deviceMs)} of device time in ${seconds.toFixed(1)} s)`],
    ]
    return parts
  }
}

/** @param isAlone its failures were printed just before */
function failedLines(one: Finished, isAlone: boolean): Line[] {
  const { id, file, screen } = one
  const indented = (style: 'fail' | 'quiet', text: string): Line => ['    ', [style, text]]
  return [
    [['fail', 'failed: '], ['strong', id], `  ${file}`],
    ...(isAlone ? [] : whyLines(one)),
    ...(screen.length > 0 ? [indented('quiet', `page:    ${screen[0]!}`)] : []),
    ...(one.journal === undefined ? [] : [indented('quiet', `journal: ${one.journal}`)]),
    ...againOf(one).map((command) => indented('quiet', `again:   ${command}`)),
  ]
}

/** What did not hold, and why. */
export function whyLines({ failures, reason, broken }: Finished): Line[] {
  if (broken) return [['    ', ['fail', `${broken.code}: ${broken.message}`]]]
  return [
    ...failures.map((failure): Line => ['    ', ['fail', failure]]),
    ...reason.map((text): Line => `    ${reasonLine(text)}`),
  ]
}

/** The command that plays the same run again; none where only its service knows how to. */
export function againOf({ journal, service, seed, file, broken }: Finished): string[] {
  if (service) return []
  const isWhole = journal !== undefined && broken?.kind !== 'infrastructure'
  if (isWhole) return [`oobe replay ${shellWord(journal.replace(/[/\\]journal\.ndjson$/, ''))}`]
  return seed === undefined ? [] : [`oobe run ${shellWord(file)} --seed ${seed}`]
}

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
