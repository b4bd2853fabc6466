import { createServer, type Server, type Socket } from 'node:net'
import type { Tpm } from '../../../src/device/tpm/tpm.ts'
import { messageSize } from '../../../src/protocols/tpm/frames.ts'
import { freePorts } from './swtpm.ts'

const SET_LOCALITY = 5

/** Serves a TPM as swtpm does, so that programs of tpm2-tools can talk to it: commands on one port, control on the next. */
export async function serve(tpm: Tpm): Promise<{ tcti: string; stop(): Promise<void> }> {
  const [port, controlPort] = await freePorts()
  const open = new Set<Socket>()
  const failures: unknown[] = []
  const listen = async (at: number, onChunk: (socket: Socket) => (chunk: Buffer) => void): Promise<Server> => {
    const server = createServer((socket) => {
      open.add(socket)
      socket.on('data', onChunk(socket)).on('error', () => {})
      socket.on('close', () => open.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
    return server
  }
  const data = await listen(port, (socket) => {
    let received = Buffer.alloc(0)
    let before = Promise.resolve()
    return (chunk) => {
      received = Buffer.concat([received, chunk])
      for (let size = messageSize(received); size !== undefined && received.length >= size; ) {
        const command = new Uint8Array(received.subarray(0, size))
        received = received.subarray(size)
        before = before
          .then(() => tpm.execute(command))
          .then(
            (response) => void socket.write(response),
            (error) => {
              failures.push(error)
              socket.destroy()
            },
          )
        size = messageSize(received)
      }
    }
  })
  const control = await listen(controlPort, (socket) => {
    let received = Buffer.alloc(0)
    return (chunk) => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 4) {
        const code = received.readUInt32BE(0)
        const length = code === SET_LOCALITY ? 5 : 4
        if (received.length < length) return
        received = received.subarray(length)
        socket.write(Buffer.alloc(code === 1 ? 8 : 4))
      }
    }
  })
  return {
    tcti: `swtpm:host=127.0.0.1,port=${port}`,
    async stop() {
      for (const socket of open) socket.destroy()
      await Promise.all([data, control].map((server) => new Promise((resolve) => server.close(resolve))))
      if (failures.length > 0) throw failures[0]
    },
  }
}
