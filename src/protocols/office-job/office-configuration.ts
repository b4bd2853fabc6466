import { DecodeError } from '../../domain/trouble.ts'
import { attribute, child, children } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { element } from '../xml/write.ts'

const MALFORMED = 'ERR_OFFICE_CONFIGURATION_MALFORMED'

/** Which Office to install: the data of Exec on `Install` (Office CSP), as the Office Deployment Tool takes it. */
export interface OfficeConfiguration {
  /** Where the files of the installation are. Left out: the Office CDN. */
  sourcePath?: string
  /** Such as `O365ProPlusRetail`. */
  products: string[]
  channel: string
}

/** The text of a configuration, without an XML declaration: 64 bits, in the language of Windows, and no page. */
export const encodeOfficeConfiguration = ({ sourcePath, products, channel }: OfficeConfiguration): string =>
  element(
    'Configuration',
    {},
    element(
      'Add',
      { ...(sourcePath === undefined ? {} : { SourcePath: sourcePath }), OfficeClientEdition: '64', Channel: channel },
      products.map((id) => element('Product', { ID: id }, element('Language', { ID: 'MatchOS' }))),
    ),
    element('Display', { Level: 'None', AcceptEULA: 'TRUE' }),
  )

/**
 * Reads a configuration in any namespace.
 *
 * @throws DecodeError `ERR_XML_…` from the parser; `ERR_OFFICE_CONFIGURATION_MALFORMED` no configuration, or one that adds no product
 */
export function decodeOfficeConfiguration(input: string | Uint8Array): OfficeConfiguration {
  const root = parseXml(typeof input === 'string' ? input.trim() : input)
  if (root.local !== 'Configuration') throw new DecodeError(MALFORMED, 'the root element is not a Configuration')
  const add = child(root, 'Add')
  const products = children(add, 'Product')
    .map((product) => attribute(product, 'ID')?.trim() ?? '')
    .filter((id) => id !== '')
  if (products.length === 0) throw new DecodeError(MALFORMED, 'it adds no Product')
  const sourcePath = attribute(add, 'SourcePath')?.trim() || undefined
  return {
    products,
    channel: attribute(add, 'Channel')?.trim() ?? '',
    ...(sourcePath === undefined ? {} : { sourcePath }),
  }
}
