import { readFileSync } from 'node:fs'
import { InfrastructureError } from '../domain/trouble.ts'
import type { DrawnChart } from '../report/html/drawn-chart.ts'
import type { ViewerParts } from '../report/html/report.ts'

/** What the build has put beside the bundle. Code `ERR_NOT_BUILT` when the program runs from its sources. */
export function viewerParts(): ViewerParts {
  try {
    const { charts } = JSON.parse(besideBundle('report-charts.json')) as { charts: DrawnChart[] }
    return { script: besideBundle('report-viewer.txt'), charts }
  } catch (cause) {
    throw new InfrastructureError('ERR_NOT_BUILT', 'the viewer of reports is not there: "npm run build" makes it', {
      cause,
    })
  }
}

const besideBundle = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')
