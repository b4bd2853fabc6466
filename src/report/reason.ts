/** A line of a reason, as people read it. */
export const reasonLine = (reason: string): string => `why: ${reason}`
