import type { AgentApp } from '../protocols/agent-apps/agent-apps.ts'
import { type Held, mayRun } from './held.ts'

/** What decides whether an app of the management extension may begin. */
export interface Turn {
  /** What device preparation lets it do now. */
  held?: Held
  /** Virtual milliseconds. */
  now: number
  /** When the page of this setup was closed, in virtual milliseconds; undefined while it is to come, or open. */
  pageClosedAt?: number | undefined
}

/** How long after the page: of an app, and of a remediation (reference: oobe-autopilot-esp.md, 4.5 [M]: about so long). */
const AFTER_THE_PAGE_MS = { app: 20_000, remediation: 180_000 } as const

/** When an app may begin, in virtual milliseconds; undefined as long as that is not known. */
export function mayBeginAt(app: AgentApp, { held, pageClosedAt }: Turn): number | undefined {
  if (!app.isLater) return mayRun(held, app) ? 0 : undefined
  if (held !== undefined || pageClosedAt === undefined) return undefined
  return pageClosedAt + AFTER_THE_PAGE_MS[app.kind === 'remediation' ? 'remediation' : 'app']
}
