import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Beginning } from '../../src/cli/serve/beginning.ts'
import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { createDevelopmentCa } from '../../src/cli/serve/development-ca.ts'
import type { Recorded } from '../../src/cli/serve/recorded.ts'
import type { State } from '../../src/cli/serve/snapshot.ts'
import { newState } from '../../src/mock-service/state/new-state.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { folder } from './call.ts'

export const ORIGIN = 'http://localhost:8443'
export const CA = createDevelopmentCa(Date.now())

const definition = loadScenarios('surface-wifi-happy-path')[0]!.tenant
export const START = Date.parse('2024-11-04T08:00:00Z')
export const beginning: Beginning = { definition, startedAt: START, seed: 1, ca: CA, origin: ORIGIN }

export const requests = (count: number, bytes = 100): Recorded[] =>
  Array.from({ length: count }, (_, index) => ({
    at: START + index,
    request: {
      method: 'POST',
      url: `${ORIGIN}/${index}`,
      headers: { a: 'b' },
      body: new Uint8Array(bytes).fill(index),
    },
    peer: index % 2 === 0 ? {} : { certificate: Uint8Array.of(index) },
  }))

/** A school in which nothing has happened but that a web sign-in has this result. */
export function state(now: number, blob = ''): State {
  const tenant = newState(definition)
  tenant.enrolment.webSignIns.set('blob', blob)
  return { tenant, chance: [1, 2, 3, 4], now }
}

export function begun(): { data: DataFolder; path: string } {
  const path = join(folder, 'state')
  mkdirSync(path, { recursive: true })
  const data = new DataFolder(path)
  data.begin(beginning)
  return { data, path }
}

/** What another start finds. */
export function resumedAt(path: string) {
  const data = new DataFolder(path)
  try {
    return data.resume()!
  } finally {
    data.close()
  }
}

export const contentsOf = (path: string): Record<string, string> =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'latin1')]))
