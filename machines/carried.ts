/** Made by one actor for a later one: a statechart carries it, and looks at nothing in it. */
export type Carried = object
