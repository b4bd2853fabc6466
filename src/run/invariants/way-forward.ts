import type { Control, Screen } from '../../domain/screen.ts'
import type { Invariant } from './invariant.ts'

const canBePressed = (control: Control): boolean =>
  control.kind === 'link' || (control.kind === 'button' && control.disabled !== true)

/** A page that asks a person offers something to press, or says why it is the end. */
export const wayForward: Invariant = {
  name: 'wayForward',
  about: 'no page without a way forward or an explained stop',
  watch: () => (entry) => {
    if (entry.kind !== 'screen' || !('screen' in entry)) return undefined
    const { page, failure, controls, title }: Screen = entry.screen
    if (failure && (failure.code === '' || failure.text === ''))
      return `the page ${page} fails and does not say with what`
    if (!entry.isWaiting || failure || controls.some(canBePressed)) return undefined
    return `the page ${page} ("${title}") waits for a person and offers nothing`
  },
}
