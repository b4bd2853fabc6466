import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import type { QueueAddress, QueuePackage } from '../../fleet/queue.ts'

const PACKAGE = 'oobe-sim-bullmq'
/** In a clone it is built beside the program. */
const BESIDE = new URL('./bullmq/index.js', import.meta.url)

/** The package with BullMQ, which is no part of this one. Code `ERR_NO_QUEUE_PACKAGE`. */
export async function queuePackage(): Promise<QueuePackage> {
  const from = existsSync(fileURLToPath(BESIDE)) ? BESIDE.href : PACKAGE
  try {
    return (await import(from)) as QueuePackage
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND') throw error
    const missing = /'([^']+)'/.exec(message)?.[1] ?? PACKAGE
    throw new UserError(
      'ERR_NO_QUEUE_PACKAGE',
      `a fleet behind a queue needs the package ${missing}, which is not installed`,
      [`npm install ${PACKAGE} bullmq ioredis`],
    )
  }
}

/** The password is read from the environment: others of the machine see the arguments of a process. */
export function queueAddress(url: string): QueueAddress {
  const password = process.env.OOBE_REDIS_PASSWORD
  return { url, ...(password ? { password } : {}) }
}

interface Told {
  name?: unknown
  kind?: unknown
  code?: unknown
  details?: unknown
}

/** Trouble with the queue, as this program has it: the package has other classes. */
export async function queueTrouble<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { name, kind, code, details } = error as Told
    if (name !== 'QueueError') throw error
    if (kind === 'infrastructure') throw new InfrastructureError(String(code), error.message, { cause: error })
    throw new UserError(String(code), error.message, details as string[])
  }
}
