/** `network.choosing: user.back [isFirst] → back`: place, trigger, and where it leads. */
const WAY = /^(.*?): (.*?)( \[.*\])? (→ .*?|stays)( \(\d+\))?$/

/** The same without its trigger: `network.choosing → back`. */
export const shortWayOf = (way: string): string => way.replace(WAY, '$1 $4')

/** The names that a transition has: in full, without its guard, without its trigger. */
export function namesOfWay(way: string): string[] {
  return [...new Set([way, way.replace(WAY, '$1: $2$3 $4'), way.replace(WAY, '$1: $2 $4'), shortWayOf(way)])]
}

/** As it is compared: an arrow may be typed `->`. */
export const asWay = (written: string): string => written.replaceAll('->', '→').replace(/\s+/g, ' ').trim()
