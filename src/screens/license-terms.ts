import type { Texts } from '../texts/en.ts'
import { type Draft, detail, line, primary } from './parts.ts'

export const licenseTermsScreen = (_context: unknown, _state: unknown, { licenseTerms, common }: Texts): Draft => ({
  title: licenseTerms.title,
  body: [line(licenseTerms.terms), detail(licenseTerms.detail)],
  controls: [primary('accept', common.accept, 'user.accept')],
})
