import type { Still } from '../../src/cli/screens/still.ts'
import type { Control, Screen } from '../../src/domain/screen.ts'
import { textOfRow } from '../../src/ui/frame-text.ts'

interface Said {
  /** Where on the page: `body.1`, `controls.back`. */
  at: string
  text: string
}

/** What a page says that is not whole on its frame. */
export function cutTexts({ screen, rows }: Still): Said[] {
  const shown = bare(rows.map(textOfRow).join('\n'))
  return saidOn(screen, shown).filter(({ text }) => !shown.includes(bare(text)))
}

/** Without spaces, borders and isolates: a text that is broken into lines is in one piece again. */
const bare = (text: string): string => text.replace(/[\s│\u2067\u2069]/g, '')

const isFolded = (steps: readonly { label: string }[], shown: string): boolean =>
  steps.every(({ label }) => !new RegExp(`[├└┤┘]?[✓✗●○–]${escaped(label)}|${escaped(label)}[✓✗●○–][┤┘]`).test(shown))

const escaped = (text: string): string => bare(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function saidOn({ title, body, controls, progress, failure }: Screen, shown: string): Said[] {
  return [
    { at: 'title', text: title },
    ...body.map(({ text }, index) => ({ at: `body.${index}`, text })),
    ...(failure ? [{ at: 'failure', text: failure.text }] : []),
    ...(progress?.label === undefined ? [] : [{ at: 'progress', text: progress.label }]),
    ...(progress?.categories ?? []).flatMap(({ id, label, state, status, steps }) => [
      { at: id, text: label },
      { at: `${id}.status`, text: status },
      // The steps of a category that is over, or to come, give way, all of them together.
      ...(state !== 'inProgress' && state !== 'failed' && isFolded(steps, shown)
        ? []
        : steps.flatMap((step) => [
            { at: `${id}.${step.id}`, text: step.label },
            { at: `${id}.${step.id}.status`, text: step.status },
          ])),
    ]),
    ...controls.flatMap(saidBy),
  ]
}

/** Of a list the name, and what is selected when the page opens. */
function saidBy(control: Control): Said[] {
  const at = `controls.${control.id}`
  const selected = control.kind === 'choice' && control.options.find(({ id }) => id === control.selected)
  return [
    { at, text: control.label },
    ...(selected ? [selected.label, selected.detail ?? ''].map((text) => ({ at: `${at}.selected`, text })) : []),
    ...('hint' in control && control.hint !== undefined && !('value' in control && control.value)
      ? [{ at: `${at}.hint`, text: control.hint }]
      : []),
  ]
}
