import type { JournalEntry, RecordedSpec } from '../../domain/journal.ts'
import type { PageId } from '../../domain/pages.ts'
import type { Size } from '../../ui/model.ts'
import { asciicast } from './asciicast.ts'
import { type Pace, timed } from './pace.ts'
import { type Shot, shotsOf } from './shots.ts'
import { animatedSvg, type Described, stillSvg } from './svg.ts'

export interface FilmOptions {
  size: Size
  /** Only this page. */
  page?: PageId
}

/** A run to be watched: the same journal gives the same bytes. */
export interface Film {
  shots: readonly Shot[]
  /** asciicast v2, in device time. */
  cast(): string
  /** One picture that moves. */
  animated(pace: Pace): string
  /** The last of it. */
  still(): string
}

/** @returns undefined where the run never showed the page, or nothing at all */
export function filmOf(
  entries: readonly JournalEntry[],
  spec: RecordedSpec,
  { size, page }: FilmOptions,
): Film | undefined {
  const all = shotsOf(entries, spec, size)
  const shots = page === undefined ? all : all.filter((shot) => shot.page === page)
  const last = shots.at(-1)
  if (!last) return undefined
  return {
    shots,
    cast: () => asciicast(shots, spec, size),
    animated: (pace) => animatedSvg(timed(shots, pace), size, described(shots, spec)),
    still: () => stillSvg(last.rows, size, described([last], spec)),
  }
}

/** The titles of the pages, in order. */
function described(shots: readonly Shot[], { title }: RecordedSpec): Described {
  const titles = shots.flatMap((shot, index) =>
    shot.page !== undefined && shot.page !== shots[index - 1]?.page ? [shot.title] : [],
  )
  return { title, description: `${titles.join('. ')}.` }
}
