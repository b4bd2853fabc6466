import * as v from 'valibot'
import { REPORTER_NAMES } from '../../domain/reporters.ts'
import { amount, text, whole } from './common.ts'
import { projectLimitsSchema } from './limits.ts'

const isInside = (path: string): boolean =>
  !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..') && !path.includes('\\')

const folder = (what: string, fallback: string) =>
  v.optional(
    v.pipe(
      text,
      v.check(isInside, 'must be a folder of the project, with forward slashes, such as tests/oobe'),
      v.description(`${what} Left out: ${fallback}.`),
    ),
  )

const reporter = v.pipe(
  text,
  v.check(
    (value) => REPORTER_NAMES.includes(value.split('=')[0]!),
    `must be a reporter, with or without a file, such as junit=reports/junit.xml. There are: ${REPORTER_NAMES.join(', ')}`,
  ),
)

const folders = v.pipe(
  v.strictObject({
    scenarios: folder('Where the scenarios of the project are.', 'scenarios'),
    devices: folder('Where its devices are.', 'devices'),
    tenants: folder('Where its schools are.', 'tenants, below the scenarios'),
    networks: folder('Where its networks are.', 'networks, below the scenarios'),
    persons: folder('Where its persons are.', 'persons, below the scenarios'),
    results: folder('Where runs and reports go, without --out.', 'oobe-results'),
  }),
  v.description('Folders of the project, by their paths from this file.'),
)

const defaults = v.pipe(
  v.strictObject({
    device: v.optional(v.pipe(text, v.description('The device of a scenario that names none.'))),
    tenant: v.optional(v.pipe(text, v.description('The school of a scenario that names none.'))),
    seed: v.optional(
      v.pipe(whole(0, Number.MAX_SAFE_INTEGER), v.description('The seed of a scenario that has none. Left out: 1.')),
    ),
  }),
  v.description('What the scenarios of the project have, where they say nothing else.'),
)

const threshold = v.optional(amount(0, 100))

const coverage = v.pipe(
  v.strictObject({
    thresholds: v.optional(
      v.pipe(
        v.strictObject({
          states: threshold,
          transitions: threshold,
          guards: threshold,
          actors: threshold,
          delays: threshold,
          pages: threshold,
          texts: threshold,
          events: threshold,
          faults: threshold,
          operations: threshold,
          nodes: threshold,
        }),
        v.description('The least percentages.'),
      ),
      {},
    ),
    gaps: v.optional(v.pipe(text, v.description('A file with what no run comes to, and the reasons.'))),
  }),
  v.description('What "oobe coverage" judges, without --threshold and --gaps.'),
)

/** `oobe.config.yaml`. */
export const configSchema = v.strictObject({
  folders: v.optional(folders, {}),
  defaults: v.optional(defaults, {}),
  reporters: v.optional(
    v.pipe(
      v.array(reporter),
      v.minLength(1, 'must name at least one'),
      v.description('What "oobe run" reports with, without --reporter.'),
    ),
  ),
  limits: v.optional(projectLimitsSchema, {}),
  coverage: v.optional(coverage),
})

export type ConfigFile = v.InferOutput<typeof configSchema>
