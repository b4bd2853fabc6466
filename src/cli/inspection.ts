import { RunInspector } from '../inspect/run-inspector.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { listenForWatchers } from '../ports/watch-server.ts'
import type { RunOptions } from '../run/run-options.ts'

/** A run that can be watched from outside. */
export interface Inspection {
  address: string
  onInspection: NonNullable<RunOptions['onInspection']>
  close(): Promise<void>
}

/** Codes as {@link listenForWatchers}. */
export async function openInspection(port: number): Promise<Inspection> {
  const inspector = new RunInspector(wallClock)
  const { address, close } = await listenForWatchers(port, (send) => inspector.watch(send))
  return { address, onInspection: inspector.take, close }
}
