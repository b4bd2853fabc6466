import { resolve } from 'node:path'
import { UserError } from '../../domain/trouble.ts'
import { causeOf } from '../../journal/cause/cause-of.ts'
import { accountIn, storyOf } from '../../journal/cause/story.ts'
import { outcomeOf, outcomeText } from '../../journal/outcome.ts'
import { phasesOf } from '../../journal/phases.ts'
import { diskFacts } from '../../report/evidence/facts.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { EXIT } from '../exit-codes.ts'
import { openToRead } from '../open-run.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { type RunReport, runLines, schoolLines } from './report-lines.ts'
import { keptDeployments, seenBySchoolOf } from './seen-by-school.ts'

const HELP = `oobe tenant report RUN...      how deployments went: phases with their times, the failed step, its code
oobe tenant report --data DIR  what a school that "oobe serve --data DIR" keeps has in its report

  RUN          the folder of a run, its journal, or its name in oobe-results
  --data DIR   the folder of a server that has ended; a server that runs answers
               GET /beta/deviceManagement/autopilotEvents
  --json       the same for programs; times are ISO 8601

Of a run it prints the device's side, which is read off its journal, and what the school sees of it: autopilotEvents of
Graph. For that the run is played again. The two differ: a device that fails and holds no session afterwards stays in
progress for the school, and a failure that the school has seen stays one, also when Try again repaired it.

exit: 0, 2 bad usage or no journal, 3 DIR cannot be read, 70 a bug of ours`

const OPTIONS = { data: { type: 'string' }, json: { type: 'boolean' } } as const

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe tenant report')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const usage = ['oobe tenant report RUN...', 'oobe tenant report --data DIR']
  if (values.data !== undefined && positionals.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'runs, or --data: not both', usage)
  }
  if (values.data !== undefined) {
    if (values.data === '') throw new UserError('ERR_BAD_ARGUMENTS', '--data names no folder', usage)
    const kept = keptDeployments(resolve(workingFolder(), values.data))
    if (values.json) print(JSON.stringify(kept, null, 2))
    else for (const line of schoolLines(kept)) print(line)
    return EXIT.pass
  }
  if (positionals.length === 0) throw new UserError('ERR_BAD_ARGUMENTS', 'of which run?', usage)
  // All of them are there before the first is printed.
  const opened = positionals.map((name) => ({ name, run: openToRead(name) }))
  const reports: RunReport[] = []
  for (const { name, run } of opened) reports.push({ ...deviceSideOf(name, run), school: await seenBySchoolOf(name) })
  if (values.json) print(JSON.stringify(reports.map(asJson), null, 2))
  else for (const [index, report] of reports.entries()) for (const line of runLines(report, index > 0)) print(line)
  return EXIT.pass
}

function deviceSideOf(name: string, { spec, entries }: ReturnType<typeof openToRead>): Omit<RunReport, 'school'> {
  const { device, profile, join, timeOf } = diskFacts(entries)
  const outcome = outcomeOf(entries)
  const cause = causeOf(entries, { run: name })
  const story = storyOf(entries)
  const profileName = profile?.json.DeploymentProfileName
  return {
    run: name,
    scenario: spec.scenario,
    tenant: spec.tenant.name,
    serialNumber: spec.device.smbios.serialNumber,
    deviceName: device?.name ?? '',
    osVersion: spec.device.windows.build,
    profile: typeof profileName === 'string' ? profileName : '',
    user: join?.upn ?? (story && accountIn(story)) ?? '',
    outcome: outcome ? outcomeText(outcome) : 'the journal ends before the run did',
    cause: cause?.sentence,
    next: cause?.next ?? [],
    phases: phasesOf(entries),
    timeOf,
  }
}

/** Times as Graph has them. */
const asJson = ({ phases, timeOf, next: _next, cause, school, ...report }: RunReport) => ({
  ...report,
  cause: cause ?? null,
  phases: phases.map(({ startedAt, endedAt, tookMs, failed, ...phase }) => ({
    ...phase,
    startedAt: timeOf(startedAt),
    endedAt: endedAt === undefined ? null : timeOf(endedAt),
    seconds: tookMs / 1_000,
    failedStep: failed?.step ?? null,
    code: failed?.code || null,
  })),
  autopilotEvents: 'unknown' in school ? null : school.deployments,
  ...('unknown' in school ? { notKnown: school.unknown } : {}),
})
