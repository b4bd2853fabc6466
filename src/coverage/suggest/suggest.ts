import { UserError } from '../../domain/trouble.ts'
import { isShipped } from '../../scenario/library-files.ts'
import { readTextFile } from '../../scenario/read-text-file.ts'
import { recordRun } from '../../scenario/record/record-run.ts'
import { prepareRun } from '../../scenario/run-scenario.ts'
import { specOf } from '../../scenario/spec-of.ts'
import { SIZE_MAX } from '../../scenario/yaml-file.ts'
import type { Edge } from '../edges.ts'
import type { Played } from './pool.ts'
import type { Search } from './search.ts'

/** A scenario that takes a transition, ready to be written; or why there is none. */
export type Suggestion = { edge: Edge } & ({ text: string; from: string } | { reason: string })

/** What the file of a suggestion is called in messages. */
const FILE = 'suggested.yaml'

const UNSAID = 'a run takes it, and no scenario file says the same'

/** How many runs are tried when the scenarios of the first ones do not say the same. */
const TRIES = 3

/** Looks for a scenario, and plays what it suggests: it passes, and takes the transition. */
export async function suggestFor(search: Search, edge: Edge): Promise<Suggestion> {
  const refused = new Map<Played, string>()
  for (;;) {
    const found = await search.find(edge, new Set(refused.keys()))
    const [unsaid] = refused.values()
    if ('reason' in found) return { edge, reason: unsaid ?? found.reason }
    const { played } = found
    const said = await textOf(search, edge, played)
    if ('text' in said) return { edge, from: played.scenario.id, text: said.text }
    refused.set(played, `${UNSAID}: ${said.reason}`)
    if (refused.size === TRIES) return { edge, reason: unsaid ?? `${UNSAID}: ${said.reason}` }
  }
}

async function textOf(search: Search, edge: Edge, played: Played): Promise<{ text: string } | { reason: string }> {
  const comments = [`Takes the transition ${edge.way}`, ...origin(played)]
  if (played.changes.length === 0) {
    const { path, id } = played.scenario
    const head = comments.map((line) => `# ${line}\n`).join('')
    return { text: head + readTextFile(path, id, SIZE_MAX) }
  }
  try {
    const sealed = specOf({ ...played.scenario, title: `Takes ${edge.way}` }, played.seed)
    const { journal } = await replayed(played)
    const { text, scenario, failures } = await recordRun(sealed, journal, FILE, comments)
    if (failures.length > 0) return { reason: failures[0]! }
    return (await search.takes(scenario, edge)) ? { text } : { reason: 'it does not take the transition' }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { reason: error.message }
  }
}

function origin({ scenario, changes }: Played): string[] {
  const whose = isShipped(scenario.path) ? 'the shipped scenario' : 'the scenario'
  if (changes.length === 0) return [`It is ${whose} ${scenario.id}.`]
  return [`From ${whose} ${scenario.id}, with:`, ...changes.map((change) => `- ${change}`)]
}

/** With its own expectations gone: what happens is recorded. */
async function replayed({ scenario, seed }: Played) {
  const { run, release } = await prepareRun({ ...scenario, expect: null }, { seed, transport: 'direct' })
  try {
    return await run.play()
  } finally {
    release()
  }
}
