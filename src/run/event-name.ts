/** What an event is called in a journal: `xstate.done.actor.connect` is `done(connect)`; an `after` keeps its delay's name. */
export function eventName(type: string): string {
  const done = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type)
  if (done) return `${done[1]}(${done[2]})`
  const after = /^xstate\.after\.([^.]+)\./.exec(type)
  if (after) return `after(${after[1]})`
  return type === 'xstate.init' ? 'init' : type
}
