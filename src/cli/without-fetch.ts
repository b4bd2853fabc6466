/**
 * Ink's layout engine reads its own bytes through fetch where there is one, and the first fetch of a process is dear: a
 * fifth of the time to the first page. Without it, it decodes them itself.
 */
export async function withoutFetch<Value>(load: () => Promise<Value>): Promise<Value> {
  const kept = Object.getOwnPropertyDescriptor(globalThis, 'fetch')!
  Object.defineProperty(globalThis, 'fetch', { value: undefined, configurable: true, writable: true })
  try {
    return await load()
  } finally {
    Object.defineProperty(globalThis, 'fetch', kept)
  }
}
