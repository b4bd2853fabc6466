import type { NodeFormat } from './node-rule.ts'

export function isOfFormat(format: NodeFormat, value: string): boolean {
  if (format === 'int') return /^-?\d+$/.test(value.trim())
  if (format === 'bool') return /^(true|false|0|1|-1)$/.test(value.trim())
  if (format === 'b64') return /^[A-Za-z0-9+/\s]*(?:={1,2}\s*)?$/.test(value)
  return true
}

/** Published trees show 0, 1 and -1 for booleans: all are read. */
export function normalized(format: NodeFormat, value: string): string {
  if (format === 'int') return value.trim()
  if (format !== 'bool') return value
  return /^(true|-?1)$/.test(value.trim()) ? 'true' : 'false'
}
