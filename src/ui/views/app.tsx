import { type Frame, frameRows } from '../frame.ts'
import { Rows } from './rows.tsx'

/** One whole frame, drawn by Ink. */
export function App(frame: Frame) {
  return <Rows rows={frameRows(frame)} />
}
