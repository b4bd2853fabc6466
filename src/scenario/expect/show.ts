import * as v from 'valibot'
import type { Shown } from '../../domain/expectations.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import type { LanguageId } from '../../domain/languages.ts'
import { PAGE_IDS } from '../../domain/pages.ts'
import { type Control, type Screen, switchValue } from '../../domain/screen.ts'
import { EN } from '../../texts/en.ts'
import { wordingsFor } from '../../texts/languages.ts'
import { defineExpectation } from './define-expectation.ts'
import { hasPart, insteadOf } from './near.ts'
import { isPlace, place } from './place.ts'
import { isSoOften, listOf, often, text, timesText } from './times.ts'

const shown = v.pipe(
  v.strictObject({
    page: v.optional(
      v.pipe(
        v.lazy((given) => (String(given).includes('*') ? place : v.picklist(PAGE_IDS))),
        v.description('The page, or a pattern of pages.'),
      ),
    ),
    text: v.optional(v.pipe(text, v.description('A part of what can be read on it; * is anything.'))),
    wording: v.optional(v.pipe(text, v.description('A text of the product by its name, such as network.title.'))),
    control: v.optional(v.pipe(text, v.description('Label or id of a control that it offers, or of an option.'))),
    enabled: v.optional(v.pipe(v.boolean(), v.description('Whether that control can be pressed.'))),
    without: v.optional(
      v.pipe(
        v.lazy((given) =>
          given === undefined ? v.union([text, listOf(text)]) : Array.isArray(given) ? listOf(text) : text,
        ),
        v.description('Labels, ids or texts that it does not have.'),
      ),
    ),
    ...often,
  }),
  v.check(
    ({ page, text: part, wording, control, without }) =>
      [page, part, wording, control, without].some((one) => one !== undefined),
    'needs one of page, text, wording, control and without',
  ),
  v.check(({ enabled, control }) => enabled === undefined || control !== undefined, 'enabled goes with control'),
)

type Table = Record<string, Record<string, { text: string }>>

/** What a text of the product says in a language, by its name, with `*` for what is put in; undefined where there is none. */
export function wordingOf(full: string, language: LanguageId = 'en'): string | undefined {
  const [page = '', name = ''] = full.split('.')
  const texts = wordingsFor(language) as Table
  const found = Object.hasOwn(texts, page) && Object.hasOwn(texts[page]!, name) ? texts[page]![name] : undefined
  return found?.text.replace(/\{\w+\}/g, '*')
}

/** Names of all texts: `network.title`. */
export const textKeys = (): string[] =>
  Object.entries(EN as Table).flatMap(([page, wordings]) => Object.keys(wordings).map((name) => `${page}.${name}`))

/** Names of a control and of its options. */
const namesOf = (control: Control): string[] => [
  ...namesOfOne(control),
  ...(control.kind === 'choice' ? control.options.flatMap(namesOfOne) : []),
]

/** English names count on a page in another language. */
const namesOfOne = ({ id, label, english }: Pick<Control, 'id' | 'label' | 'english'>): string[] => [
  id,
  label,
  ...(english === undefined ? [] : [english]),
]

/** All that can be read on a screen, in its order. */
export function textsOn({ title, body, controls, progress, brand, failure }: Screen): string[] {
  const steps = progress?.categories?.flatMap((category) => [category, ...category.steps]) ?? []
  return [
    title,
    ...body.map((line) => line.text),
    ...(failure ? [failure.text, failure.code] : []),
    ...(progress?.label === undefined ? [] : [progress.label]),
    ...steps.flatMap(({ label, status }) => [label, status, `${label}: ${status}`]),
    ...(brand ? [brand.name, brand.signInPageText ?? '', brand.usernameHint ?? ''] : []),
    ...controls.flatMap((control) => [
      control.label,
      ...('hint' in control && control.hint !== undefined ? [control.hint] : []),
      ...('value' in control && control.value !== undefined ? [control.value] : []),
      ...(control.kind === 'switch' ? [`${control.label}: ${switchValue(control.isOn)}`] : []),
      ...(control.kind === 'choice' ? control.options.flatMap(({ label, detail }) => [label, detail ?? '']) : []),
    ]),
  ].filter((one) => one !== '')
}

const isNamed =
  (name: string) =>
  (control: Control): boolean =>
    namesOf(control).some((one) => one.toLowerCase() === name.toLowerCase())

const canPress = (control: Control): boolean => !('disabled' in control && control.disabled)

const WITHOUT = 'without '

