import type { CategoryProgress, Screen } from '../../domain/screen.ts'
import { frameWords } from '../../texts/frame-words.ts'

/** A page in lines to be read out, in its language: what it is called, what it says, what went wrong, how far it is. */
export function announced(screen: Screen): string[] {
  const { title, brand, body, failure, progress } = screen
  const { ask } = frameWords(screen.language)
  return [
    ask.page({ title }),
    ...(brand ? [brand.name] : []),
    ...body.map(({ text, tone }) => (tone === 'error' ? ask.error({ text }) : text)),
    ...(failure ? [ask.error({ text: failure.text }), ask.errorCode({ code: failure.code })] : []),
    ...(progress?.label === undefined ? [] : [ask.progress({ label: progress.label })]),
    ...(progress?.categories ?? []).flatMap(categoryLines),
  ].filter((line, index, all) => all.indexOf(line) === index)
}

const categoryLines = ({ label, status, state, steps }: CategoryProgress): string[] => [
  `${label}: ${status}`,
  ...(state === 'inProgress' || state === 'failed'
    ? steps.map((step) => `${label}, ${step.label}: ${step.status}`)
    : []),
]

/** What is new since the last page was read out: all of another page but a title that it shares, and of the same one what it did not have. */
export function newsOf(screen: Screen, before: Screen | null): string[] {
  const lines = announced(screen)
  if (before === null) return lines
  const told = announced(before)
  const known = new Set(before.page === screen.page ? told : told.slice(0, 1))
  return lines.filter((line) => !known.has(line))
}
