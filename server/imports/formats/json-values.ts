// Cuts a stream of JSON text into the pieces a GeoJSON reader needs, without holding the whole: every member of each
// top-level object, and every element of a top-level "features" list. Only brackets and strings are followed here;
// each piece goes through JSON.parse afterwards.
import { sourceErrors } from './source-error.ts'

export type JsonPiece =
  | { kind: 'member'; name: string; text: string }
  /** The list "features" begins. */
  | { kind: 'list' }
  /** One element of the list "features". */
  | { kind: 'element'; text: string }
  /** The top-level object is complete. */
  | { kind: 'end' }

const MAX_DEPTH = 64
const RECORD_SEPARATOR = '\u001e'

const isSpace = (char: string) => char === ' ' || char === '\n' || char === '\r' || char === '\t'

// Where the cutter stands: between top-level values, before a key, inside a key, before or in a value, in the list.
type Place = 'outside' | 'key' | 'colon' | 'value' | 'after_value' | 'list' | 'after_element'

/** Feed text with `write`, take the pieces it returns, and call `finish` at the end. */
export class JsonCutter {
  private place: Place = 'outside'
  private name = ''
  /** Text of the key or value being collected, across chunks. */
  private parts: string[] = []
  private collected = 0
  private depth = 0
  private inString = false
  private escaped = false
  /** Elements and top-level objects completed. */
  private seen = 0
  private readonly limit: number

  /** @param limit characters one piece may have */
  constructor(limit: number) {
    this.limit = limit
  }

  /** @throws SourceError `geojson_invalid`, `record_too_large`. */
  write(chunk: string): JsonPiece[] {
    const pieces: JsonPiece[] = []
    let at = 0
    while (at < chunk.length) {
      at = this.isCollecting() ? this.collect(chunk, at, pieces) : this.step(chunk[at] as string, at, pieces)
    }
    return pieces
  }

  /** @throws SourceError `geojson_invalid` when the text stops inside a value. */
  finish(): void {
    if (this.place !== 'outside' || this.seen === 0) throw this.bad('文件不完整', 'the file is cut off')
  }

  private bad(zh: string, en: string) {
    return sourceErrors.geojsonInvalid(`${zh}。`, `${en}.`, { after: this.seen })
  }

  private isCollecting(): boolean {
    return this.parts.length > 0 || this.depth > 0 || this.inString
  }

  /** Between values: one character of structure. Returns the next index. */
  private step(char: string, at: number, pieces: JsonPiece[]): number {
    if (isSpace(char)) return at + 1
    switch (this.place) {
      case 'outside':
        if (char === RECORD_SEPARATOR) return at + 1
        return this.expect(char, '{', 'key', at)
      case 'key':
        if (char === '}') return this.endObject(at, pieces)
        if (char !== '"') throw this.bad('缺少成员名', 'a member name is missing')
        return this.begin(char, at)
      case 'colon':
        return this.expect(char, ':', 'value', at)
      case 'value':
        if (this.name === 'features' && char === '[') {
          this.place = 'list'
          pieces.push({ kind: 'list' })
          return at + 1
        }
        return this.begin(char, at)
      case 'after_value':
        return char === '}' ? this.endObject(at, pieces) : this.expect(char, ',', 'key', at)
      case 'list':
        return char === ']' ? this.expect(char, ']', 'after_value', at) : this.begin(char, at)
      case 'after_element':
        return char === ']' ? this.expect(char, ']', 'after_value', at) : this.expect(char, ',', 'list', at)
    }
  }

  private expect(char: string, wanted: string, next: Place, at: number): number {
    if (char !== wanted) throw this.bad(`应为“${wanted}”而不是“${char}”`, `"${wanted}" expected, not "${char}"`)
    this.place = next
    return at + 1
  }

  private endObject(at: number, pieces: JsonPiece[]): number {
    this.seen++
    this.place = 'outside'
    pieces.push({ kind: 'end' })
    return at + 1
  }

  /** Starts a key or value with its first character. */
  private begin(char: string, at: number): number {
    this.parts.push('')
    this.collected = 0
    if (char === ',' || char === ']' || char === '}' || char === ':') throw this.bad('缺少值', 'a value is missing')
    return at
  }

  /** Collects a value from `at`; returns the index behind what was used of this chunk. */
  private collect(chunk: string, from: number, pieces: JsonPiece[]): number {
    let at = from
    while (at < chunk.length) {
      const char = chunk.charCodeAt(at)
      if (this.inString) {
        if (this.escaped) this.escaped = false
        else if (char === 0x5c) this.escaped = true
        else if (char === 0x22) {
          this.inString = false
          if (this.depth === 0) return this.complete(chunk, from, at + 1, pieces)
        }
      } else if (char === 0x22) this.inString = true
      else if (char === 0x7b || char === 0x5b) this.deeper()
      else if (char === 0x7d || char === 0x5d) {
        // At depth 0 the bracket belongs to the enclosing object: a bare number or literal ends before it.
        if (this.depth === 0) return this.complete(chunk, from, at, pieces)
        if (--this.depth === 0) return this.complete(chunk, from, at + 1, pieces)
      } else if (this.depth === 0 && (char === 0x2c || char === 0x3a || char <= 0x20)) {
        return this.complete(chunk, from, at, pieces)
      }
      at++
    }
    this.keep(chunk.slice(from))
    return at
  }

  private deeper(): void {
    if (++this.depth > MAX_DEPTH) throw this.bad(`嵌套超过 ${MAX_DEPTH} 层`, `nested deeper than ${MAX_DEPTH}`)
  }

  private keep(text: string): void {
    this.collected += text.length
    if (this.collected > this.limit) throw sourceErrors.recordTooLarge(this.seen + 1, this.limit)
    this.parts.push(text)
  }

  private complete(chunk: string, from: number, to: number, pieces: JsonPiece[]): number {
    this.keep(chunk.slice(from, to))
    const text = this.parts.join('')
    this.parts = []
    this.seen += this.place === 'list' ? 1 : 0
    if (this.place === 'key') {
      this.name = this.keyOf(text)
      this.place = 'colon'
    } else if (this.place === 'list') {
      this.place = 'after_element'
      pieces.push({ kind: 'element', text })
    } else {
      this.place = 'after_value'
      pieces.push({ kind: 'member', name: this.name, text })
    }
    return to
  }

  private keyOf(text: string): string {
    try {
      return String(JSON.parse(text))
    } catch {
      throw this.bad('成员名有误', 'a member name is broken')
    }
  }
}
