/** Seeded random numbers. Each part of the city draws from its own stream, so that a change in one leaves the others. */
export interface Random {
  /** [0, 1) */
  next: () => number
  between: (low: number, high: number) => number
  /** Whole number, both ends included. */
  int: (low: number, high: number) => number
  chance: (probability: number) => boolean
  pick: <T>(items: readonly T[]) => T
  shuffle: <T>(items: readonly T[]) => T[]
}

// https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (public domain)
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

// FNV-1a: spreads the label over the 32 bits of the seed.
function labelHash(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (const char of label) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0
  return hash
}

export function random(seed: number, label: string): Random {
  const next = mulberry32(labelHash(seed, label))
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)]!,
    shuffle: (items) => {
      const mixed = [...items]
      for (let index = mixed.length - 1; index > 0; index--) {
        const other = int(0, index)
        const kept = mixed[index]!
        mixed[index] = mixed[other]!
        mixed[other] = kept
      }
      return mixed
    },
  }
}
