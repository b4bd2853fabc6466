import { planOf } from '../../src/fleet/plan.ts'

/** A plan without a mistake: a few devices, of two models. */
export const GOOD_PLAN = `title: A class
count: 12
seed: 7
batch: 3
devices:
  - { use: surface-laptop-se, weight: 3 }
  - acer-travelmate-b311-31
tenants: [contoso-school]
persons: [alice, ben]
networks: [school-wifi]
arrival: { closed: { atOnce: 2 } }
thresholds: [failed == 0]
`

export const goodPlan = (...changes: [from: string | RegExp, to: string][]) =>
  planOf(
    'plan.yaml',
    changes.reduce((text, [from, to]) => text.replace(from, to), GOOD_PLAN),
    process.cwd(),
  )
