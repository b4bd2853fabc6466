import { join, resolve } from 'node:path'
import { LANGUAGE_IDS, type LanguageId } from '../domain/languages.ts'
import { UserError } from '../domain/trouble.ts'
import { namesOf } from '../scenario/library.ts'
import { nearest } from '../scenario/nearest.ts'
import { loadScenarios } from '../scenario/scenario.ts'
import { loadLanguages } from '../texts/languages.ts'
import { textOfRow } from '../ui/frame-text.ts'
import { THEMES, type ThemeName } from '../ui/look/themes.ts'
import { EXIT } from './exit-codes.ts'
import { makeFolderBelow, makeOutputFolder, replaceFile, writing } from './new-file.ts'
import { parseOptions } from './options.ts'
import { print, printNote } from './print.ts'
import { Catalogue } from './screens/catalogue.ts'
import { type Card, deckOf } from './screens/deck.ts'
import { stillOf } from './screens/still.ts'

const HELP = `oobe screens [SCENARIO...]  all pages in all their states and languages, in 80 x 24 cells

  SCENARIO                only what these scenarios show (default: what all of them show)
  --language L            only this language, such as de; may be given more than once
  --theme T               dark, light or contrast, of the HTML page; may be given more than once (default: dark)
  --out DIR               where the files go (default: oobe-screens)
  --json                  which files were written, by the name of the form and by language, for programs

Writes DIR/LANGUAGE/NAME.txt, one for each form of a page, and DIR/index.html with all of them. The scenarios are played for that.
NAME is the page, its step and the state of its statechart. Files of before that have another name stay.

exit: 0, 2 bad usage, 3 DIR cannot be written, 70 a bug of ours`

const DEFAULT_OUT = 'oobe-screens'
const THEME_NAMES = Object.keys(THEMES) as ThemeName[]
const DEFAULT_THEMES: readonly ThemeName[] = ['dark']

export async function screensCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      language: { type: 'string', multiple: true },
      theme: { type: 'string', multiple: true },
      out: { type: 'string' },
      json: { type: 'boolean' },
    },
    'oobe screens',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const languages = values.language ? [...new Set(values.language.map(languageNamed))] : LANGUAGE_IDS
  const themes = values.theme ? [...new Set(values.theme.map(themeNamed))] : DEFAULT_THEMES
  const scenarios = (positionals.length > 0 ? positionals : namesOf('scenario')).flatMap(loadScenarios)
  const out = resolve(values.out ?? DEFAULT_OUT)
  await loadLanguages(languages)
  makeOutputFolder(out)
  if (scenarios.length > 9) printNote(`${scenarios.length} scenarios are played: this takes half a minute or more`)
  const catalogue = new Catalogue()
  for (const scenario of scenarios) await catalogue.play(scenario)
  const cards = catalogue.entries.map(
    ({ view, ...entry }): Card => ({
      ...entry,
      stills: languages.flatMap((language) => {
        const still = stillOf(view, language)
        return still ? [{ language, rows: still.rows }] : []
      }),
    }),
  )
  const write = (path: string, text: string) => writing(path, () => replaceFile(path, text))
  for (const language of languages) makeFolderBelow(out, language)
  for (const { name, stills } of cards) {
    for (const { language, rows } of stills) {
      write(join(out, language, `${name}.txt`), `${rows.map(textOfRow).join('\n')}\n`)
    }
  }
  write(join(out, 'index.html'), deckOf(cards, themes))
  if (values.json) print(JSON.stringify(written(cards, out), undefined, 2))
  else print(`${cards.length} forms of pages in ${languages.length} languages: ${join(out, 'index.html')}`)
  return EXIT.pass
}

const written = (cards: readonly Card[], out: string) => ({
  index: join(out, 'index.html'),
  forms: cards.map(({ name, stills }) => ({
    name,
    files: stills.map(({ language }) => ({ language, file: join(out, language, `${name}.txt`) })),
  })),
})

const languageNamed = (name: string): LanguageId => oneOf(LANGUAGE_IDS, name, 'there are no pages in')
const themeNamed = (name: string): ThemeName => oneOf(THEME_NAMES, name, 'there is no theme')

/** Code `ERR_BAD_ARGUMENTS`. */
function oneOf<One extends string>(all: readonly One[], name: string, none: string): One {
  const found = all.find((one) => one.toLowerCase() === name.toLowerCase())
  if (found) return found
  const near = nearest(name, all)
  throw new UserError('ERR_BAD_ARGUMENTS', `${none} "${name}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${all.join(', ')}`,
  ])
}
