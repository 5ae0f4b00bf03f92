// The XML parts of a workbook, as a stream of events. No DOCTYPE, so no entities beyond the five of XML itself.
import { SaxesParser } from 'saxes'
import { SourceError, sourceErrors } from './source-error.ts'
import { decodeStrictly, encodingByBom } from './text.ts'

export interface XmlHandlers {
  /** Names come without their namespace prefix: some programs write `<x:row>`. */
  open(name: string, attributes: Record<string, string>): void
  close(name: string): void
  text(text: string): void
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Runs the handlers over a part and yields after each chunk, so that the caller can pass on what they collected.
 * @throws SourceError `xml_invalid`, `xml_doctype`, and whatever the bytes' source throws.
 */
export async function* parseXml(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ fileName: part, xmlns: false })
  parser.on('doctype', () => {
    throw sourceErrors.xmlDoctype(part)
  })
  parser.on('error', (cause) => {
    throw sourceErrors.xmlInvalid(part, cause)
  })
  parser.on('opentag', (tag) => handlers.open(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag) => handlers.close(localName(tag.name)))
  parser.on('text', (text) => handlers.text(text))
  parser.on('cdata', (text) => handlers.text(text))
  for await (const text of decodeXml(chunks, part)) {
    parser.write(text)
    yield
  }
  parser.close()
  yield
}

// Excel writes UTF-8; UTF-16 with a byte order mark is the only other encoding the format allows (ECMA-376 part 2).
async function* decodeXml(chunks: AsyncIterable<Uint8Array>, part: string): AsyncGenerator<string> {
  const source = chunks[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done) throw sourceErrors.xmlInvalid(part, 'empty')
  async function* all() {
    try {
      yield first.value as Uint8Array
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
    } finally {
      await source.return?.()
    }
  }
  try {
    yield* decodeStrictly(all(), part, encodingByBom(first.value) ?? 'utf-8')
  } catch (error) {
    if (error instanceof SourceError && error.code === 'encoding_mismatch') throw sourceErrors.xmlInvalid(part, error)
    throw error
  }
}

/** Runs the handlers over a whole part. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, part: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parseXml(chunks, part, handlers));
}
