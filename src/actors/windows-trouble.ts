import { safeText } from '../domain/safe-text.ts'
import type { Trouble } from '../domain/trouble.ts'
import { CODE, codeOfHttpStatus, httpStatusOf } from '../domain/windows-codes.ts'

const TEXT_MAX = 300

/**
 * Trouble as a page of Windows shows it: no page has a name of ours. An HTTP status has its HRESULT, and an answer that cannot be read
 * that of data that are not valid; which code Windows shows there is not documented [U]. The name stays in the text, for the journal.
 */
export function windowsTrouble(trouble: Trouble): Trouble {
  const { code } = trouble
  if (!code.startsWith('ERR_')) return trouble
  const status = httpStatusOf(code)
  const text = safeText(`${trouble.text} (${code})`, TEXT_MAX)
  return { ...trouble, code: status === undefined ? CODE.invalidData : codeOfHttpStatus(status), text }
}
