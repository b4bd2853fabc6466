import { encodeSyncML } from '../../protocols/syncml/encode.ts'
import { bytesOf, type SyncMLEncoding } from '../../protocols/syncml/encodings.ts'
import type { Command, Item, SyncHeader } from '../../protocols/syncml/message.ts'
import type { Unnumbered } from './answers.ts'

/** One message of a package, as it is sent. */
export interface Outgoing {
  /** Without their numbers: when it has to be said again, they are others. */
  commands: readonly Unnumbered[]
  /** The last of its package. */
  isFinal: boolean
  encoding: SyncMLEncoding
  body: Uint8Array
}

export interface MessageOptions {
  header: SyncHeader
  /** CmdID of the first command. */
  firstCmdId: number
  /** Longest message that the server takes, in bytes. */
  maxBytes: number | undefined
  declareMsft: boolean
  encoding: SyncMLEncoding
  /** The server's package is not complete: ours cannot be either. */
  isOpen?: boolean
}

/**
 * A package on its way: commands that wait to be sent. A command that is too long for one whole message goes in
 * chunks (OMA-TS-DM_Protocol 1.2.1, sections 6 and 7).
 */
export class Package {
  #queue: Unnumbered[] = []
  /** The rest of a command whose beginning was sent. */
  #rest: Unnumbered | undefined

  get isEmpty(): boolean {
    return this.#queue.length === 0
  }

  append(commands: readonly Unnumbered[]): void {
    this.#queue = this.#queue.concat(commands)
  }

  prepend(commands: readonly Unnumbered[]): void {
    this.#queue = commands.concat(this.#queue)
  }

  /** As much from the front as one message may hold, and something of it always. */
  take(options: MessageOptions): Outgoing {
    const taken = this.#queue.splice(0, this.#fitting(options))
    // Beside statuses there is room for the beginning of something large; behind other commands it can wait.
    if (this.#queue.length > 0 && taken.every(({ kind }) => kind === 'Status')) this.#split(taken, options)
    return write(taken, this.isEmpty && !options.isOpen, options)
  }

  /** How many from the front fit. What is far behind is not looked at: it is for other messages. */
  #fitting(options: MessageOptions): number {
    const { length } = this.#queue
    if (options.maxBytes === undefined) return length
    const isFitting = (count: number) => fits(this.#queue.slice(0, count), options)
    let [least, limit] = [0, 1]
    while (limit < length && isFitting(limit)) [least, limit] = [limit, 2 * limit]
    return longest(least, Math.min(limit, length), isFitting)
  }

  #split(taken: Unnumbered[], options: MessageOptions): void {
    const command = this.#queue[0]!
    const [item, ...others] = 'items' in command ? command.items : []
    if (!item) {
      if (taken.length === 0) taken.push(this.#queue.shift()!)
      return
    }
    if (others.length > 0) {
      this.#queue.splice(0, 1, withItems(command, [item]), withItems(command, others))
      if (fits([...taken, this.#queue[0]!], options)) taken.push(this.#queue.shift()!)
      else this.#split(taken, options)
      return
    }
    const { data = '' } = item
    const limit = options.maxBytes ?? data.length
    // A character is at least a byte, and at most two units of the text: what follows cannot be in this message.
    const characters = [...data.slice(0, 2 * limit + 2)]
    const { size: _, ...meta } = item.meta ?? {}
    const size = command === this.#rest ? {} : { size: String(Buffer.byteLength(data)) }
    const chunkOf = (count: number): Unnumbered =>
      withItems(command, [
        { ...item, meta: { ...meta, ...size }, data: characters.slice(0, count).join(''), moreData: true },
      ])
    const most = longest(0, Math.min(characters.length - 1, limit), (count) =>
      fits([...taken, chunkOf(count)], options),
    )
    if (most === 0 && taken.length > 0) return
    if (characters.length < 2) {
      taken.push(this.#queue.shift()!)
      return
    }
    // Where the limit holds nothing at all it goes a character a message: the limit is the server's own.
    const chunk = chunkOf(Math.max(1, most))
    taken.push(chunk)
    const sent = characters.slice(0, Math.max(1, most)).join('')
    this.#rest = withItems(command, [{ ...item, meta, data: data.slice(sent.length) }])
    this.#queue[0] = this.#rest
  }
}

const withItems = (command: Unnumbered, items: Item[]): Unnumbered => ({ ...command, items }) as Unnumbered

/** The largest number up to `most` that still fits; `fitting` is known to. */
function longest(fitting: number, most: number, isFitting: (count: number) => boolean): number {
  let [least, limit] = [fitting, most]
  while (least < limit) {
    const middle = Math.ceil((least + limit) / 2)
    if (isFitting(middle)) least = middle
    else limit = middle - 1
  }
  return Math.max(0, least)
}

function write(unnumbered: readonly Unnumbered[], isFinal: boolean, options: MessageOptions): Outgoing {
  const { header, firstCmdId, declareMsft, encoding } = options
  const commands = unnumbered.map((command, index) => ({ ...command, cmdId: String(firstCmdId + index) }) as Command)
  const text = encodeSyncML({ header, commands, final: isFinal }, { declareMsft })
  return { commands: unnumbered, isFinal, encoding, body: bytesOf(text, encoding) }
}

const fits = (commands: readonly Unnumbered[], options: MessageOptions): boolean =>
  options.maxBytes === undefined || write(commands, true, options).body.length <= options.maxBytes
