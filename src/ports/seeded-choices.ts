import type { Chance } from './chance.ts'
import type { Choices } from './choices.ts'

/** The seed answers. */
export const seededChoices = (chance: Chance): Choices => ({ pick: ({ length }) => chance.integer(length) })

/** What was put into the queue first happens first. */
export const inOrder: Choices = { pick: () => 0 }
