import type { Named } from './locales.ts'

/** What a person may say that the device is for. The page is documented, its list is not (oobe-autopilot-esp.md, 1.1 [D], [U]). */
export const EXPERIENCES: readonly Named[] = [
  { id: 'entertainment', label: 'Entertainment' },
  { id: 'gaming', label: 'Gaming' },
  { id: 'school', label: 'School' },
  { id: 'creativity', label: 'Creativity' },
  { id: 'business', label: 'Business' },
  { id: 'family', label: 'Family' },
]
