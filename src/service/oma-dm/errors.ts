import { CODE } from '../../domain/windows-codes.ts'

/**
 * HRESULTs that Windows puts beside a status, as `msft:originalerror`. What is inferred from the names of Windows' CfgMgr
 * errors is [U] in their table.
 */
const ORIGINAL_ERROR: Record<number, string> = {
  404: CODE.cspNodeNotFound,
  405: CODE.cspCommandNotAllowed,
  406: CODE.cspPropertyNotSupported,
  415: CODE.cspDataTypeInvalid,
  425: CODE.cspAccessDenied,
  516: CODE.cspRollbackFailed,
}

export const originalErrorOf = (status: number): string | undefined => ORIGINAL_ERROR[status]
