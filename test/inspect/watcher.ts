import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'

export interface Watcher {
  /** Everything that came, in its order. */
  lines: string[]
  /** The first message that fits; it may have come before. */
  sees(fits: (message: Message) => boolean): Promise<Message>
  /** How the server closed it. */
  closed: Promise<{ code: number; reason: string }>
  leave(): void
}

export type Message = { type: string; name?: string; [field: string]: unknown }

/** A real WebSocket client. Rejects when the server refuses it. */
export async function watcherOf(address: string, options: ClientOptions = {}): Promise<Watcher> {
  const socket = new WebSocket(address, options)
  onTestFinished(() => socket.terminate())
  const lines: string[] = []
  const listeners = new Set<(message: Message) => void>()
  socket.on('message', (data) => {
    const line = (data as Buffer).toString()
    lines.push(line)
    for (const listener of [...listeners]) listener(JSON.parse(line))
  })
  const closed = new Promise<{ code: number; reason: string }>((done) => {
    socket.on('close', (code, reason) => done({ code, reason: reason.toString() }))
  })
  await new Promise<void>((opened, refused) => {
    socket.once('open', opened)
    socket.once('error', refused)
  })
  return {
    lines,
    closed,
    sees: (fits) =>
      new Promise((found) => {
        const known = lines.map((line) => JSON.parse(line) as Message).find(fits)
        if (known) return found(known)
        const listener = (message: Message) => {
          if (!fits(message)) return
          listeners.delete(listener)
          found(message)
        }
        listeners.add(listener)
      }),
    leave: () => socket.terminate(),
  }
}
