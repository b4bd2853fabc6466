/**
 * What the bundle holds, as a CycloneDX document (ECMA-424). The same sources give the same bytes: it has no time and no
 * serial number, which the format leaves to its writer.
 */
export function sbom(product, packages) {
  const root = componentOf({ ...product, type: 'application' })
  const components = packages.map((one) => componentOf({ ...one, type: 'library' }))
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { lifecycles: [{ phase: 'build' }], component: root },
    components,
    // The bundle is one piece: which part of it calls which is not recorded.
    dependencies: [
      { ref: root['bom-ref'], dependsOn: components.map((component) => component['bom-ref']) },
      ...components.map((component) => ({ ref: component['bom-ref'] })),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function componentOf({ type, name, version, license, repository }) {
  const [scope, own] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const purl = `pkg:npm/${scope === undefined ? '' : `${encodeURIComponent(scope)}/`}${own}@${version}`
  const source = addressOf(repository)
  return {
    type,
    'bom-ref': purl,
    ...(scope === undefined ? {} : { group: scope }),
    name: own,
    version,
    licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }],
    purl,
    ...(source === undefined ? {} : { externalReferences: [{ type: 'vcs', url: source }] }),
  }
}

/** `repository` is an address, an object with one, or the short `owner/name` of GitHub. */
function addressOf(repository) {
  const given = typeof repository === 'string' ? repository : repository?.url
  if (!given) return undefined
  if (/^(github:)?[\w.-]+\/[\w.-]+$/.test(given)) return `https://github.com/${given.replace('github:', '')}`
  return given
    .replace(/^git@([^:/]+):/, 'https://$1/')
    .replace(/^git\+/, '')
    .replace(/^(git|ssh):\/\/(git@)?/, 'https://')
    .replace(/\.git$/, '')
}
