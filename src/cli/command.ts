/** A command of the program: its line in the help, and its code, loaded when it is called. */
export interface Command {
  /** What follows its name. */
  operands?: string
  summary: string
  load: () => Promise<(args: string[]) => number | Promise<number>>
}
