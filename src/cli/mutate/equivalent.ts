import { resolve } from 'node:path'
import { readTextFile } from '../../scenario/read-text-file.ts'
import { equivalentMutantsSchema } from '../../scenario/schema/equivalent-mutants.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { readYaml, SIZE_MAX } from '../../scenario/yaml-file.ts'

/** Reasons by the names of the mutants. Codes as `readYaml`. */
export function equivalentIn(file: string): Map<string, string> {
  const text = readTextFile(resolve(workingFolder(), file), file, SIZE_MAX)
  const { equivalent } = readYaml(file, text, equivalentMutantsSchema)
  return new Map(equivalent.flatMap(({ what, reason }) => [what].flat().map((one) => [one, reason] as const)))
}
