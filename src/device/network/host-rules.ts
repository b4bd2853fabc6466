import { meansHost } from '../../domain/host-pattern.ts'

/** Hosts as firewall lists write them, which come and go. `*` means all. */
export class HostRules {
  readonly #rules: Set<string>

  constructor(rules: readonly string[] = []) {
    this.#rules = new Set(rules)
  }

  get list(): string[] {
    return [...this.#rules]
  }

  set(rule: string, isOn: boolean): void {
    if (isOn) this.#rules.add(rule)
    else this.#rules.delete(rule)
  }

  mean(host: string): boolean {
    return [...this.#rules].some((rule) => meansHost(rule, host))
  }
}
