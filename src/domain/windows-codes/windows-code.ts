/** Why Windows gives a code, in one sentence. */
export interface Cause {
  why: string
  /** Where it is that, when the code means something else elsewhere. */
  where?: string
  /**
   * Where the cause is from, with its tag: a section of a note in docs/sources, or a list that Microsoft publishes and the name of
   * the code in it. [U] is a use that is ours: no source has the code there.
   */
  source: string
}

export interface WindowsCode<Code extends string = string> {
  /** As Windows prints it. */
  code: Code
  causes: readonly [Cause, ...Cause[]]
}

/** A code that means one thing. */
export const because = <const Code extends string>(code: Code, why: string, source: string): WindowsCode<Code> => ({
  code,
  causes: [{ why, source }],
})

/** A code with several causes, each in its place. */
export const either = <const Code extends string>(
  code: Code,
  ...causes: [Required<Cause>, Required<Cause>, ...Required<Cause>[]]
): WindowsCode<Code> => ({ code, causes })
