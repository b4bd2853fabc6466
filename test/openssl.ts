import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What OpenSSL makes of a DER certificate request. */
export interface ReadRequest {
  text: string
  /** Whether its own key signed it: OpenSSL 3.0 says so on standard error, and exits with 0 all the same. */
  isVerified: boolean
}

export function readRequest(der: Uint8Array): ReadRequest {
  const folder = mkdtempSync(join(tmpdir(), 'csr-'))
  try {
    const file = join(folder, 'request.der')
    writeFileSync(file, der)
    const options = ['-noout', '-verify', '-text', '-nameopt', 'multiline,show_type']
    const { stdout, stderr } = spawnSync('openssl', ['req', '-inform', 'DER', '-in', file, ...options], {
      encoding: 'utf8',
    })
    return { text: stdout, isVerified: /verify OK/.test(stderr) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
