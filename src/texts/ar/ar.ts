import type { EN } from '../en.ts'
import { translationOf } from '../wording.ts'
import { FIRST_BOOT } from './first-boot.ts'
import { SCHOOL } from './school.ts'

export { REGIONS } from './regions.ts'

export const TEXTS = translationOf<typeof EN>()({ ...FIRST_BOOT, ...SCHOOL })
