export const NOT_TOLD = 'synthetic: the hash does not tell it'
const CHANGED = 'inferred: a device file holds less of it than the hash'
const NOT_USABLE = 'synthetic: the value of the hash cannot be in a device file'

/** Takes values of a report, and remembers those that had to be made up. */
export class Facts {
  readonly remarks = new Map<string, string>()

  /** @param fits what a device file can hold */
  take<Value>(path: string, told: Value | undefined, made: Value, fits: (value: Value) => boolean = () => true): Value {
    if (told !== undefined && fits(told)) return told
    this.remarks.set(path, told === undefined ? NOT_TOLD : NOT_USABLE)
    return made
  }

  /** A text of which a device file can hold the most is kept as far as that goes. */
  text(path: string, told: string | undefined, made: string, min = 0, max = 64): string {
    const kept = told?.replace(/[^\x20-\x7e]/g, '?').slice(0, max)
    const text = this.take(path, kept, made, ({ length }) => length >= min)
    if (told !== undefined && text === kept && kept !== told) this.remarks.set(path, CHANGED)
    return text
  }

  say(path: string, remark: string): void {
    this.remarks.set(path, remark)
  }
}

export const within =
  (min: number, max: number) =>
  (value: number): boolean =>
    value >= min && value <= max
