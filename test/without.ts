import { spawnSync } from 'node:child_process'

/**
 * True where one of these programs is missing that a test has for a judge: the test is left out then. In CI nothing is left
 * out, and what has no judge fails.
 */
export const isWithout = (...programs: string[]): boolean =>
  !process.env.CI && programs.some((program) => spawnSync(program, ['--version']).error !== undefined)
