import { isSyncmlStatusCode } from './windows-codes.ts'

/** Whose part it is in which a session went wrong. */
export type Side = 'server' | 'connection' | 'device'

/** Codes of an answer that is none to the device's message, or that cannot be read, are the server's. */
export function sideOf(code: string): Side {
  if (code.startsWith('ERR_')) return 'server'
  // The server has refused what the device said.
  return isSyncmlStatusCode(code) ? 'device' : 'connection'
}

/** As a sentence has them, after `by`. */
export const SIDES: Record<Side, string> = {
  server: "the server's answer",
  connection: 'the connection',
  device: "the device's message",
}
