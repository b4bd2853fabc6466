/**
 * HRESULTs that Windows puts beside a status, as `msft:originalerror`. 404 was captured; 405 is what the DMClient CSP
 * page names for a refused write; the rest is inferred from the names of Windows' CfgMgr errors.
 */
const ORIGINAL_ERROR: Record<number, string> = {
  404: '0x86000002',
  405: '0x86000011',
  406: '0x86000013',
  415: '0x86000001',
  425: '0x86000016',
  516: '0x86000009',
}

export const originalErrorOf = (status: number): string | undefined => ORIGINAL_ERROR[status]

/** A status as an administrator is shown it: 0x87D10000 + status. */
export const syncmlHresult = (status: number): string => `0x${(0x87d10000 + status).toString(16)}`
