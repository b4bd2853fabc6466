import type { Handler } from '../handler.ts'
import { reply } from '../responses.ts'

/** What Windows expects, to the letter. */
export const handleConnectivityProbe: Handler = () => reply(200, 'text/plain', 'Microsoft Connect Test')
