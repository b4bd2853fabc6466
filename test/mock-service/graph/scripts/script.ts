/** One request of a script, as the script writes it. `{name}` is what an earlier answer had, or for a fact of the scene. */
export interface Step {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  /** A text is sent as it is. */
  body?: string | object
  headers?: Record<string, string>
  /** What the script expects. */
  status: number
  /** Members that the script reads: `value.0.id`. */
  reads?: readonly string[]
  /** Values that it compares: by the path of the member. */
  expects?: Readonly<Record<string, unknown>>
  /** Values that it uses later on, by name. */
  keeps?: Readonly<Record<string, string>>
  /** Minutes that it waits before. */
  after?: number
}

/** A family of public scripts: what it does, the rights that it asks for at the sign-in, and its requests in order. */
export interface Script {
  does: string
  scopes: string
  /** Whether the device of the scene is registered before. */
  isRegistered: boolean
  steps: readonly Step[]
}
