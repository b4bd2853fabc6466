import type { ChoiceControl, ChoiceOption, Control, LinkControl, Screen } from '../../domain/screen.ts'
import { nearest } from '../../scenario/nearest.ts'
import { buttonsOf, type Field, isField, primaryButton } from '../../ui/controls.ts'

type Press = Extract<Control, { kind: 'button' }> | LinkControl

/** What is asked on a page, one after the other: its fields, and then what to press. */
export type Question =
  | { kind: 'choice'; control: ChoiceControl }
  | { kind: 'field'; control: Field }
  | { kind: 'press'; presses: readonly Press[]; primary: Press | undefined }

/** A value of a field, the control that is pressed, or why the line is neither. */
export type Reply = { value: string } | { press: string } | { refused: readonly string[] }

/** Lists up to so long are read out whole. */
const LISTED_MAX = 12

/** Questions of a page. Empty where nothing can be pressed. */
export function questionsOf(screen: Screen): Question[] {
  const links = screen.controls.filter((control): control is LinkControl => control.kind === 'link')
  const presses = [...buttonsOf(screen).filter(({ disabled }) => disabled !== true), ...links]
  if (presses.length === 0) return []
  const fields = screen.controls.flatMap((control): Question[] => {
    if (control.kind === 'choice') return [{ kind: 'choice', control }]
    return isField(control) ? [{ kind: 'field', control }] : []
  })
  return [...fields, { kind: 'press', presses, primary: primaryButton(screen) }]
}

/** A question in lines that can be read out. */
export function askedAs(question: Question): string[] {
  switch (question.kind) {
    case 'choice': {
      const { label, options, selected } = question.control
      const kept = options.find(({ id }) => id === selected)
      const keeps = kept ? `; Enter takes ${kept.label}` : ''
      return options.length <= LISTED_MAX
        ? [...options.map((option, index) => `  ${index + 1} ${described(option)}`), `${label}: number or name${keeps}`]
        : [`${label}: ${options.length} to choose from, name or a part of it${keeps}`]
    }
    case 'field': {
      const { control } = question
      if (control.kind === 'secret') return [`${control.label}: what you type is not shown`]
      const { label, value, hint } = control
      return [`${label}:${value ? ` Enter keeps ${value}` : hint ? ` for example ${hint}` : ''}`]
    }
    case 'press': {
      const { presses, primary } = question
      const names = presses.map(({ label }, index) => `${index + 1} ${label}`).join(', ')
      return [`${names}${primary ? `; Enter presses ${primary.label}` : ''}`]
    }
  }
}

/** What a typed line means. */
export function replyTo(question: Question, typed: string): Reply {
  switch (question.kind) {
    case 'field':
      return { value: typed === '' && question.control.kind === 'text' ? (question.control.value ?? '') : typed }
    case 'choice': {
      const { options, selected } = question.control
      if (typed.trim() === '' && selected !== undefined) return { value: selected }
      const found = named(options, typed.trim(), options.length <= LISTED_MAX)
      return 'refused' in found ? found : { value: found.id }
    }
    case 'press': {
      const { presses, primary } = question
      if (typed.trim() === '' && primary) return { press: primary.id }
      const found = named(presses, typed.trim(), true)
      return 'refused' in found ? found : { press: found.id }
    }
  }
}

interface Named {
  id: string
  label: string
  english?: string
}

/** By number where the list was read out, by id or name, or by a part of the name that no other one has. */
function named<One extends Named>(
  all: readonly One[],
  typed: string,
  isNumbered: boolean,
): One | { refused: string[] } {
  const wanted = typed.toLowerCase()
  const names = ({ id, label, english }: Named) => [label, id, ...(english === undefined ? [] : [english])]
  const that = (fits: (name: string) => boolean) =>
    all.filter((one) => names(one).some((name) => fits(name.toLowerCase())))
  const number = isNumbered && /^\d{1,2}$/.test(typed) ? all[Number(typed) - 1] : undefined
  const exact = number ?? that((name) => name === wanted)[0]
  if (exact) return exact
  if (wanted === '') return { refused: ['An answer is needed here.'] }
  const begins = that((name) => name.startsWith(wanted))
  const near = begins.length > 0 ? begins : that((name) => name.includes(wanted))
  if (near.length === 1) return near[0]!
  if (near.length > 1) {
    const more = near.length > LISTED_MAX ? `, and ${near.length - LISTED_MAX} more` : ''
    const some = near.slice(0, LISTED_MAX).map(({ label }) => label)
    return { refused: [`"${typed}" is ${near.length} of them: ${some.join(', ')}${more}`] }
  }
  const like = /^\d+$/.test(typed) ? undefined : nearest(typed, all.flatMap(names))
  return { refused: [`There is no "${typed}" here.${like === undefined ? '' : ` Did you mean "${like}"?`}`] }
}

const described = ({ label, detail, bars, locked }: ChoiceOption): string =>
  [
    label,
    ...(detail === undefined ? [] : [detail]),
    ...(bars === undefined ? [] : [`signal ${bars} of 4`]),
    ...(locked ? ['needs a key'] : []),
  ].join(', ')
