import { type Check, judged } from './prerequisite.ts'

export const values: Check = ({ refusals = [] }) =>
  judged(
    'values',
    refusals.map((text) => ({ text, remedy: 'write what Intune takes: a run refuses the file until then' })),
    'the service takes what the file says',
  )
