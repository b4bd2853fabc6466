import { sessionOperation, withoutMessage } from '../wire.ts'
import type { DecidingExchange } from './cause.ts'
import type { AskedExchange, Story } from './story.ts'

export const isBad = ({ response }: AskedExchange): boolean =>
  response !== undefined && (response.trouble !== undefined || (response.status ?? 0) >= 400)

/** Answers that came within this time before a page reported its trouble belong to it, in virtual milliseconds. */
const BELONGS_MS = 1_000

/**
 * The exchange after which a page reported its trouble: the last that went wrong, else the last that was answered at that moment.
 * @param at when the page reported it
 */
export function decidingExchange({ exchanges }: Story, at: number): AskedExchange | undefined {
  const near = exchanges.filter(({ response }) => response && response.at <= at && response.at >= at - BELONGS_MS)
  return near.findLast(isBad) ?? near.findLast(({ response }) => response?.at === at)
}

/**
 * The download of an app, where it went wrong: refused, cut, without an answer, or spoilt by an event.
 *
 * @param id of the app, in any case, in braces or not
 */
export function spoiltDownload({ exchanges, stimuli }: Story, id: string): AskedExchange | undefined {
  const bare = id.replace(/^\{|\}$/g, '').toLowerCase()
  const last = exchanges.findLast(
    ({ request }) => request.operation === 'content download' && request.url.toLowerCase().includes(bare),
  )
  if (!last)
    return exchanges.findLast(({ request, response }) => isSource(request.operation) && response?.status === undefined)
  const isSpoilt = stimuli.some(({ stimulus }) => 'on' in stimulus && stimulus.on === last.request.id)
  return isBad(last) || last.response === undefined || isSpoilt ? last : undefined
}

/** Places that a package comes from, and that a network may not let a device through to. */
const isSource = (operation: string): boolean =>
  ['content network', 'Microsoft Store', 'Office CDN'].includes(operation)

/** The last exchange of the last session with the management server, where that session failed. */
export function failedSession({ exchanges, entries }: Story): AskedExchange | undefined {
  const last = entries.findLast((entry) => entry.kind === 'session' && entry.event === 'ended')
  if (last?.kind !== 'session' || typeof last.result !== 'object') return undefined
  const operation = sessionOperation(last.session)
  return exchanges.findLast(({ request }) => withoutMessage(request.operation) === operation)
}

/** Requests that have no answer yet: what a run that is stuck waits for. */
export const openExchange = ({ exchanges }: Story): AskedExchange | undefined =>
  exchanges.findLast(({ response }) => response === undefined)

export const described = ({ request, response }: AskedExchange): DecidingExchange => ({
  id: request.id,
  operation: request.operation,
  ...(response?.status === undefined ? {} : { status: response.status }),
  ...(response?.trouble === undefined ? {} : { trouble: response.trouble }),
})

export function hostOf({ request }: AskedExchange): string {
  return URL.canParse(request.url) ? new URL(request.url).hostname : ''
}
