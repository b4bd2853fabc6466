import { createServer, type Server } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { InfrastructureError } from '../domain/trouble.ts'

export interface WatchServer {
  port: number
  address: string
  /** Sends what is left, and closes. */
  close(): Promise<void>
}

/** Takes a way to send lines to one watcher; returns what is called when that one is gone. */
export type OnWatcher = (send: (line: string) => void) => () => void

const HOST = '127.0.0.1'
/** Watchers have nothing to say. */
const RECEIVED_MAX = 1024
/** A watcher that reads so much too slowly is let go. */
const UNREAD_MAX = 64 * 1024 * 1024
const GRACE_MS = 2_000

/**
 * A WebSocket on loopback that only sends.
 *
 * @param port 0 takes a free one
 * @throws InfrastructureError `ERR_CANNOT_LISTEN` when the port is taken
 */
export async function listenForWatchers(port: number, onWatcher: OnWatcher): Promise<WatchServer> {
  const server = createServer((_, answer) => answer.writeHead(426).end())
  const sockets = new WebSocketServer({
    server,
    maxPayload: RECEIVED_MAX,
    perMessageDeflate: false,
    verifyClient: ({ origin }: { origin: string | undefined }) => isOfThisMachine(origin),
  })
  sockets.on('connection', (socket) => attend(socket, onWatcher))
  // What the HTTP server below it throws comes here as well.
  sockets.on('error', () => {})
  const bound = await bind(server, port)
  return { port: bound, address: `ws://${HOST}:${bound}`, close: () => close(server, sockets) }
}

function attend(socket: WebSocket, onWatcher: OnWatcher): void {
  // A watcher that goes away in the middle is no trouble of ours.
  socket.on('error', () => socket.terminate())
  const leave = onWatcher((line) => {
    if (socket.bufferedAmount > UNREAD_MAX) socket.terminate()
    else socket.send(line)
  })
  socket.on('close', leave)
}

/** Each web page that a person visits could open a WebSocket to this machine: a browser says which page asks. Others say nothing. */
export function isOfThisMachine(origin: string | undefined): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE'
      const why = isTaken ? 'another program listens there; without a number a free port is taken' : cause.message
      reject(new InfrastructureError('ERR_CANNOT_LISTEN', `${HOST}:${port}: ${why}`, { cause }))
    })
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server, sockets: WebSocketServer): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
    }, GRACE_MS)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    for (const socket of sockets.clients) socket.close(1001, 'the run has ended')
  })
}
