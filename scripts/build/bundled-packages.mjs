import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The packages of which the bundle holds something, in the order of their names. What was only looked at and then left
 * out (no byte of it is in the output) is no part of the product.
 */
export function bundledPackages(root, { outputs }) {
  const folders = new Set(
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([input, { bytesInOutput }]) => {
        const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
        return folder !== undefined && bytesInOutput > 0 ? [folder] : []
      }),
    ),
  )
  const packages = [...folders].map((folder) => ({ folder: join(root, folder), ...manifestOf(join(root, folder)) }))
  // The same version may be installed at several places.
  return [...new Map(packages.map((one) => [`${one.name} ${one.version}`, one])).values()].sort((one, other) =>
    order(`${one.name} ${one.version}`, `${other.name} ${other.version}`),
  )
}

/** By code units: a language's own order is not the same on every machine. */
const order = (one, other) => (one < other ? -1 : Number(one > other))

function manifestOf(folder) {
  const { name, version, license, author, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!name || !version) throw new Error(`${folder}/package.json has no name or no version`)
  if (typeof license !== 'string') throw new Error(`${name} ${version} does not say its licence in package.json`)
  return { name, version, license, author, repository }
}
