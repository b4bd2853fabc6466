import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Outcome } from '../../src/domain/journal.ts'
import { importedScenario } from '../../src/import/played.ts'
import { readIncident } from '../../src/import/read-incident.ts'
import { outcomeOf } from '../../src/journal/outcome.ts'
import { evidenceManifest, evidenceOf } from '../../src/report/evidence/evidence.ts'
import { namesOf } from '../../src/scenario/library.ts'
import { playSealed } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { specOf } from '../../src/scenario/spec-of.ts'
import { ENDS_NOT_SHOWN } from './ends-not-shown.ts'

const shipped = namesOf('scenario').flatMap(loadScenarios)

/** Which end it is, who may do what there, and with which code. What its sentence says more is not compared. */
function endOf(outcome: Outcome): object {
  switch (outcome.kind) {
    case 'failed':
      return { kind: outcome.kind, page: outcome.page, code: outcome.code }
    case 'desktop':
      return { ...ownedBy(outcome), account: outcome.account }
    case 'signInScreen':
    case 'kiosk':
      return ownedBy(outcome)
    default:
      return { kind: outcome.kind }
  }
}

/** A page for readers, and what only a simulation leaves: the words of the one, the whole of the other. */
const NOT_READ = ['MDMDiagReport.html', 'setupact.log', 'manifest.json']

const ownedBy = ({ kind, managed, autopilot }: { kind: string; managed: boolean; autopilot: boolean }) => ({
  kind,
  managed,
  autopilot,
})

test.each(shipped.map((scenario) => [scenario.id, scenario] as const))(
  'the evidence of %s imports to a scenario that ends the same way, or is in the table of those that cannot',
  { timeout: 60_000 },
  async (id, scenario) => {
    const { journal } = await playSealed(specOf(scenario, scenario.seed ?? 1), { transport: 'direct' })
    const files = evidenceOf(journal)
    const manifest = { name: 'manifest.json', bytes: Buffer.from(evidenceManifest(journal, files)) }
    // The archive has the same files once more.
    const { incident, files: reports } = readIncident([...files.filter(({ kind }) => kind !== 'archive'), manifest])
    const imported = await importedScenario(incident, 'imported.yaml', [], false)
    // What only a simulation leaves is not read.
    const unread = reports
      .filter(({ format, remarks }) => format === undefined && remarks[0] !== 'it is empty')
      .map(({ name }) => name)
    expect(unread.filter((name) => name !== 'DeliveryOptimization.txt')).toEqual(NOT_READ)
    const isShown = imported.draft.end.kind !== 'notShown'
    const ends = endOf(imported.outcome)
    if (ENDS_NOT_SHOWN[id] !== undefined) {
      // Once it can, it has to leave the table.
      const isSame = JSON.stringify(ends) === JSON.stringify(endOf(outcomeOf(journal)!))
      return expect(isShown && isSame && imported.failures.length === 0).toBe(false)
    }
    expect(isShown).toBe(true)
    expect(ends).toEqual(endOf(outcomeOf(journal)!))
    expect(imported.failures).toEqual([])
  },
)

test('docs/evidence.md lists the scenarios that do not come back, each below its reason', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/evidence.md'), 'utf8')
  for (const [id, why] of Object.entries(ENDS_NOT_SHOWN)) {
    const row = page.split('\n').find((line) => line.includes(why))
    expect(row, `${id}: ${why}`).toContain(`\`${id}\``)
  }
})
