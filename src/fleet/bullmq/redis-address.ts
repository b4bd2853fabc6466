import { Redis } from 'ioredis'
import type { QueueAddress } from '../queue.ts'
import { away, badInput, QueueError } from './queue-error.ts'

const DEFAULT_PORT = 6379
const CONNECT_MS = 5_000
/** What BullMQ asks for. */
const VERSION_MIN = [6, 2] as const
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/

/** What ioredis and BullMQ connect with. */
export interface Connection {
  host: string
  port: number
  db?: number
  username?: string
  password?: string
  tls?: object
  connectTimeout: number
  /** Requests wait for a Redis that is away. */
  maxRetriesPerRequest: null
}

/** How connections are made. Code `ERR_REDIS_URL`; `ERR_REDIS_OPEN` for another machine without a password. */
export function connectionOf({ url, password }: QueueAddress): Connection {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw badInput('ERR_REDIS_URL', 'this is no address of Redis', [
      'such as redis://localhost:6379, or rediss:// for TLS',
    ])
  }
  if (parsed.password !== '') {
    throw badInput('ERR_REDIS_URL', 'the address holds a password, which other users of this machine can see', [
      'Put it into the variable OOBE_REDIS_PASSWORD',
    ])
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  if (password === undefined && !LOOPBACK.test(parsed.hostname)) {
    throw badInput('ERR_REDIS_OPEN', `${host} is another machine, and no password was given`, [
      'A queue that anyone can write to is a way into its workers. Set one there, and put it into OOBE_REDIS_PASSWORD',
    ])
  }
  const database = /^\/(\d{1,2})$/.exec(parsed.pathname)?.[1]
  return {
    host,
    port: parsed.port === '' ? DEFAULT_PORT : Number(parsed.port),
    ...(database === undefined ? {} : { db: Number(database) }),
    ...(parsed.username === '' ? {} : { username: decodeURIComponent(parsed.username) }),
    ...(password === undefined ? {} : { password }),
    ...(parsed.protocol === 'rediss:' ? { tls: {} } : {}),
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
  }
}

/**
 * Looks whether that is a Redis that keeps what it is given. Codes `ERR_REDIS_AWAY`, `ERR_REDIS_PASSWORD`, `ERR_REDIS_FOREIGN`,
 * `ERR_REDIS_VERSION`, `ERR_REDIS_EVICTS`.
 */
export async function checkRedis(connection: Connection): Promise<void> {
  const place = `${connection.host}:${connection.port}`
  const client = new Redis({ ...connection, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  // Also told by the promise below.
  let heard: Error | undefined
  client.on('error', (error: Error) => {
    heard = error
  })
  try {
    await client.connect()
    refuseForeign(await client.info('server'), await client.info('memory'), place)
  } catch (error) {
    throw explained(heard ?? (error as Error), error as Error, place)
  } finally {
    client.disconnect()
  }
}

function refuseForeign(server: string, memory: string, place: string): void {
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(server)
  if (!version) throw badInput('ERR_REDIS_FOREIGN', `${place} does not say what version of Redis it is`)
  const [major, minor] = [Number(version[1]), Number(version[2])]
  if (major < VERSION_MIN[0] || (major === VERSION_MIN[0] && minor < VERSION_MIN[1])) {
    throw badInput(
      'ERR_REDIS_VERSION',
      `${place} is Redis ${major}.${minor}: ${VERSION_MIN.join('.')} or newer is needed`,
    )
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1]
  if (policy !== undefined && policy !== 'noeviction') {
    throw badInput(
      'ERR_REDIS_EVICTS',
      `${place} throws keys away when its memory is full (maxmemory-policy ${policy})`,
      ['Jobs would get lost. Set it to noeviction'],
    )
  }
}

function explained(error: Error, thrown: Error, place: string): Error {
  if (thrown instanceof QueueError) return thrown
  const text = `${error.message} ${thrown.message}`
  if (/WRONGPASS|NOAUTH|invalid password|without any password/i.test(text)) {
    return badInput('ERR_REDIS_PASSWORD', `${place} refuses the password: ${error.message}`, [
      'It is read from the variable OOBE_REDIS_PASSWORD',
    ])
  }
  if (/Protocol error|ParserError|unexpected|reply type/i.test(`${text} ${error.name}`)) {
    return badInput('ERR_REDIS_FOREIGN', `${place} does not speak the protocol of Redis`)
  }
  return away(`there is no Redis at ${place}: ${error.message}`)
}
