import type { Screen } from '../domain/screen.ts'

type Wordings = Readonly<Record<string, Readonly<Record<string, { text: string }>>>>

interface Pattern {
  id: string
  section: string
  pattern: RegExp
}

export const textIdsOf = (table: Wordings): string[] =>
  Object.entries(table).flatMap(([section, wordings]) => Object.keys(wordings).map((key) => textId(section, key)))

const textId = (section: string, key: string): string => `text ${section}.${key}`

/**
 * Which texts a screen says, by their keys. Where several keys have one wording, those of the page itself count, else each of them.
 * The answers are remembered: most screens say what others have said.
 */
export function textsIn(table: Wordings): (screen: Screen) => string[] {
  const whole = new Map<string, { id: string; section: string }[]>()
  const patterns: Pattern[] = []
  for (const [section, wordings] of Object.entries(table)) {
    for (const [key, { text }] of Object.entries(wordings)) {
      const id = textId(section, key)
      // One that is only what is put in would be in every text.
      if (/\{\w+\}/.test(text)) patterns.push({ id, section, pattern: patternOf(text) })
      else whole.set(text, [...(whole.get(text) ?? []), { id, section }])
    }
  }
  const known = new Map<string, readonly string[]>()
  const idsOf = (text: string, page: string): readonly string[] => {
    const name = `${page} ${text}`
    const before = known.get(name)
    if (before) return before
    const found = whole.get(text) ?? patterns.filter(({ pattern }) => pattern.test(text))
    const own = found.filter(({ section }) => section === page)
    const ids = (own.length > 0 ? own : found).map(({ id }) => id)
    if (known.size < KNOWN_MAX) known.set(name, ids)
    return ids
  }
  return (screen) => [...new Set(stringsOf(screen).flatMap((text) => idsOf(text, screen.page)))]
}

const KNOWN_MAX = 20_000

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.{1,300}?')}$`,
    's',
  )

function stringsOf({ title, body, controls, progress, failure }: Screen): string[] {
  return [
    title,
    ...body.map(({ text }) => text),
    ...controls.flatMap((control) => [
      control.label,
      ...('hint' in control && control.hint !== undefined ? [control.hint] : []),
      ...(control.kind === 'choice' ? control.options.flatMap(({ label, detail = '' }) => [label, detail]) : []),
    ]),
    ...(progress ? [progress.label ?? '', ...(progress.categories ?? []).flatMap(categoryStrings)] : []),
    ...(failure ? [failure.text] : []),
  ].filter((text) => text !== '')
}

type Category = NonNullable<NonNullable<Screen['progress']>['categories']>[number]

const categoryStrings = ({ label, status, steps }: Category): string[] => [
  label,
  status,
  ...steps.flatMap((step) => [step.label, step.status]),
]
