/**
 * When a device is switched on, if a scenario does not say it. All dates of the shipped world fit to it: the builds of the
 * devices are out, the updates of the schools are newer than those, and Windows 11 24H2 still gets them.
 */
export const DEFAULT_START = '2026-09-07T08:00:00Z'
