/** A value of the registry: REG_SZ, or REG_DWORD. */
export type RegistryValue = string | number

/** Values by the path of their key, as `reg export` writes them: UTF-16, little endian, with its mark. */
export class RegistryFile {
  readonly #keys = new Map<string, Map<string, RegistryValue>>()

  set(key: string, name: string, value: RegistryValue | undefined): void {
    if (value === undefined) return
    const values = this.#keys.get(key) ?? new Map<string, RegistryValue>()
    this.#keys.set(key, values.set(name, value))
  }

  get keys(): string[] {
    return [...this.#keys.keys()].sort()
  }

  toBytes(): Uint8Array {
    const lines = this.keys.flatMap((key) => [`[${key}]`, ...[...this.#keys.get(key)!].map(lineOf), ''])
    const text = `\ufeff${['Windows Registry Editor Version 5.00', '', ...lines].join('\r\n')}\r\n`
    return new Uint8Array(Buffer.from(text, 'utf16le'))
  }
}

const lineOf = ([name, value]: [string, RegistryValue]): string =>
  typeof value === 'number'
    ? `"${escaped(name)}"=dword:${(value >>> 0).toString(16).padStart(8, '0')}`
    : `"${escaped(name)}"="${escaped(value)}"`

/** A line break would begin another value. */
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&').replace(/[\r\n\0]/g, ' ')

/** A part of the path of a key that came from outside: it cannot leave its place. */
export const keyPart = (text: string): string => text.replace(/[\\/[\]\r\n\0]/g, '_')
