import { EXIT } from './exit-codes.ts'

/** For runs without a terminal UI: exits in order on a signal, so that journals are kept. Returns the undoing. */
export function exitOnSignals(): () => void {
  const interrupt = () => process.exit(EXIT.interrupted)
  const terminate = () => process.exit(EXIT.terminated)
  process.once('SIGINT', interrupt).once('SIGTERM', terminate).once('SIGHUP', terminate)
  return () => void process.off('SIGINT', interrupt).off('SIGTERM', terminate).off('SIGHUP', terminate)
}
