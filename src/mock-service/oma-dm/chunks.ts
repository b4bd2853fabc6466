import type { NodeCommand } from '../../protocols/syncml/message.ts'
import type { NodeOrder } from './orders.ts'

export const commandOf = ({ kind, uri, format, data }: NodeOrder, cmdId: string): NodeCommand => ({
  kind,
  cmdId,
  items: [{ target: uri, ...(format ? { meta: { format } } : {}), ...(data === undefined ? {} : { data }) }],
})

/** The first has the size of all, every one but the last says that there is more (OMA-TS-DM_Protocol 1.2.1, 7). */
export function chunksOf(order: NodeOrder, bytes: number): NodeCommand[] {
  const pieces: string[] = ['']
  let used = 0
  for (const character of order.data ?? '') {
    const length = Buffer.byteLength(character)
    if (used + length > bytes) {
      pieces.push('')
      used = 0
    }
    pieces[pieces.length - 1] += character
    used += length
  }
  const { items, ...command } = commandOf(order, '')
  return pieces.map((data, index) => {
    const size = index === 0 ? { size: String(Buffer.byteLength(order.data ?? '')) } : {}
    const more = index < pieces.length - 1 ? { moreData: true } : {}
    return { ...command, items: [{ ...items[0], meta: { ...items[0]!.meta, ...size }, data, ...more }] }
  })
}
