import { expect, test } from 'vitest'
import { played, writesOf } from '../simulation/played.ts'

test('nothing comes for a person without a licence, and all of it in the session after they got one', async () => {
  const without = await played('second-user-without-licence')
  const listed = ({ journal }: typeof without) =>
    writesOf(journal, '/ExpectedPolicies').filter(({ uri }) => uri.startsWith('./User/'))
  // Of the first person alone.
  expect(listed(without)).toHaveLength(1)
  expect(without.outcome).toMatchObject({ kind: 'failed', code: '0x800705b4' })
  const later = await played('second-user-gets-a-licence')
  expect(listed(later)).toHaveLength(2)
  expect(later.outcome).toMatchObject({ kind: 'desktop' })
})
