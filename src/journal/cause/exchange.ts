import type { DecidingExchange } from './cause.ts'
import type { AskedExchange, Story } from './story.ts'

const isBad = ({ response }: AskedExchange): boolean =>
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

/** The download that failed before an app did. */
export const failedDownload = ({ exchanges }: Story, at: number): AskedExchange | undefined =>
  exchanges.findLast(
    (one) =>
      isBad(one) &&
      one.request.operation === 'content download' &&
      one.response!.at <= at &&
      one.response!.at >= at - BELONGS_MS,
  )

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
