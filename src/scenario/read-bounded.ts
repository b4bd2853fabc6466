import { closeSync, openSync, readSync } from 'node:fs'

const CHUNK_BYTES = 64 * 1024

/** The first bytes of a file, one more than `bytesMax` when it has more than that. Throws as `node:fs` does. */
export function readBounded(path: string, bytesMax: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const chunks: Buffer[] = []
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, bytesMax + 1))
    let size = 0
    for (let count = -1; count !== 0 && size <= bytesMax; size += count) {
      count = readSync(file, chunk, 0, Math.min(chunk.length, bytesMax + 1 - size), null)
      chunks.push(Buffer.from(chunk.subarray(0, count)))
    }
    return Buffer.concat(chunks)
  } finally {
    closeSync(file)
  }
}
