/** A fair sample of a stream (reservoir, algorithm R), the same for the same stream. */
export class Sampler<Item> {
  readonly items: Item[] = []
  readonly #size: number
  #offered = 0
  #state = 0x9e3779b9

  constructor(size: number) {
    this.#size = size
  }

  offer(item: () => Item): void {
    this.#offered++
    if (this.items.length < this.#size) {
      this.items.push(item())
      return
    }
    const place = Math.floor(this.#random() * this.#offered)
    if (place < this.#size) this.items[place] = item()
  }

  /** mulberry32: uniform in [0, 1), enough for a sample and repeatable. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
