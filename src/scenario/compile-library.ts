import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textHash } from './compiled-library.ts'
import { LINES_DEPTH } from './places.ts'
import { deviceSchema } from './schema/device.ts'
import { scenarioSchema } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'
import { readWithLines } from './yaml-file.ts'

const FOLDERS = {
  devices: { schema: deviceSchema, depth: LINES_DEPTH.device },
  scenarios: { schema: scenarioSchema, depth: LINES_DEPTH.scenario },
  'scenarios/tenants': { schema: tenantSchema, depth: LINES_DEPTH.tenant },
}

/** Every shipped file as its reader leaves it, by the hash of its text. Called by the build. */
export function compileLibrary(root: string): Record<string, unknown> {
  const entries = Object.entries(FOLDERS).flatMap(([folder, { schema, depth }]) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => {
        const text = readFileSync(join(root, folder, name), 'utf8')
        return [textHash(text), readWithLines(join(folder, name), text, schema, depth)] as const
      }),
  )
  return Object.fromEntries(entries)
}
