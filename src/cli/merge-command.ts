import { UserError } from '../domain/trouble.ts'
import type { Reporter, RunEnd } from '../report/reporter.ts'
import { resultsFolder } from '../scenario/project.ts'
import { EXIT, worse } from './exit-codes.ts'
import { inOrder } from './merge/in-order.ts'
import { openParts, type Parts } from './merge/parts.ts'
import { makeOutputFolder } from './new-file.ts'
import { parseOptions } from './options.ts'
import { print, printNote } from './print.ts'
import { PlayedNow, readLastRun, writeLastRun } from './run/last-run.ts'
import { codeOf } from './run/play-cases.ts'
import { endAll, makeReporters, namedReporters, parseReporters } from './run/reporters.ts'

const HELP = `oobe merge BLOB...    the reports of a run that several machines have played

  BLOB                   a file of "oobe run --shard I/N --reporter blob", or a folder with several
  --reporter LIST        as for "oobe run" (default: list)
  --json                 as --reporter json=-: for programs
  --out DIR              where reports go, and last-run.json with all times (default: oobe-results)

The reports are those that one machine would have written.

exit: as "oobe run"; 5 when a part is missing, or was not played to its end`

export async function mergeCommand(args: string[]): Promise<number> {
  const types = {
    reporter: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    out: { type: 'string' },
  } as const
  const { values, positionals } = parseOptions(args, types, 'oobe merge')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length === 0) throw new UserError('ERR_BAD_ARGUMENTS', 'which blobs?', ['oobe merge blobs/'])
  const out = values.out ?? resultsFolder()
  const chosen = parseReporters(namedReporters(values.reporter, values.json === true) ?? ['list'])
  if (chosen.some(({ kind }) => kind === 'blob' || kind === 'plain')) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'blob and plain are for "oobe run": a merge plays nothing')
  }
  const parts = openParts(positionals)
  makeOutputFolder(out)
  const reporters = await makeReporters(chosen, { out, plan: undefined })
  return merge(parts, reporters, out)
}

function merge(parts: Parts, reporters: readonly Reporter[], out: string): number {
  const { blobs, missing, total } = parts
  const played = new PlayedNow()
  let code: number = EXIT.pass
  let told = 0
  let isIncomplete = false
  for (const reporter of reporters) reporter.onStart?.({ length: total })
  for (const entry of inOrder(blobs)) {
    told++
    if ('finished' in entry) {
      const { finished } = entry
      // Of a repetition the name has a number.
      played.add(finished.id.replace(/ #\d+$/, ''), finished)
      code = worse(code, codeOf(finished))
      for (const reporter of reporters) reporter.onFinished(finished)
    } else for (const reporter of reporters) reporter.onNotPlayed(entry.notPlayed)
  }
  for (const { path, end, head } of blobs) {
    if (end?.stopped !== 'signal' && end) continue
    isIncomplete = true
    printNote(`part ${head.shard.index} was not ${end ? 'played' : 'written'} to its end: ${path}`)
  }
  if (missing.length > 0) printNote(`missing: part ${missing.join(', ')} of ${blobs[0]!.head.shard.count}`)
  if (told < total) printNote(`${total - told} of ${total} plays are in none of the parts`)
  if (told < total || missing.length > 0) isIncomplete = true
  const ended = endAll([
    ...reporters.map((reporter) => () => reporter.onEnd(endOf(parts))),
    () => writeLastRun(out, played.after(readLastRun(out))),
  ])
  return [ended, isIncomplete ? EXIT.incomplete : EXIT.pass].reduce(worse, code)
}

function endOf({ blobs }: Parts): RunEnd {
  const ends = blobs.flatMap(({ end }) => (end ? [end] : []))
  const stopped = ends.find((end) => end.stopped)?.stopped
  return {
    startedAt: ends.reduce((least, end) => Math.min(least, end.startedAt), ends[0]?.startedAt ?? 0),
    endedAt: ends.reduce((most, end) => Math.max(most, end.endedAt), 0),
    ...(stopped ? { stopped } : {}),
  }
}
