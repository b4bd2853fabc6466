/** What a tag of the notes in docs/sources means here. */
export const CERTAINTY: Readonly<Record<string, 'documented' | 'observed' | 'assumed'>> = {
  D: 'documented',
  S: 'documented',
  L: 'documented',
  F: 'observed',
  M: 'observed',
  B: 'observed',
  C: 'observed',
  O: 'observed',
  T: 'observed',
  V: 'observed',
  1: 'observed',
  I: 'assumed',
  K: 'assumed',
  U: 'assumed',
}

/** How sure a source is, by the tag at its end; undefined for one without. */
export function certaintyOf(source: string): 'documented' | 'observed' | 'assumed' | undefined {
  const tag = /\[([A-Z1])\]$/.exec(source)?.[1]
  return tag === undefined ? undefined : CERTAINTY[tag]
}
