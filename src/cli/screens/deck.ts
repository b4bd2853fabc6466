import { escapeHtml } from '../../domain/html-text.ts'
import type { LanguageId } from '../../domain/languages.ts'
import { painted } from '../../ui/look/paint.ts'
import { THEMES, type Theme, type ThemeName } from '../../ui/look/themes.ts'
import type { Row, Span } from '../../ui/rows/row.ts'

export interface Card {
  page: string
  name: string
  scenario: string
  /** Drawn rows by language. */
  stills: readonly { language: LanguageId; rows: readonly Row[] }[]
}

/** All cards in one page that needs no other file, and no script. */
export function deckOf(cards: readonly Card[], themes: readonly ThemeName[]): string {
  const styles = new Styles()
  const pages = [...new Set(cards.map(({ page }) => page))]
  const sections = pages.map((page) =>
    sectionOf(
      page,
      cards.filter((card) => card.page === page),
      styles,
      themes,
    ),
  )
  const links = pages.map((page) => `<a href="#${escapeHtml(page)}">${escapeHtml(page)}</a>`).join(' ')
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
pre { margin: .2rem 0 1rem; padding: .3rem; width: 80ch; line-height: 1.2; overflow: hidden; font-family: monospace; }
${styles.css()}
</style>
<h1>Screens of oobe-sim</h1>
<nav>${links}</nav>
${sections.join('\n')}
</html>
`
}

const sectionOf = (page: string, cards: readonly Card[], styles: Styles, themes: readonly ThemeName[]): string =>
  [
    `<h2 id="${escapeHtml(page)}">${escapeHtml(page)}</h2>`,
    ...cards.map(({ name, scenario, stills }) => {
      const figures = stills.flatMap(({ language, rows }) =>
        themes.map((theme) => figureOf(`${name}, ${language}, ${theme}`, language, rows, new Painter(styles, theme))),
      )
      return `<h3>${escapeHtml(name)} <small>${escapeHtml(scenario)}</small></h3>\n<div class="row">${figures.join('\n')}</div>`
    }),
  ].join('\n')

function figureOf(caption: string, language: LanguageId, rows: readonly Row[], painter: Painter): string {
  const lines = rows.map((row) =>
    row
      .map((part) => painter.drawn(part))
      .join('')
      .trimEnd(),
  )
  return [
    `<figure lang="${language}"><figcaption>${escapeHtml(caption)}</figcaption>`,
    `<pre role="img" aria-label="${escapeHtml(caption)}" class="${painter.page()}">${lines.join('\n')}</pre></figure>`,
  ].join('')
}

/** Draws parts of rows in the colours of a theme. */
class Painter {
  readonly #styles: Styles
  readonly #theme: Theme

  constructor(styles: Styles, theme: ThemeName) {
    this.#styles = styles
    this.#theme = THEMES[theme]
  }

  /** The class of what is behind everything. */
  page(): string {
    const { inks, fills } = this.#theme
    return this.#styles.nameOf([`color:${inks.text}`, `background:${fills.page}`])
  }

  drawn(part: Span): string {
    const text = escapeHtml(part.text)
    const { ink, fill } = painted(part, this.#theme)
    const { inks, fills } = this.#theme
    const name = this.#styles.nameOf([
      ...(ink === inks.text ? [] : [`color:${ink}`]),
      ...(fill === fills.page ? [] : [`background:${fill}`]),
      ...(part.bold ? ['font-weight:bold'] : []),
      ...(part.underline ? ['text-decoration:underline'] : []),
    ])
    const styled = name === '' ? '' : ` class="${name}"`
    if (part.isRightToLeft) return `<bdi dir="rtl"${styled}>${text}</bdi>`
    return name === '' ? text : `<span${styled}>${text}</span>`
  }
}

/** A class for each style that is used. */
class Styles {
  readonly #names = new Map<string, string>()

  /** Empty where there are no rules. */
  nameOf(list: readonly string[]): string {
    const rules = list.join(';')
    if (rules === '') return ''
    const name = this.#names.get(rules) ?? `s${this.#names.size}`
    this.#names.set(rules, name)
    return name
  }

  css(): string {
    return [...this.#names].map(([rules, name]) => `.${name}{${rules}}`).join('\n')
  }
}
