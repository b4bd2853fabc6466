/** Takes the place where an actor or an action will be bound. A forgotten one is our bug, and ends the run loudly. */
export const mustBeProvided = (name: string) => (): never => {
  throw new Error(`"${name}" has not been provided to its statechart`)
}
