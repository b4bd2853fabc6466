import type { HttpResponse } from '../../domain/http.ts'
import { prometheusText } from '../../fleet/prometheus.ts'
import { type Listening, listen } from '../../ports/listen.ts'
import { printNote } from '../print.ts'
import type { LiveFleet } from './board.ts'

const encoder = new TextEncoder()

/** Serves what is measured, on loopback. Code `ERR_CANNOT_LISTEN`. */
export async function serveMetrics(live: LiveFleet, port: number): Promise<Listening> {
  const listening = await listen(
    ({ url, method }) => {
      if (new URL(url).pathname !== '/metrics' || method !== 'GET') return answer(404, 'GET /metrics\n')
      const { toPlay: planned, backlog } = live
      return answer(200, prometheusText(live.totals, { planned, backlog }))
    },
    { port },
  )
  printNote(`metrics: ${listening.origin}/metrics`)
  return listening
}

function answer(status: number, text: string): HttpResponse {
  const body = encoder.encode(text)
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'content-length': String(body.length) }
  return { status, headers, body }
}
