import { child, filledTextOf, type XmlElement } from '../xml/element.ts'
import { compact } from '../xml/schema-values.ts'
import { serializeContent } from '../xml/serialize.ts'
import type { Item, Meta } from './message.ts'

export const decodeItem = (item: XmlElement): Item => {
  const data = child(item, 'Data')
  return compact({
    target: filledTextOf(item, 'Target', 'LocURI'),
    source: filledTextOf(item, 'Source', 'LocURI'),
    meta: decodeMeta(child(item, 'Meta')),
    data: data && decodeData(data),
    moreData: child(item, 'MoreData') === undefined ? undefined : true,
  })
}

/** Escaped, as CDATA or as elements: servers send an XML value in all three forms, and it is one text afterwards. */
const decodeData = (data: XmlElement): string =>
  data.children.length === 0 ? data.text : serializeContent(data).trim()

/** Undefined when there is none; an empty one is an empty object. */
export function decodeMeta(meta: XmlElement | undefined): Meta | undefined {
  if (meta === undefined) return undefined
  return compact({
    format: filledTextOf(meta, 'Format'),
    type: filledTextOf(meta, 'Type'),
    mark: filledTextOf(meta, 'Mark'),
    size: filledTextOf(meta, 'Size'),
    nextNonce: filledTextOf(meta, 'NextNonce'),
    maxMsgSize: filledTextOf(meta, 'MaxMsgSize'),
  })
}
