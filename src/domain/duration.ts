const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of `250ms`, `40s`, `45m`, `1h30m`, `2d`; undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    sum += Number(amount) * UNITS[unit as keyof typeof UNITS]
  }
  return sum
}

/** What a file may state at most is a hundred years: the device's clock can say what comes of it. */
export const DURATION_MAX_MS = 36_500 * 86_400_000

/** Whether a service's number of seconds is a time that an installation can take. */
export const isInstallTime = (seconds: number): boolean => seconds >= 0 && seconds * 1_000 <= DURATION_MAX_MS

/** `1:02:03` or `2:03`; with tenths below a minute, so that short waits differ. */
export function formatDuration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)}s`
  const seconds = Math.floor(ms / 1_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
