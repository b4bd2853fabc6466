/** `*` is anything. In linear time: each piece between two stars is looked for once, from where the one before it ended. */
export function matchesText(pattern: string, text: string): boolean {
  const url = text.toLowerCase()
  const [first = '', ...pieces] = pattern.toLowerCase().split('*')
  if (pieces.length === 0) return url === first
  const last = pieces.pop()!
  if (!url.startsWith(first)) return false
  let from = first.length
  for (const piece of pieces) {
    const at = url.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return url.length - last.length >= from && url.endsWith(last)
}

/** Whether a command on a node fits `Replace *pattern*` or `*pattern*`. */
export function matchesCommand(pattern: string, command: string, uri: string): boolean {
  const [text = '', wanted = command] = pattern.split(' ').reverse()
  return wanted === command && matchesText(text, uri)
}
