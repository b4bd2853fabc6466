import { type Check, judged, notKnown } from './prerequisite.ts'

/** What people see of the school at their first sign-in (reference: oobe-autopilot-esp.md, 6.5 [D]). */
export const branding: Check = ({ tenant }) => {
  const { color, logo, signInPageText, usernameHint } = tenant.directory.now.branding
  const parts = [
    { value: color, text: 'there is no colour for the sign-in page' },
    { value: signInPageText, text: 'there is no text for the sign-in page' },
    { value: usernameHint, text: 'the name box has no hint' },
  ]
  const remedy = 'complete the company branding of Microsoft Entra ("branding" in the file)'
  return judged(
    'branding',
    parts.filter(({ value }) => !value).map(({ text }) => ({ text, remedy })),
    logo === undefined
      ? 'colour, text and hint are set; the logo is not known from this file'
      : 'logo, colour, text and hint are set',
  )
}

/** No tenant knows its network. */
export const network: Check = () =>
  notKnown(
    'network',
    'whether devices reach the hosts of Microsoft in the network of the school',
    '"oobe network hosts" lists the hosts to allow, with their ports',
  )
