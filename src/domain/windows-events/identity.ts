import { error, information } from './row.ts'

/**
 * The join to Microsoft Entra, and the tokens of a joined device (reference: oobe-autopilot-esp.md, 8.3 and 8.6). Long fields of the message
 * table are left out: the token that was sent, ids of the service.
 */
export const IDENTITY_EVENTS = {
  joinDiscoverySent: information(
    'registration',
    100,
    'The discovery request send operation was successful.',
    '8.6 [F]',
    'F',
  ),
  joinDiscovered: information(
    'registration',
    101,
    'The discovery operation callback was successful. Server response was: {endpoint}',
    '8.6 [F]',
    'F',
  ),
  joinPrepared: information(
    'registration',
    102,
    'The initialization of the join request was successful. Inputs: Domain: {domain}',
    '8.6 [F]',
    'F',
  ),
  joinRequestSent: information(
    'registration',
    103,
    'The join request was successfully sent to server.',
    '8.6 [F]',
    'F',
  ),
  joinAnswerRead: information(
    'registration',
    104,
    'The get join response operation callback was successful.',
    '8.6 [F]',
    'F',
  ),
  joinCompleted: information(
    'registration',
    105,
    'The complete join response operation was successful.',
    '8.6 [F]',
    'F',
  ),
  joinTasksDone: information(
    'registration',
    106,
    'The post join tasks for the AAD Authentication Package completed successfully.',
    '8.6 [F]',
    'F',
  ),
  joinDiscoveryFailed: error(
    'registration',
    201,
    'The discovery operation callback failed with exit code: {code}.',
    '8.6 [F]',
    'F',
  ),
  joinRequestFailed: error(
    'registration',
    203,
    'The send join request operation failed with exit code: {code}.',
    '8.6 [F]',
    'F',
  ),
  joinAnswerFailed: error(
    'registration',
    204,
    'The get join response operation callback failed with exit code: {code}. Server response was: {text}',
    '8.6 [F]',
    'F',
  ),
  /** What is behind the colon in Windows is the error of the answer; ours has its sentence, which begins with the number. */
  tokenRefused: error('entra', 1081, 'OAuth response error: {text}', '8.6 [F]', 'F'),
  tokenFailed: error('entra', 1098, 'Error: {code} Token broker operation failed.', '8.6 [D]', 'D'),
} as const
