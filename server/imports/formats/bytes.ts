/** Takes exact numbers of bytes from a stream of chunks, holding no more than asked for. */
export class ByteReader {
  private readonly source: AsyncIterator<Uint8Array>
  private chunks: Uint8Array[] = []
  private held = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.source = chunks[Symbol.asyncIterator]()
  }

  /** The next bytes, or fewer at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    while (this.held < count) {
      const next = await this.source.next()
      if (next.done) break
      this.chunks.push(next.value)
      this.held += next.value.length
    }
    const first = this.chunks[0]
    // Almost every record lies within one chunk: no copy then.
    const whole = first && first.length >= count ? first : Buffer.concat(this.chunks, this.held)
    const taken = Buffer.from(whole.buffer, whole.byteOffset, Math.min(count, whole.length))
    const rest = whole.subarray(taken.length)
    const others = whole === first ? this.chunks.slice(1) : []
    this.chunks = rest.length > 0 ? [rest, ...others] : others
    this.held -= taken.length
    return taken
  }

  async close(): Promise<void> {
    await this.source.return?.()
  }
}
