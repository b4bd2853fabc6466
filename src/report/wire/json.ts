/** Nothing that a device or a service sends is nested so deep: what is, is shown as it is. */
const JSON_DEPTH_MAX = 200

/** The value of this JSON; nothing when it is none, or nested deeper than a reader of it may recurse. */
export function shallowJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown
    return isDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

function isDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > JSON_DEPTH_MAX) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []))
  }
  return false
}
