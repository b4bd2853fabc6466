import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** `node --test --test-update-snapshots`, or the variable. */
const isUpdate = (): boolean =>
  process.execArgv.includes('--test-update-snapshots') ||
  process.argv.includes('--test-update-snapshots') ||
  (process.env.OOBE_UPDATE ?? '') !== ''

const isCi = (): boolean => !['', '0', 'false'].includes(process.env.CI ?? '')

const HOW = 'OOBE_UPDATE=1, or node --test --test-update-snapshots, takes it over, where it is right.'

/** What differs from a golden file, line by line; undefined where nothing does. A file that is missing is written, but not in CI. */
export function differenceFrom(file: string, text: string): string | undefined {
  const before = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined
  if (before === text) return undefined
  if (isUpdate() || (before === undefined && !isCi())) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return undefined
  }
  if (before === undefined) return `there is no ${file}, and CI writes none. ${HOW}`
  return `expected what ${file} has:\n${changed(before.split('\n'), text.split('\n')).join('\n')}\n${HOW}`
}

const AROUND = 3
const SHOWN = 30

/** From the first to the last line that differs, with what is around them. */
function changed(before: readonly string[], now: readonly string[]): string[] {
  let from = 0
  while (from < before.length && before[from] === now[from]) from++
  let end = 0
  while (end < Math.min(before.length, now.length) - from && before.at(-1 - end) === now.at(-1 - end)) end++
  const cut = (lines: readonly string[], sign: string) => {
    const own = lines.slice(from, lines.length - end)
    return [
      ...own.slice(0, SHOWN).map((line) => `${sign} ${line}`),
      ...(own.length > SHOWN ? [`${sign} … ${own.length - SHOWN} more`] : []),
    ]
  }
  return [
    `@@ line ${from + 1} @@`,
    ...before.slice(Math.max(0, from - AROUND), from).map((line) => `  ${line}`),
    ...cut(before, '-'),
    ...cut(now, '+'),
    ...before.slice(before.length - end, before.length - end + AROUND).map((line) => `  ${line}`),
  ]
}
