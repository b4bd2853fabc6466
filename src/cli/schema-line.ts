import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The comment that names the schema of a scenario's file, where it lies beside the file or above it. */
export function schemaLine(path: string): string[] {
  const found = ['.', '..'].find((above) => existsSync(join(dirname(path), above, 'scenario.schema.json')))
  return found === undefined ? [] : [`yaml-language-server: $schema=${found}/scenario.schema.json`]
}
