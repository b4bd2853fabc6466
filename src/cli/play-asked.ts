import { resolve } from 'node:path'
import { languageOfTag } from '../domain/languages.ts'
import { toldLines } from '../journal/cause/lines.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { judged, prepareSealed } from '../scenario/run-scenario.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import { frameWords } from '../texts/frame-words.ts'
import { Asker } from './ask/asker.ts'
import { TypedLines } from './ask/typed-lines.ts'
import { isBug, printBug } from './broken-run.ts'
import { keepCollectedLogs } from './collected-logs.ts'
import { EXIT } from './exit-codes.ts'
import { openRunFolder } from './output-folder.ts'
import type { PlayOptions } from './play-plain.ts'
import { print } from './print.ts'
import { silentKeys } from './reported-keys.ts'
import { hideSplash } from './splash.ts'
import { stopOnSignals, stopRun } from './stopping.ts'

/** The first boot in lines: pages are read out, answers are typed. For screen readers, simple terminals and pipes. */
export async function playAsked(
  sealed: SealedRun,
  { speed, out, target, inspection, name }: PlayOptions & { name: string },
): Promise<number> {
  const { spec, vault } = sealed
  const folder = openRunFolder(out, name, vault)
  const stopping = stopOnSignals()
  let asker: Asker | undefined
  const pace = new AdjustablePace(speed, () => asker?.isAsking === true)
  const prepared = await prepareSealed(sealed, {
    keys: silentKeys,
    pace,
    sink: (line) => folder.write(line),
    onSecret: (secret, value) => folder.keepSecret(secret, value),
    isLive: true,
    ...(target ? { target } : {}),
    ...(inspection ? { onInspection: inspection.onInspection } : {}),
  })
  const { run, release } = prepared
  folder.onTrouble((error) => run.timeline.fail(error))
  const logs = keepCollectedLogs(run, folder)
  const lines = new TypedLines(process.stdin, () => process.kill(process.pid, 'SIGINT'))
  hideSplash()
  const language = languageOfTag(spec.device.windows.languages[0] ?? 'en')
  print(frameWords(language).ask.begin({ device: spec.device.title, tenant: spec.tenant.name }))
  const ended = new Promise<number>((resolveEnd) => {
    stopping.onStop(resolveEnd)
    asker = new Asker(run, lines, print, (why) => {
      print(why)
      resolveEnd(EXIT.interrupted)
    })
    run.journal.onEntry(() => pace.changed())
  })
  run.apply({ kind: 'person', who: 'terminal' }, 'terminal')
  const played = run.play().then((result) => {
    judged(prepared, spec, result)
    return EXIT.pass
  })
  try {
    const code = await Promise.race([ended, played])
    if (code !== EXIT.pass) {
      await stopRun(run, played)
      await played
    }
    return code
  } catch (error) {
    if (!isBug(error)) throw error
    printBug(error, { path: folder.path, journal: run.journal.entries })
    return EXIT.bug
  } finally {
    lines.release()
    release()
    stopping.release()
    const collected = await logs.written()
    folder.close()
    for (const line of toldLines(run.journal.entries)) print(`why: ${line}`)
    for (const path of collected) print(`logs: ${resolve(path)}`)
    print(`seed ${spec.seed}; journal: ${resolve(folder.path)}`)
  }
}
