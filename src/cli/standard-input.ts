/** All of standard input; more than `bytesMax` bytes when it has more, and then not all of it. */
export async function bytesOfStandardInput(bytesMax: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk)
    size += chunk.length
    if (size > bytesMax) break
  }
  return Buffer.concat(chunks)
}
