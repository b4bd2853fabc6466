import { createKeySource } from '../ports/rsa-keys.ts'
import { flushRunFolders } from './output-folder.ts'
import { printNote } from './print.ts'

/** A search of primes is a pause that a user would wonder about, and the keys of shipped devices need none. */
export const reportedKeys = createKeySource({
  onSearch: (label) => {
    flushRunFolders()
    printNote(`deriving the key "${label}" of a device or school that is not shipped: about half a second`)
  },
})

/** For where a note has no place. No timer fires while primes are searched. */
export const silentKeys = createKeySource({ onSearch: flushRunFolders })
