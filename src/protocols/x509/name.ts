import { type DerNode, readDer } from '../der/reader.ts'
import { TAG } from '../der/tags.ts'
import { childrenOf, readOid, readText } from '../der/values.ts'
import { ia5String, oid, printableString, sequence, set, utf8String } from '../der/writer.ts'

/** An attribute type by its short name, or by its object identifier when it has none here. */
export type NameAttributeType = keyof typeof OID_BY_TYPE | `${number}.${string}`

export interface NameAttribute {
  type: NameAttributeType
  value: string
}

const OID_BY_TYPE = {
  CN: '2.5.4.3',
  OU: '2.5.4.11',
  O: '2.5.4.10',
  C: '2.5.4.6',
  DC: '0.9.2342.19200300.100.1.25',
} as const

const TYPE_BY_OID = new Map(Object.entries(OID_BY_TYPE).map(([type, dotted]) => [dotted as string, type]))

/** A distinguished name, one attribute for each RDN, in the order given (RFC 5280 section 4.1.2.4). */
export const encodeName = (name: readonly NameAttribute[]): Uint8Array =>
  sequence(...name.map(({ type, value }) => set(sequence(oid(oidOf(type)), stringOf(type, value)))))

/** The attributes of a name in order; those of a multi-valued RDN follow one another. `ERR_DER_…` on malformed input. */
export const decodeName = (der: Uint8Array): NameAttribute[] => readName(readDer(der))

export const readName = (node: DerNode | undefined): NameAttribute[] =>
  childrenOf(node, 'name')
    .flatMap((rdn) => childrenOf(rdn, 'relative name', TAG.set))
    .map((attribute) => {
      const [type, value] = childrenOf(attribute, 'name attribute')
      const dotted = readOid(type, 'attribute type')
      const known = TYPE_BY_OID.get(dotted) as NameAttributeType | undefined
      return { type: known ?? (dotted as NameAttributeType), value: readText(value, 'attribute value') }
    })

const oidOf = (type: NameAttributeType): string =>
  type in OID_BY_TYPE ? OID_BY_TYPE[type as keyof typeof OID_BY_TYPE] : type

/** RFC 5280 appendix A.1 fixes PrintableString for a country and IA5String for a domain component. */
function stringOf(type: NameAttributeType, value: string): Uint8Array {
  if (type === 'C') return printableString(value)
  return type === 'DC' ? ia5String(value) : utf8String(value)
}
