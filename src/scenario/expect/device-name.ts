import * as v from 'valibot'
import { defineExpectation } from './define-expectation.ts'
import { fits } from './near.ts'
import { text } from './times.ts'

/** What the device is called at the end. */
export const deviceName = defineExpectation<'deviceName'>({
  matcher: 'toHaveDeviceName',
  keys: { deviceName: v.pipe(text, v.description('The name of the device at the end; * is anything: CLS-*.')) },
  words: (name) => ({ deviceName: name }),
  judge: ({ deviceName: wanted }, { journal }) => {
    if (wanted === undefined) return []
    const names = journal.flatMap((entry) => (entry.kind === 'device' ? [entry.name] : []))
    const path = names.filter((name, index) => name !== names[index - 1])
    return [
      {
        holds: fits(wanted, path.at(-1) ?? ''),
        said: `the device name ${wanted}`,
        found: `, got ${path.length > 0 ? path.join(' → ') : 'none'}`,
      },
    ]
  },
})
