/** What an event of a scenario does, in the words of its file: the one list of effects. Each has its file in `src/events/`. */
export interface EventWords {
  /** Everything behind the cable and the access point is away. */
  network: 'down'
  cable: 'out' | 'in'
  wifi: 'off' | 'on'
  /** A host name, `*.` in front for a domain, that never answers. */
  block: string
  power: 'cut'
  /** The service's place is taken by this answer. */
  answer: { status: number; body?: string | undefined; headers?: Record<string, string> | undefined }
  /** A duration: `40s`. */
  delay: string
  drop: true
  hang: true
  corrupt: true
}
