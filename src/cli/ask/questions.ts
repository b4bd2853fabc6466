import {
  type ChoiceControl,
  type ChoiceOption,
  type Control,
  type LinkControl,
  type Screen,
  type SwitchControl,
  switchValue,
} from '../../domain/screen.ts'
import { nearest } from '../../scenario/nearest.ts'
import { type FrameWords, frameWords } from '../../texts/frame-words.ts'
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
    if (control.kind === 'switch') return [{ kind: 'choice', control: asChoice(control, frameWords(screen.language)) }]
    return isField(control) ? [{ kind: 'field', control }] : []
  })
  return [...fields, { kind: 'press', presses, primary: primaryButton(screen) }]
}

/** A switch is asked for as a list of two. */
const asChoice = ({ id, label, isOn }: SwitchControl, { frame }: FrameWords): ChoiceControl => ({
  id,
  kind: 'choice',
  label,
  options: [
    { id: switchValue(true), label: frame.on },
    { id: switchValue(false), label: frame.off },
  ],
  selected: switchValue(isOn),
})

/** What is said with questions and answers. */
type AskWords = FrameWords['ask']

/** A question in lines that can be read out. */
export function askedAs(question: Question, ask: AskWords): string[] {
  switch (question.kind) {
    case 'choice': {
      const { label, options, selected } = question.control
      const kept = options.find(({ id }) => id === selected)
      const takes = kept ? [ask.takes({ label: kept.label })] : []
      return options.length <= LISTED_MAX
        ? [
            ...options.map((option, index) => `  ${index + 1} ${described(option, ask)}`),
            [ask.numberOrName({ label }), ...takes].join('; '),
          ]
        : [[ask.choose({ label, count: options.length }), ...takes].join('; ')]
    }
    case 'field': {
      const { control } = question
      if (control.kind === 'secret') return [ask.isHidden({ label: control.label })]
      const { label, value, hint } = control
      return [`${label}:${value ? ` ${ask.keeps({ value })}` : hint ? ` ${ask.forExample({ hint })}` : ''}`]
    }
    case 'press': {
      const { presses, primary } = question
      const names = presses.map(({ label }, index) => `${index + 1} ${label}`).join(', ')
      return [[names, ...(primary ? [ask.presses({ label: primary.label })] : [])].join('; ')]
    }
  }
}

/** What a typed line means. */
export function replyTo(question: Question, typed: string, ask: AskWords): Reply {
  switch (question.kind) {
    case 'field':
      return { value: typed === '' && question.control.kind === 'text' ? (question.control.value ?? '') : typed }
    case 'choice': {
      const { options, selected } = question.control
      if (typed.trim() === '' && selected !== undefined) return { value: selected }
      const found = named(options, typed.trim(), options.length <= LISTED_MAX, ask)
      return 'refused' in found ? found : { value: found.id }
    }
    case 'press': {
      const { presses, primary } = question
      if (typed.trim() === '' && primary) return { press: primary.id }
      const found = named(presses, typed.trim(), true, ask)
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
  ask: AskWords,
): One | { refused: string[] } {
  const wanted = typed.toLowerCase()
  const namesOf = ({ id, label, english }: Named) => [label, id, ...(english === undefined ? [] : [english])]
  const that = (fits: (name: string) => boolean) =>
    all.filter((one) => namesOf(one).some((name) => fits(name.toLowerCase())))
  const number = isNumbered && /^\d{1,2}$/.test(typed) ? all[Number(typed) - 1] : undefined
  const exact = number ?? that((name) => name === wanted)[0]
  if (exact) return exact
  if (wanted === '') return { refused: [ask.isNeeded] }
  const begins = that((name) => name.startsWith(wanted))
  const near = begins.length > 0 ? begins : that((name) => name.includes(wanted))
  if (near.length === 1) return near[0]!
  if (near.length > 1) {
    const more = near.length > LISTED_MAX ? [ask.more({ count: near.length - LISTED_MAX })] : []
    const names = [...near.slice(0, LISTED_MAX).map(({ label }) => label), ...more].join(', ')
    return { refused: [ask.several({ typed, count: near.length, names })] }
  }
  const like = /^\d+$/.test(typed) ? undefined : nearest(typed, all.flatMap(namesOf))
  const asked = like === undefined ? [] : [ask.didYouMean({ name: like })]
  return { refused: [[ask.unknown({ typed }), ...asked].join(' ')] }
}

const described = ({ label, detail, bars, locked }: ChoiceOption, ask: AskWords): string =>
  [
    label,
    ...(detail === undefined ? [] : [detail]),
    ...(bars === undefined ? [] : [ask.signal({ bars })]),
    ...(locked ? [ask.needsKey] : []),
  ].join(', ')
