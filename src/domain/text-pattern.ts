/** `*` is anything. In linear time: each piece between two stars is looked for once, from where the one before it ended. */
export function fitsPattern(pattern: string, text: string): boolean {
  const [first = '', ...pieces] = pattern.split('*')
  if (pieces.length === 0) return text === first
  const last = pieces.pop()!
  if (!text.startsWith(first)) return false
  let from = first.length
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

/** The same; letters of either case are alike. */
export const matchesText = (pattern: string, text: string): boolean =>
  fitsPattern(pattern.toLowerCase(), text.toLowerCase())

/** Whether a command on a node fits `Replace *pattern*` or `*pattern*`. */
export function matchesCommand(pattern: string, command: string, uri: string): boolean {
  const [text = '', wanted = command] = pattern.split(' ').reverse()
  return wanted === command && matchesText(text, uri)
}
