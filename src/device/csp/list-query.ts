const LIST = /^([^?]*?)\/?\?list=(Struct|StructData)$/i

/**
 * What a Get with `?list=Struct` or `?list=StructData` asks for (mdm-protocols.md, 2.6). Undefined for a plain address, and for
 * what a device does not have: properties, and a tree as a document (`TNDS`).
 */
export function listOf(uri: string): { uri: string; hasData: boolean } | undefined {
  const [, node, kind] = LIST.exec(uri) ?? []
  if (node === undefined || kind === undefined) return undefined
  return { uri: node, hasData: kind.toLowerCase() === 'structdata' }
}
