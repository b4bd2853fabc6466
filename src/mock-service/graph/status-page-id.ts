import { DEFAULT_STATUS_PAGE } from '../directory/assignment.ts'
import type { StatusPage } from '../directory/state.ts'

const TYPE = 'Windows10EnrollmentCompletionPageConfiguration'

/** Ids of configurations end in what they are [M]. */
export const STATUS_PAGE_SUFFIX = `_${TYPE}`

/** Behind the tenant's id [M]. */
export const DEFAULT_PAGE_NAME = `Default${TYPE}`

/** The id of an Enrollment Status Page that was made, as Graph has it. */
export const statusPageIdOf = ({ id }: Pick<StatusPage, 'id'>): string => `${id}${STATUS_PAGE_SUFFIX}`

/** The same of the page that a device got: this may be the one that each tenant has. Ids of a file's pages are GUIDs by now. */
export const shownPageIdOf = (tenantId: string, page: Pick<StatusPage, 'id'>): string =>
  page.id === DEFAULT_STATUS_PAGE.id ? `${tenantId}_${DEFAULT_PAGE_NAME}` : statusPageIdOf(page)
