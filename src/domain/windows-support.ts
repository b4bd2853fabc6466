/** A version of Windows 11 SE, which follows the servicing line of Home and Pro (oobe-autopilot-esp.md, 0.1 item 1 [B]). */
export interface SeVersion {
  name: string
  /** The third part of its build numbers. */
  build: number
  /** The last day with support, UTC. */
  supportedUntil: string
  /** B: a report about Microsoft's lifecycle page; K: general knowledge. */
  tag: 'B' | 'K'
}

/** 24H2 is the last version of Windows 11 SE. */
export const SE_VERSIONS: readonly SeVersion[] = [
  { name: '21H2', build: 22000, supportedUntil: '2023-10-10', tag: 'K' },
  { name: '22H2', build: 22621, supportedUntil: '2024-10-08', tag: 'K' },
  { name: '23H2', build: 22631, supportedUntil: '2025-11-11', tag: 'K' },
  { name: '24H2', build: 26100, supportedUntil: '2026-10-13', tag: 'B' },
]

/** The version of a build such as `10.0.26100.4652`; undefined for one that Windows 11 SE never had. */
export const seVersionOf = (build: string): SeVersion | undefined =>
  SE_VERSIONS.find((version) => version.build === Number(build.split('.')[2]))

/** @param now Unix milliseconds */
export const isSupported = ({ supportedUntil }: SeVersion, now: number): boolean =>
  now < Date.parse(`${supportedUntil}T00:00:00Z`) + 86_400_000
