import { DecodeError } from '../../domain/trouble.ts'
import { attribute, child, children, filledTextOf, path } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { compact, decodeBoolean, decodeInteger, required } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf } from '../xml/write.ts'

const MALFORMED = 'ERR_MSI_JOB_MALFORMED'

/** What to install and how: the data of Exec on `DownloadInstall` (EnterpriseDesktopAppManagement CSP). */
export interface MsiInstallJob {
  /** Product code, in braces. */
  productId: string
  version: string
  /** One or more, tried in order. */
  contentUrls: string[]
  /** SHA-256 in hex, as it came. */
  fileHash: string
  enforcement: MsiEnforcement
}

export interface MsiEnforcement {
  /** Arguments for msiexec. */
  commandLine: string
  /** Minutes; 0 is no limit. */
  timeOut: number
  retryCount: number
  /** Minutes. */
  retryInterval: number
  /** Fetch with an Entra token (from 1703 on). */
  downloadFromAad?: boolean
}

/** The text of a job, without an XML declaration. */
export const encodeMsiInstallJob = ({
  productId,
  version,
  contentUrls,
  fileHash,
  enforcement,
}: MsiInstallJob): string =>
  element(
    'MsiInstallJob',
    { id: productId },
    element(
      'Product',
      { Version: version },
      element(
        'Download',
        {},
        element(
          'ContentURLList',
          {},
          contentUrls.map((url) => leaf('ContentURL', url)),
        ),
      ),
      element('Validation', {}, leaf('FileHash', fileHash)),
      element(
        'Enforcement',
        {},
        leaf('CommandLine', enforcement.commandLine),
        leaf('TimeOut', enforcement.timeOut),
        leaf('RetryCount', enforcement.retryCount),
        leaf('RetryInterval', enforcement.retryInterval),
        optionalLeaf('DownloadFromAad', enforcement.downloadFromAad),
      ),
    ),
  )

/**
 * Reads a job in any namespace. Enforcement is optional in part and in whole: no arguments, no limit, no retry.
 *
 * @throws DecodeError `ERR_XML_…` from the parser; `ERR_MSI_JOB_MALFORMED` not a job, or one without product code,
 *   content URL or hash, or with a number that is none.
 */
export function decodeMsiInstallJob(input: string | Uint8Array): MsiInstallJob {
  const root = parseXml(typeof input === 'string' ? input.trim() : input)
  if (root.local !== 'MsiInstallJob') throw new DecodeError(MALFORMED, 'the root element is not a MsiInstallJob')
  const product = child(root, 'Product')
  const enforcement = child(product, 'Enforcement')
  const number = (local: string) => decodeInteger(filledTextOf(enforcement, local), MALFORMED, local) ?? 0
  const contentUrls = children(path(product, 'Download', 'ContentURLList'), 'ContentURL')
    .map((url) => url.text.trim())
    .filter((url) => url !== '')
  if (contentUrls.length === 0) throw new DecodeError(MALFORMED, 'ContentURL is missing')
  return {
    productId: required(attribute(root, 'id')?.trim() || undefined, MALFORMED, 'id'),
    version: attribute(product, 'Version') ?? '',
    contentUrls,
    fileHash: required(filledTextOf(product, 'Validation', 'FileHash'), MALFORMED, 'FileHash'),
    enforcement: compact({
      commandLine: filledTextOf(enforcement, 'CommandLine') ?? '',
      timeOut: number('TimeOut'),
      retryCount: number('RetryCount'),
      retryInterval: number('RetryInterval'),
      downloadFromAad: decodeBoolean(filledTextOf(enforcement, 'DownloadFromAad'), MALFORMED, 'DownloadFromAad'),
    }),
  }
}
