/** Stamped on stored spans: raise it when a rule changes what a field holds. */
export const normaliserVersion = '2'
