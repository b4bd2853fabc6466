import { expect, test } from 'vitest'
import { whyNoRestore } from '../../src/domain/windows-backup.ts'
import type { Edition } from '../../src/domain/windows-versions.ts'

test.each<[Edition, string]>([
  ['Pro', '10.0.22621.3958'],
  ['Pro Education', '10.0.22631.3958'],
  ['Education', '10.0.26100.4770'],
  ['Enterprise', '10.0.26200.6584'],
  ['Pro', '10.0.26300.9457'],
])('%s %s has the restore page', (edition, build) => {
  expect(whyNoRestore(edition, build)).toBeUndefined()
})

test.each<[Edition, string, string]>([
  ['SE', '10.0.26100.9278', 'Windows 11 SE has no restore page'],
  ['Home', '10.0.26200.6584', 'Windows 11 Home has no restore page'],
  ['Pro', '10.0.22000.3260', 'build 22000.3260 has no restore page'],
  ['Pro', '10.0.22631.3957', 'build 22631.3957 has no restore page: it comes with 22631.3958'],
  ['Pro', '10.0.26100.4652', 'build 26100.4652 has no restore page: it comes with 26100.4770'],
])('%s %s has none', (edition, build, why) => {
  expect(whyNoRestore(edition, build)).toBe(why)
})