/** What of the wanted is not on a screen: the kinds of it, in the order in which they are told. */
function lacking(screen: Screen, { page, text: part, wording, control, enabled, without }: Shown): string[] {
  const texts = textsOn(screen)
  const has = (one: string) => texts.some((line) => hasPart(one, line)) || hasPart(one, texts.join(' '))
  const own = control === undefined ? [] : screen.controls.filter(isNamed(control))
  const unwanted = [without ?? []].flat().filter((one) => screen.controls.some(isNamed(one)) || has(one))
  return [
    ...(page !== undefined && !isPlace(page, screen.page) ? ['page'] : []),
    ...(part !== undefined && !has(part) ? ['text'] : []),
    ...(wording !== undefined && !has(wordingOf(wording, screen.language) ?? wording) ? ['wording'] : []),
    ...(control !== undefined && own.length === 0 ? ['control'] : []),
    ...(enabled !== undefined && own.length > 0 && !own.some((one) => canPress(one) === enabled) ? ['enabled'] : []),
    ...unwanted.map((one) => `${WITHOUT}${one}`),
  ]
}

const screensOf = (journal: readonly JournalEntry[]): Screen[] =>
  journal.flatMap((entry) => (entry.kind === 'screen' && 'screen' in entry ? [entry.screen] : []))

function saidText({ page, text: part, wording, control, enabled, without }: Shown): string {
  const parts = [
    ...(part === undefined ? [] : [`the text "${part}"`]),
    ...(wording === undefined ? [] : [`the text ${wording}`]),
    ...(control === undefined
      ? []
      : [
          `${enabled === undefined ? 'the control' : enabled ? 'the enabled control' : 'the disabled control'} "${control}"`,
        ]),
    ...(without === undefined
      ? []
      : [
          `without ${[without]
            .flat()
            .map((one) => `"${one}"`)
            .join(', ')}`,
        ]),
  ]
  return `${page === undefined ? 'a page' : `the page ${page}`}${parts.length > 0 ? ` with ${parts.join(' and ')}`.replace('with without', 'without') : ''}`
}

/** What the nearest screens had instead. */
function insteadShown(wanted: Shown, screens: readonly Screen[]): string {
  const { page, text: part, wording, control } = wanted
  const own = page === undefined ? screens : screens.filter((screen) => isPlace(page, screen.page))
  if (own.length === 0)
    return insteadOf(
      page ?? '',
      screens.map((screen) => screen.page),
      'no page was shown',
    )
  const unwanted = own.find((screen) => {
    const lacks = lacking(screen, wanted)
    return lacks.length > 0 && lacks.every((one) => one.startsWith(WITHOUT))
  })
  if (unwanted) {
    const names = lacking(unwanted, wanted).map((one) => `"${one.slice(WITHOUT.length)}"`)
    return `; the page ${unwanted.page} has ${names.join(', ')}`
  }
  const least = Math.min(...own.map((screen) => lacking(screen, wanted).length))
  const near = own.filter((screen) => lacking(screen, wanted).length === least)
  const [first = ''] = lacking(near[0]!, wanted)
  if (first === 'enabled') return `; it was ${wanted.enabled ? 'disabled' : 'enabled'}`
  if (first === 'control')
    return insteadOf(
      control!,
      near.flatMap((screen) => screen.controls.map(({ label }) => label)),
      'it offered nothing',
    )
  const text = part ?? (wording === undefined ? '' : (wordingOf(wording, near[0]?.language) ?? wording))
  return insteadOf(text, near.flatMap(textsOn), 'there was no text')
}

/** Page text and controls. */
export const show = defineExpectation<'show'>({
  matcher: 'toShow',
  keys: {
    show: v.pipe(
      listOf(shown),
      v.description(
        'What is shown, all of one entry on one screen: { page: enrollment, text: "Something went wrong" }.',
      ),
    ) as never,
  },
  words: (one) => ({ show: [one] }),
  names: ({ show: all = [] }) =>
    all.flatMap(({ wording }, index) =>
      wording === undefined ? [] : [{ path: ['show', index, 'wording'], kind: 'text', name: wording }],
    ),
  judge: ({ show: all = [] }, { journal }) => {
    const screens = screensOf(journal)
    return all.map((wanted) => {
      const told = screens.map((screen) => lacking(screen, wanted))
      const count = told.filter(({ length }) => length === 0).length
      // What a page must not have, none of its screens has.
      const isOnOne = told.some((lacks) => lacks.length > 0 && lacks.every((one) => one.startsWith(WITHOUT)))
      const like = count === 1 ? 'one screen is' : `${count} screens are`
      return {
        holds: isSoOften(count, wanted.times) && !isOnOne,
        said: `${saidText(wanted)} to be shown${timesText(wanted.times)}`,
        found: count === 0 || isOnOne ? insteadShown(wanted, screens) : `; ${like} like that`,
      }
    })
  },
})
