/** Whether a path is a pattern: `*`, `?`, `[abc]`, `{a,b}`. */
export const isGlob = (text: string): boolean => /[*?[{]/.test(text)

/** The folders before the first sign of a pattern: `a/b` of `a/b/*.yaml`, and `` where there is none. */
export function fixedPart(glob: string): string {
  const parts = glob.split('/')
  return parts.slice(0, Math.max(0, Math.min(parts.findIndex(isGlob), parts.length - 1))).join('/')
}

/**
 * The paths, with forward slashes, that a pattern is for. `*` and `?` do not leave a folder, `**` as a whole part is any
 * folders or none, `[abc]`, `[a-z]` and `[!abc]` are one character, `{a,b}` is one of several. A bracket without its end is
 * itself.
 */
export function globPattern(glob: string): RegExp {
  return new RegExp(`^${sourceOf(glob)}$`, 'u')
}

const SIGN = /(^|\/)\*\*(?:\/|$)|\*+|\?|\[(!?)([^\]/]+)\]|\{([^{}]*)\}|[\s\S]/gu

function sourceOf(glob: string): string {
  return glob.replace(SIGN, (sign: string, before?: string, not?: string, set?: string, choices?: string) => {
    if (before !== undefined) return `${before}(?:[^/]+/)*${sign.endsWith('/') ? '' : '[^/]*'}`
    if (sign.startsWith('*')) return '[^/]*'
    if (sign === '?') return '[^/]'
    if (set !== undefined) return `[${not === '!' ? '^/' : ''}${set.replace(/[\\^\]&~|[]/g, '\\$&')}]`
    if (choices !== undefined) return `(?:${choices.split(',').map(sourceOf).join('|')})`
    return sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  })
}
