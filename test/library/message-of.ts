/** What an assertion says when it fails; fails itself when the assertion passes. */
export function messageOf(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the assertion passed')
}
