import { execFileSync } from 'node:child_process'

/** The tests of the real program need it built: once for all of them. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
