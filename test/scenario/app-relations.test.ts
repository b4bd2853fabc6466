import { expect, test } from 'vitest'
import { mockTenant } from '../../src/library/first-boot.ts'

const id = (number: number): string => `3b8a5c1e-0f42-4d6b-8e97-${String(number).padStart(12, '0')}`
const app = (number: number, more: object = {}) => ({
  id: id(number),
  name: `App ${number}`,
  publisher: 'Contoso',
  version: '1.0',
  kind: 'win32',
  ...more,
})
const on = (...numbers: number[]) => ({ dependsOn: numbers.map((number) => ({ app: id(number) })) })
const over = (...numbers: number[]) => ({ supersedes: numbers.map((number) => ({ app: id(number) })) })
const chain = (length: number, link: (next: number) => object) =>
  Array.from({ length }, (_, index) => app(index + 1, index + 1 < length ? link(index + 2) : {}))

const refusal = (apps: object[]): string => {
  try {
    mockTenant('contoso-school', { apps, statusPages: [] })
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was refused'
}

test.each<[string, object[], string]>([
  [
    'an app that depends on itself',
    [app(1, on(1))],
    'apps.0.dependsOn: a circle, which Intune refuses: "App 1", "App 1": each depends on the next',
  ],
  [
    'a circle of dependencies',
    [app(1, on(2)), app(2, on(1))],
    'a circle, which Intune refuses: "App 1", "App 2", "App 1": each depends on the next',
  ],
  ['a circle of supersedence', [app(1, over(2)), app(2, over(1))], 'each supersedes the next'],
  ['a dependency that is not there', [app(1, on(2))], `apps.0.dependsOn.0.app: there is no app "${id(2)}"`],
  ['a dependency twice', [app(1, on(2, 2)), app(2)], 'apps.0.dependsOn.1.app: "App 2" is here twice'],
  [
    'a dependency of another kind',
    [app(1, on(2)), app(2, { kind: 'msi' })],
    'apps.0.dependsOn.0.app: "App 2" is no Win32 app',
  ],
  ['a dependency of an MSI', [app(1, { kind: 'msi', ...on(2) }), app(2)], 'apps.0.dependsOn: only a Win32 app has it'],
  [
    'a Store app of the image',
    [app(1, { kind: 'store', isPreinstalled: true })],
    'apps.0.isPreinstalled: only a Win32 app has it',
  ],
  ['more supersedence than Intune takes', chain(11, over), 'connects 11 apps, and Intune takes 10'],
  ['more dependencies than Intune takes', chain(101, on), 'connects 101 apps, and Intune takes 100'],
])('%s is refused', (_, apps, message) => {
  expect(refusal(apps)).toContain(message)
})

test('what Intune takes at most is taken', () => {
  expect(refusal(chain(10, over))).toBe('nothing was refused')
  expect(refusal(chain(100, on))).toBe('nothing was refused')
})
