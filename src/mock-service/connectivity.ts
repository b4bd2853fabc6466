import { reply } from './responses.ts'
import type { Handler } from './router.ts'

/** What Windows expects, to the letter. */
export const handleConnectivityProbe: Handler = () => reply(200, 'text/plain', 'Microsoft Connect Test')
