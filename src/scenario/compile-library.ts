import { readFileSync } from 'node:fs'
import { compiledLine, textHash } from './compiled-library.ts'
import { filesBelow, type Kind } from './library-files.ts'
import { LINES_DEPTH } from './places.ts'
import { deviceSchema } from './schema/device.ts'
import { networkSchema } from './schema/network.ts'
import { personSchema } from './schema/person.ts'
import { scenarioSchema } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'
import { written } from './schema/written.ts'
import { readWithLines } from './yaml-file.ts'

const SCHEMAS = {
  device: deviceSchema,
  scenario: scenarioSchema,
  tenant: tenantSchema,
  network: written(networkSchema as never),
  person: written(personSchema as never),
} satisfies Record<Kind, unknown>

/** Every shipped file as its reader leaves it: the text of the compiled library. Called by the build. */
export function compileLibrary(root: string): string {
  const kinds = Object.keys(SCHEMAS) as Kind[]
  return kinds
    .flatMap((kind) =>
      filesBelow(root, kind).map(({ file, path }) => {
        const text = readFileSync(path, 'utf8')
        return compiledLine(textHash(kind, text), readWithLines(file, text, SCHEMAS[kind], LINES_DEPTH[kind]))
      }),
    )
    .join('')
}
