import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'

/** A logo of characters, in the place of the address of an image: a contract of ours. */
export const LOGO_TEXT = 'data:text/plain;charset=utf-8,'

/** Rows of a logo, without the empty one at the end of a block of YAML. */
export const logoRows = (logo: string): string[] => logo.replace(/\n+$/, '').split('\n')

/** The rows of a logo that a realm has, as many as fit. Undefined for an image, and for what is none. */
export function decodeLogo(tileLogo: string): string[] | undefined {
  if (!tileLogo.startsWith(LOGO_TEXT)) return undefined
  try {
    const rows = logoRows(decodeURIComponent(tileLogo.slice(LOGO_TEXT.length)))
    return rows.slice(0, TENANT_LIMITS.logoRows)
  } catch {
    // A broken escape sequence: what is wrong with a logo stops no sign-in.
    return undefined
  }
}
