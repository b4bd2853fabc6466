import { isPageId, PAGE_IDS, type PageId } from '../domain/pages.ts'
import { UserError } from '../domain/trouble.ts'
import { pagesOf } from '../journal/pages.ts'
import { type Film, filmOf } from '../report/film/film.ts'
import { nearest } from '../scenario/nearest.ts'
import { SIZE_MIN, type Size } from '../ui/model.ts'
import { refuseExisting, writeWhole } from './device/write-new-file.ts'
import { EXIT } from './exit-codes.ts'
import { openToRead } from './open-run.ts'
import { parseOptions, refuseWithout } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe film RUN             a finished run to be watched, outside this program

  RUN                     the folder of a run, its journal, or its name in oobe-results
  --cast FILE             a terminal recording in device time (asciicast v2), with a marker for each page
  --svg FILE              a picture that moves, for a page or a README; - is standard output
  --page PAGE             only this page
  --still                 with --svg: one picture, of the last moment
  --speed N               with --svg: so many seconds of the device in one (default: 60)
  --size COLUMNSxROWS     of the terminal (default: 80x24)
  --force                 replaces FILE
  --json                  which files were written, their kinds, frames and bytes, for programs

The same journal gives the same bytes. Passwords are not in a journal: their fields show eight dots.

exit: 0, 2 bad usage, no journal, or a page that was not shown, 3 FILE cannot be written, 70 a bug of ours`

/** A picture is watched, and not read along: nothing flashes by, and nothing is waited for. */
const LEAST_MS = 700
const MOST_MS = 2_500
const SPEED = 60

export const FILM_PACE = { speed: SPEED, leastMs: LEAST_MS, mostMs: MOST_MS }
const SIZE_MAX = 400

const OPTIONS = {
  cast: { type: 'string' },
  svg: { type: 'string' },
  page: { type: 'string' },
  still: { type: 'boolean' },
  speed: { type: 'string' },
  size: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

export function filmCommand(args: string[]): number {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe film')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe film takes one run', ['oobe film RUN --svg FILE'])
  }
  const { cast, svg } = values
  if (cast === undefined && svg === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe film needs --cast FILE or --svg FILE', ['oobe film RUN --svg FILE'])
  }
  if (cast === '-' && svg === '-') {
    throw new UserError('ERR_BAD_ARGUMENTS', 'two films cannot both go to standard output')
  }
  if (values.json && (cast === '-' || svg === '-')) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--json goes without - : both would go to standard output')
  }
  refuseWithout(values, 'still', 'svg')
  refuseWithout(values, 'speed', 'svg')
  const size = sizeIn(values.size)
  const speed = speedIn(values.speed)
  if (values.still && values.speed !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--speed has no effect with --still')
  }
  const page = values.page === undefined ? undefined : pageIn(values.page)
  const run = openToRead(name)
  const film = filmOf(run.entries, run.spec, { size, ...(page === undefined ? {} : { page }) })
  if (!film) throw notShown(page, pagesOf(run.entries), run.name)
  const pace = { ...FILM_PACE, speed }
  const mayReplace = values.force === true
  for (const file of [cast, svg]) if (file !== undefined && file !== '-') refuseExisting(file, file, mayReplace)
  const written: Written[] = []
  if (cast !== undefined) written.push(write(cast, 'cast', film.cast(), film))
  if (svg !== undefined) written.push(write(svg, 'svg', values.still ? film.still() : film.animated(pace), film))
  if (values.json) print(JSON.stringify(written, undefined, 2))
  else for (const one of written) if (one.file !== '-') print(lineOf(one))
  return EXIT.pass
}

interface Written {
  file: string
  kind: 'cast' | 'svg'
  frames: number
  bytes: number
}

function write(file: string, kind: Written['kind'], content: string, { shots }: Film): Written {
  if (file === '-') process.stdout.write(content)
  else writeWhole(file, content)
  return { file, kind, frames: shots.length, bytes: Buffer.byteLength(content) }
}

const lineOf = ({ file, frames, bytes }: Written): string =>
  `${file}: ${frames} ${frames === 1 ? 'frame' : 'frames'}, ${Math.ceil(bytes / 1024)} kB`

function sizeIn(text: string | undefined): Size {
  if (text === undefined) return SIZE_MIN
  const [, columns, rows] = /^(\d{1,4})x(\d{1,4})$/.exec(text) ?? []
  const size = { columns: Number(columns), rows: Number(rows) }
  const isFit = size.columns >= SIZE_MIN.columns && size.rows >= SIZE_MIN.rows
  if (!isFit || size.columns > SIZE_MAX || size.rows > SIZE_MAX) {
    throw new UserError(
      'ERR_BAD_ARGUMENTS',
      `--size is COLUMNSxROWS, from ${SIZE_MIN.columns}x${SIZE_MIN.rows} to ${SIZE_MAX}x${SIZE_MAX}, not "${text}"`,
    )
  }
  return size
}

function speedIn(text: string | undefined): number {
  const speed = text === undefined ? SPEED : Number(text)
  if (!(speed >= 1 && speed <= 100_000)) {
    throw new UserError('ERR_BAD_ARGUMENTS', `--speed is a number from 1 to 100000, not "${text}"`)
  }
  return speed
}

function pageIn(text: string): PageId {
  if (isPageId(text)) return text
  const near = nearest(text, PAGE_IDS)
  throw new UserError('ERR_NOT_FOUND', `there is no page "${text}"`, near ? [`Did you mean "${near}"?`] : [])
}

function notShown(page: PageId | undefined, shown: readonly PageId[], run: string): UserError {
  if (page === undefined) return new UserError('ERR_NOT_FOUND', `${run} never had anything on its screen`)
  return new UserError('ERR_NOT_FOUND', `${run} never showed the page ${page}`, [
    `It showed: ${[...new Set(shown)].join(', ')}`,
  ])
}
