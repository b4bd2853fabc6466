// Bundles the commands and the library: one entry each, with parts that are loaded only when they are used.
// --source-maps is for debugging.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle, bundleQueue } from './build/bundle.mjs'
import { writeBuild, writeQueuePackage } from './build/write-build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist')

await writeBuild(root, out, await bundle(root, out, process.argv.includes('--source-maps')))
writeQueuePackage(root, join(out, 'bullmq'), await bundleQueue(root, join(out, 'bullmq')))
