/** What a person is typing. Secrets stay here only while their page is on the screen. */
export interface Draft {
  text: string
  /** In code points from the start. */
  cursor: number
}

export const draftOf = (text: string): Draft => ({ text, cursor: [...text].length })

/** Control characters never enter a field: a pasted line break is not the Enter key. */
const UNTYPABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

export function insert(draft: Draft, text: string, maxLength = 400): Draft {
  const chars = [...draft.text]
  const added = [...text.replace(UNTYPABLE, '')].slice(0, Math.max(0, maxLength - chars.length))
  chars.splice(draft.cursor, 0, ...added)
  return { text: chars.join(''), cursor: draft.cursor + added.length }
}

export function removeBefore(draft: Draft): Draft {
  if (draft.cursor === 0) return draft
  return { text: without(draft.text, draft.cursor - 1), cursor: draft.cursor - 1 }
}

export const removeAfter = (draft: Draft): Draft => ({ ...draft, text: without(draft.text, draft.cursor) })

export function moveCursor(draft: Draft, by: number): Draft {
  const length = [...draft.text].length
  return { ...draft, cursor: Math.min(length, Math.max(0, draft.cursor + by)) }
}

function without(text: string, index: number): string {
  const chars = [...text]
  chars.splice(index, 1)
  return chars.join('')
}
