import type { Item, NodeCommand } from '../../protocols/syncml/message.ts'

/** The largest object that the device takes, in bytes: an assumption. */
export const OBJECT_BYTES_MAX = 4 * 1024 * 1024

interface Pending {
  kind: NodeCommand['kind']
  item: Item
  size: number
  received: number
  parts: string[]
}

/** A whole item to act on, or the status of what is none. */
export type Received = ({ item: Item } | { item?: undefined; status: number }) & {
  /** LocURI of an object whose end never came. */
  broken?: string | undefined
}

const bytesOf = (text: string): number => Buffer.byteLength(text)

/**
 * Puts objects together that a server sends in chunks (OMA-TS-DM_Protocol 1.2.1, section 7): the first has the size, all
 * but the last say that there is more. At most one object is under way.
 */
export class ChunkReceiver {
  #pending: Pending | undefined

  /** 213 a chunk, 411 without a size, 413 and 416 too large, 424 not as long as it said. */
  take(command: NodeCommand, item: Item): Received {
    const isNext = this.#pending?.kind === command.kind && this.#pending.item.target === item.target
    if (this.#pending && isNext) return this.#append(this.#pending, item)
    const broken = this.interrupt()
    return { ...this.#first(command, item), ...(broken === undefined ? {} : { broken }) }
  }

  /** Something else came: gives up the object that is under way, and names it. */
  interrupt(): string | undefined {
    const uri = this.#pending?.item.target
    this.#pending = undefined
    return uri
  }

  #first(command: NodeCommand, item: Item): Received {
    const data = item.data ?? ''
    if (!item.moreData) return bytesOf(data) > OBJECT_BYTES_MAX ? { status: 413 } : { item }
    const declared = item.meta?.size ?? command.meta?.size
    if (declared === undefined || !/^\d+$/.test(declared)) return { status: 411 }
    const size = Number(declared)
    if (size > OBJECT_BYTES_MAX) return { status: 416 }
    const meta = { ...command.meta, ...item.meta }
    const pending = { kind: command.kind, item: { ...item, meta }, size, received: 0, parts: [] }
    this.#pending = pending
    return this.#append(pending, item)
  }

  #append(pending: Pending, { data = '', moreData }: Item): Received {
    pending.parts.push(data)
    pending.received += bytesOf(data)
    const isTooLong = pending.received > pending.size
    if (moreData && !isTooLong) return { status: 213 }
    this.#pending = undefined
    if (pending.received !== pending.size) return { status: 424 }
    const { moreData: _, ...item } = pending.item
    return { item: { ...item, data: pending.parts.join('') } }
  }
}
