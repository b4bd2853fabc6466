/** Reporters that print as they come. */
export const STREAM_REPORTERS = ['list', 'dot', 'line', 'plain', 'tap', 'github'] as const

/** Reporters that write a file at the end. */
export const FILE_REPORTERS = ['junit', 'ctrf', 'json', 'markdown', 'html', 'blob'] as const

export type StreamReporter = (typeof STREAM_REPORTERS)[number]
export type FileReporter = (typeof FILE_REPORTERS)[number]

export const REPORTER_NAMES: readonly string[] = [...STREAM_REPORTERS, ...FILE_REPORTERS]
