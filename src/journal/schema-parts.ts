import * as v from 'valibot'
import { LANGUAGE_IDS } from '../domain/languages.ts'
import { PAGE_IDS } from '../domain/pages.ts'

/** A text, a number or a flag with what it means. */
export const text = (means: string) => v.pipe(v.string(), v.description(means))
export const whole = (means: string) => v.pipe(v.number(), v.integer(), v.description(means))
export const flag = (means: string) => v.pipe(v.boolean(), v.description(means))
export const left = v.exactOptional
export const oneOf = <const Options extends readonly string[]>(options: Options, means: string) =>
  v.pipe(v.picklist(options), v.description(means))

export const page = oneOf(PAGE_IDS, 'Id of a page: docs/pages.md.')

/** An HTTP body: text, base64, or the beginning of a long one. */
export const body = v.pipe(
  v.union([
    v.string(),
    v.strictObject({ base64: text('What is no text.') }),
    v.strictObject({ beginning: text('Of a body that was too long.'), missing: whole('Bytes that are left out.') }),
  ]),
  v.description('Left out when it is empty.'),
)
export const headers = v.pipe(v.record(v.string(), v.string()), v.description('Names in lower case, in their order.'))

export const why = v.pipe(
  v.array(
    v.strictObject({
      fact: text('A bit of the profile, a policy, a fact of the device.'),
      effect: text('What it does to the page.'),
    }),
  ),
  v.description('Which facts showed the page, skipped it, or gave it this form.'),
)

const english = left(text('The same in English, on a page in another language.'))
const labelled = { id: text('Of the control.'), label: text('On the screen.'), english }

const control = v.variant('kind', [
  v.strictObject({
    ...labelled,
    kind: v.literal('choice'),
    options: v.array(
      v.strictObject({
        id: text('Of the option.'),
        label: text('On the screen.'),
        english,
        detail: left(text('Beside it.')),
        bars: left(whole('Signal strength, 0 to 4.')),
        locked: left(flag('It needs a key.')),
      }),
    ),
    selected: left(text('Id of the option that is selected at first.')),
  }),
  v.strictObject({ ...labelled, kind: v.literal('switch'), isOn: flag('It is on when the page opens.') }),
  v.strictObject({
    ...labelled,
    kind: v.literal('text'),
    hint: left(text('In the empty field.')),
    value: left(text('In the field.')),
    maxLength: left(whole('Characters.')),
  }),
  v.strictObject({ ...labelled, kind: v.literal('secret'), hint: left(text('In the empty field.')) }),
  v.strictObject({
    ...labelled,
    kind: v.literal('button'),
    event: text('What pressing sends to the statechart.'),
    primary: left(flag('Enter presses it.')),
    disabled: left(flag('It cannot be pressed.')),
  }),
  v.strictObject({
    ...labelled,
    kind: v.literal('link'),
    event: text('What following it sends to the statechart.'),
  }),
])

const state = oneOf(['notStarted', 'inProgress', 'succeeded', 'failed', 'notRequired'], 'As AutopilotSettings has it.')
const step = { id: text('In AutopilotSettings.'), label: text('On the screen.'), state, status: text('Beside it.') }

export const screen = v.pipe(
  v.strictObject({
    page,
    language: left(oneOf(LANGUAGE_IDS, 'Of its texts; left out in English.')),
    step: left(text('Of a page with several.')),
    title: text('The heading.'),
    english,
    body: v.array(
      v.strictObject({
        text: text('A line.'),
        english,
        tone: left(oneOf(['normal', 'detail', 'error', 'code', 'success'], 'How it is said.')),
      }),
    ),
    controls: v.array(control),
    progress: left(
      v.strictObject({
        fraction: left(v.pipe(v.number(), v.description('From 0 to 1.'))),
        label: left(text('Beside the bar.')),
        categories: left(v.array(v.strictObject({ ...step, steps: v.array(v.strictObject(step)) }))),
      }),
    ),
    brand: left(
      v.strictObject({
        name: text('Of the school.'),
        color: left(text('#rrggbb.')),
        logo: left(v.array(text('A row of block characters.'))),
        signInPageText: left(text('The school wrote it.')),
        usernameHint: left(text('In the field for the e-mail address.')),
      }),
    ),
    failure: left(v.strictObject({ code: text('Windows code.'), text: text('What the page says.'), english })),
    why,
  }),
  v.description('What the page shows.'),
)
