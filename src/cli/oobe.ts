#!/usr/bin/env node
import { InfrastructureError } from '../domain/trouble.ts'
import { EXIT } from './exit-codes.ts'
import { main } from './main.ts'
import { printError } from './print.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that went away (`| head`) is no error of ours.
  if (error.code === 'EPIPE') process.exit(EXIT.pass)
  const message = `standard output cannot be written: ${error.message}`
  printError(new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message, { cause: error }))
  process.exit(EXIT.infrastructure)
})
// No reader is left for a message.
process.stderr.on('error', () => process.exit(EXIT.infrastructure))

process.exitCode = await main(process.argv.slice(2))
