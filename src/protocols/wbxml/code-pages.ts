import { METINF, SYNCML_12 } from '../syncml/constants.ts'

/** A code page of tags: the namespace of its elements, and their names from token 5 on (WBXML 1.3, 5.8.2). */
interface CodePage {
  uri: string
  names: readonly string[]
}

/** Tokens below are the same in all code pages. */
const FIRST_TAG = 5

/** SyncML Representation Protocol 1.2.2, section on WBXML; `''` is a token without a meaning. */
const SYNCML_TAGS = [
  ...['Add', 'Alert', 'Archive', 'Atomic', 'Chal', 'Cmd', 'CmdID', 'CmdRef', 'Copy', 'Cred', 'Data', 'Delete'],
  ...['Exec', 'Final', 'Get', 'Item', 'Lang', 'LocName', 'LocURI', 'Map', 'MapItem', 'Meta', 'MsgID', 'MsgRef'],
  ...['NoResp', 'NoResults', 'Put', 'Replace', 'RespURI', 'Results', 'Search', 'Sequence', 'SessionID', 'SftDel'],
  ...['Source', 'SourceRef', 'Status', 'Sync', 'SyncBody', 'SyncHdr', 'SyncML', 'Target', 'TargetRef', ''],
  ...['VerDTD', 'VerProto', 'NumberOfChanges', 'MoreData', 'Field', 'Filter', 'Record', 'FilterType'],
  ...['SourceParent', 'TargetParent', 'Move', 'Correlator'],
]

/** SyncML Meta-Information 1.2, section on WBXML. */
const METINF_TAGS = [
  ...['Anchor', 'EMI', 'Format', 'FreeID', 'FreeMem', 'Last', 'Mark', 'MaxMsgSize', 'Mem', 'MetInf', 'Next'],
  ...['NextNonce', 'SharedMem', 'Size', 'Type', 'Version', 'MaxObjSize', 'FieldLevel'],
]

/** By their numbers. A DevInf is another document, which OMA-DM does not send. */
export const CODE_PAGES: readonly CodePage[] = [
  { uri: SYNCML_12, names: SYNCML_TAGS },
  { uri: METINF, names: METINF_TAGS },
]

/** The element that a token means; undefined where it means none. */
export function tagOf(page: number, token: number): { uri: string; local: string } | undefined {
  const codePage = CODE_PAGES[page]
  const local = codePage?.names[token - FIRST_TAG]
  return codePage && local ? { uri: codePage.uri, local } : undefined
}

const tokens = new Map(
  CODE_PAGES.flatMap(({ uri, names }, page) =>
    names.map((local, index) => [`${uri} ${local}`, { page, token: index + FIRST_TAG }] as const),
  ),
)

/** The place of an element in the code pages; undefined for one that has to be written out. */
export const tokenOf = (uri: string, local: string): { page: number; token: number } | undefined =>
  tokens.get(`${uri} ${local}`)
