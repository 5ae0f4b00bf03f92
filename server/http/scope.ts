/**
 * What a change touched, and so what must be derived again. One dimension at a time: a change that touches several is
 * recomputed as a whole, which is the same result by the longer way.
 */
export type Scope =
  | { of: 'nothing' }
  | { of: 'all' }
  | { of: 'schools'; ids: number[] }
  | { of: 'venues'; ids: number[] }
  | { of: 'stalls'; ids: number[] }
  | { of: 'rules'; ids: number[] }

export const NOTHING: Scope = { of: 'nothing' }
export const ALL: Scope = { of: 'all' }

/** A scope of ids, or nothing when there are none. */
export const scopeOf = (of: 'schools' | 'venues' | 'stalls' | 'rules', ids: number[]): Scope =>
  ids.length === 0 ? NOTHING : { of, ids: [...new Set(ids)] }

export function mergeScopes(a: Scope, b: Scope): Scope {
  if (a.of === 'nothing') return b
  if (b.of === 'nothing') return a
  if (a.of === 'all' || b.of === 'all' || a.of !== b.of) return ALL
  return { of: a.of, ids: [...new Set([...a.ids, ...b.ids])] }
}
