import type * as v from 'valibot'

/** Finds what a schema finds, and leaves the value as it was written: without defaults, durations as texts. */
export const written = <Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema): Schema =>
  ({
    ...schema,
    '~run': (dataset: { value: unknown }, config: v.Config<v.BaseIssue<unknown>>) => {
      const { value } = dataset
      const read = schema['~run'](dataset as never, config)
      return read.issues === undefined ? { ...read, value } : read
    },
  }) as Schema
