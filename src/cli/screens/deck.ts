import { escaped } from '../../coverage/escaped.ts'
import type { LanguageId } from '../../domain/languages.ts'
import type { Row, Span } from '../../ui/rows/row.ts'

export interface Card {
  page: string
  name: string
  scenario: string
  /** Drawn rows by language. */
  stills: readonly { language: LanguageId; rows: readonly Row[] }[]
}

/** All cards in one page that needs no other file, and no script. */
export function deckOf(cards: readonly Card[]): string {
  const styles = new Styles()
  const pages = [...new Set(cards.map(({ page }) => page))]
  const sections = pages.map((page) =>
    sectionOf(
      page,
      cards.filter((card) => card.page === page),
      styles,
    ),
  )
  const links = pages.map((page) => `<a href="#${escaped(page)}">${escaped(page)}</a>`).join(' ')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Screens of oobe-sim</title>
<style>
body { margin: 1rem; background: #111; color: #eee; font-family: system-ui, sans-serif; }
a { color: #4cc2ff; margin-right: .5em; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; }
figcaption { color: #aaa; font-size: .85rem; }
pre { margin: .2rem 0 1rem; padding: .3rem; width: 80ch; background: #1e1e1e; line-height: 1.2; overflow: hidden; font-family: monospace; }
${styles.css()}
</style>
<h1>Screens of oobe-sim</h1>
<nav>${links}</nav>
${sections.join('\n')}
</html>
`
}

const sectionOf = (page: string, cards: readonly Card[], styles: Styles): string =>
  [
    `<h2 id="${escaped(page)}">${escaped(page)}</h2>`,
    ...cards.map(
      ({ name, scenario, stills }) =>
        `<h3>${escaped(name)} <small>${escaped(scenario)}</small></h3>\n<div class="row">${stills
          .map(({ language, rows }) => figureOf(name, language, rows, styles))
          .join('\n')}</div>`,
    ),
  ].join('\n')

const figureOf = (name: string, language: LanguageId, rows: readonly Row[], styles: Styles): string =>
  `<figure lang="${language}"><figcaption>${language}</figcaption><pre role="img" aria-label="${escaped(name)}, ${language}">${rows
    .map((row) => row.map((part) => partOf(part, styles)).join(''))
    .map((line) => line.trimEnd())
    .join('\n')}</pre></figure>`

function partOf(part: Span, styles: Styles): string {
  const text = escaped(part.text)
  const name = styles.nameOf(part)
  if (part.isRightToLeft) return `<bdi dir="rtl"${name === '' ? '' : ` class="${name}"`}>${text}</bdi>`
  return name === '' ? text : `<span class="${name}">${text}</span>`
}

/** A class for each style that is used. */
class Styles {
  readonly #names = new Map<string, string>()

  nameOf({ color, background, bold, dim, underline, inverse }: Span): string {
    const rules = [
      ...(color === undefined || inverse ? [] : [`color:${color}`]),
      ...(background === undefined ? [] : [`background:${background}`]),
      ...(bold ? ['font-weight:bold'] : []),
      ...(dim ? ['opacity:.7'] : []),
      ...(underline ? ['text-decoration:underline'] : []),
      ...(inverse ? ['background:#eee;color:#111'] : []),
    ].join(';')
    if (rules === '') return ''
    const name = this.#names.get(rules) ?? `s${this.#names.size}`
    this.#names.set(rules, name)
    return name
  }

  css(): string {
    return [...this.#names].map(([rules, name]) => `.${name}{${rules}}`).join('\n')
  }
}
