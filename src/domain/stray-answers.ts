/** Codes of OMA-DM answers that were meant for something else, and were refused. */
export const STRAY_ANSWER = {
  session: 'ERR_SYNCML_OTHER_SESSION',
  device: 'ERR_SYNCML_OTHER_DEVICE',
  message: 'ERR_SYNCML_OTHER_MESSAGE',
  /** Of a message that came before, or of none that is due. */
  replay: 'ERR_SYNCML_REPLAY',
} as const

const CODES: ReadonlySet<string> = new Set(Object.values(STRAY_ANSWER))

export const isStrayAnswer = (code: string): boolean => CODES.has(code)
