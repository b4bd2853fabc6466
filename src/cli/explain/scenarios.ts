import type { Explanation } from '../../domain/explanations/explanation.ts'
import { explanationsOf } from '../../domain/explanations/find.ts'
import { UserError } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { loadCases } from '../../scenario/cases/scenario-cases.ts'
import { namesOf } from '../../scenario/library.ts'
import { FAMILIES } from './families.ts'

/** Shipped scenarios in which a code appears that is not the one that they end with: test/cli/explain.test.ts plays them. */
export const MET_IN: Readonly<Record<string, readonly string[]>> = {
  '807': ['not-registered'],
  '815': ['no-profile-assigned'],
  '908': ['board-swapped'],
  AADSTS50126: ['wrong-password'],
  [CODE.identityProviderBlocked]: ['sign-in-blocked-by-firewall', 'second-sign-in-blocked'],
}

/** Scenarios that end with a code, or in which it is met. */
export function scenariosOf({ family, code, also = [] }: Explanation): string[] {
  const forms = [code, ...also].map((form) => form.toLowerCase())
  const ending = endings().flatMap(({ name, code: end, isOf }) =>
    forms.includes(end) && isOf.includes(family) ? [name] : [],
  )
  return [...new Set([...(MET_IN[code] ?? []), ...ending])]
}

interface Ending {
  name: string
  code: string
  /** Families that have it: a Windows code is no event of the same number. */
  isOf: readonly Explanation['family'][]
}

let read: Ending[] | undefined

function endings(): Ending[] {
  read ??= namesOf('scenario').flatMap((name) =>
    codesOf(name).map((code): Ending => {
      const end = code.toLowerCase()
      return { name, code: end, isOf: explanationsOf(end, FAMILIES).map(({ family }) => family) }
    }),
  )
  return read
}

/** A file that cannot be read shows no code; "oobe run" says what is wrong with it. */
function codesOf(name: string): string[] {
  try {
    return [...new Set(loadCases(name).flatMap(({ scenario }) => scenario.expect.code ?? []))]
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}
