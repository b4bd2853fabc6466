import { safeText } from '../domain/safe-text.ts'
import type { Line, ScreenFailure } from '../domain/screen.ts'
import { pageSentence } from '../domain/windows-codes/page-sentences.ts'
import type { Texts } from '../texts/en.ts'
import { detail, line } from './parts.ts'

/**
 * The page of a failed join or enrolment: the device's own sentence for its code, and what the server said as a detail beside it
 * (oobe-autopilot-esp.md, 4.10 [D, F]). Of a code without a documented sentence the page has what is known, and the code.
 */
export function errorLines({ code, text }: ScreenFailure, { errorPage: said }: Texts): Line[] {
  const key = pageSentence(code)
  if (key === undefined) return [line(safeText(text)), line(code, 'code')]
  const sentence = said[key]
  return [
    line(typeof sentence === 'function' ? sentence({ code }) : sentence),
    detail(said.serverCode({ code: code.replace(/^0x/, '') })),
    // The services that the mock plays give none: so it was in the field (fleetdm/fleet#49329 [F]).
    detail(said.correlationId({ id: said.notAvailable })),
    detail(said.serverMessage({ message: safeText(text) || said.notAvailable })),
    detail(said.moreInformation),
    ...(typeof sentence === 'function' ? [] : [line(code, 'code')]),
  ]
}

/** The same in one line, where a status page has the rest. */
export function errorSentence({ code, text }: ScreenFailure, { errorPage: said }: Texts): string {
  const key = pageSentence(code)
  const sentence = key === undefined ? safeText(text) : said[key]
  return typeof sentence === 'function' ? sentence({ code }) : sentence
}
