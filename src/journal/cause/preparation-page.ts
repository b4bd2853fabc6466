import { PREPARATION_NODES } from '../../domain/device-preparation.ts'
import { failedApp, openApp, type SetupTrouble } from './setup-page.ts'
import type { Story } from './story.ts'
import { trackedIn } from './tracked.ts'

/** What device preparation failed by. */
export function preparationTrouble(story: Story): SetupTrouble {
  const tracked = trackedIn(story)
  const failed = failedApp(story, tracked, false)
  if (failed) return { ...failed, tracked, isOver: true }
  const minutes = limitMinutes(story)
  const limit = `the time limit of the page${minutes === undefined ? '' : ` (${minutes} minutes)`} ended device preparation`
  const apps = tracked.apps.filter(({ isUser }) => !isUser)
  const left = apps.filter(({ state }) => state !== 'installed')
  const first = left.find(({ state }) => state === 'working') ?? left[0]
  if (!first) {
    return {
      sentence: `${limit}, which waited for ${apps.length === 0 ? 'the management extension' : 'the server'}`,
      tracked,
      isOver: false,
      behind: 'limit',
    }
  }
  const { what, of, ...rest } = openApp(story, first, left.length - 1, undefined)
  return {
    ...rest,
    sentence: `${limit}, which waited for ${what}`,
    tracked,
    isOver: false,
    ...(of ? { what: of } : {}),
  }
}

/** `PageTimeoutSeconds`, off the write of the settings: the journal may have cut it. */
function limitMinutes({ entries }: Story): number | undefined {
  const write = entries.findLast(
    (entry) => entry.kind === 'csp' && entry.command !== 'Get' && entry.uri === PREPARATION_NODES.pageSettings,
  )
  const seconds = write?.kind === 'csp' ? /"PageTimeoutSeconds":(\d+)/.exec(write.value ?? '')?.[1] : undefined
  return seconds === undefined ? undefined : Number(seconds) / 60
}
