import { DecodeError } from '../../domain/trouble.ts'
import { attribute, children, path } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { decodeInteger } from '../xml/schema-values.ts'
import { element } from '../xml/write.ts'

const MALFORMED = 'ERR_HOSTED_INSTALL_MALFORMED'

/** Which MSIX package to install: the data of Exec on `HostedInstall` (EnterpriseModernAppManagement CSP). */
export interface HostedInstallJob {
  packageUri: string
  /** URIs of the framework packages that it needs, fetched first. */
  dependencies: string[]
  /** Flags of `PackageManager.DeploymentOptions`. */
  deploymentOptions: number
}

/** The text of a job, without an XML declaration. */
export const encodeHostedInstall = ({ packageUri, dependencies, deploymentOptions }: HostedInstallJob): string =>
  element(
    'Application',
    { PackageUri: packageUri, ...(deploymentOptions === 0 ? {} : { DeploymentOptions: String(deploymentOptions) }) },
    ...(dependencies.length === 0
      ? []
      : [
          element(
            'Dependencies',
            {},
            dependencies.map((uri) => element('Dependency', { PackageUri: uri })),
          ),
        ]),
  )

/**
 * Reads a job in any namespace; without options they are 0.
 *
 * @throws DecodeError `ERR_XML_…` from the parser; `ERR_HOSTED_INSTALL_MALFORMED` not a job, one without an address, or
 *   with options that are no number
 */
export function decodeHostedInstall(input: string | Uint8Array): HostedInstallJob {
  const root = parseXml(typeof input === 'string' ? input.trim() : input)
  if (root.local !== 'Application') throw new DecodeError(MALFORMED, 'the root element is not an Application')
  const packageUri = attribute(root, 'PackageUri')?.trim() ?? ''
  if (packageUri === '') throw new DecodeError(MALFORMED, 'PackageUri is missing')
  const dependencies = children(path(root, 'Dependencies'), 'Dependency')
    .map((dependency) => attribute(dependency, 'PackageUri')?.trim() ?? '')
    .filter((uri) => uri !== '')
  const options = attribute(root, 'DeploymentOptions')?.trim() || '0'
  return { packageUri, dependencies, deploymentOptions: decodeInteger(options, MALFORMED, 'DeploymentOptions') ?? 0 }
}
