/** Windows Installer, which runs one installation at a time, and how often the installer of each app was run. */
export class Installer {
  /** By product code, package family name or app id. */
  readonly #runs = new Map<string, number>()
  #isBusy = false

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Which try this is of the app, from 1. They are counted over restarts and resets: a result by try is a fact of the app. */
  begin(identity: string): number {
    const attempt = (this.#runs.get(identity) ?? 0) + 1
    this.#runs.set(identity, attempt)
    this.#isBusy = true
    return attempt
  }

  end(): void {
    this.#isBusy = false
  }
}
