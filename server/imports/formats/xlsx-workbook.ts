// The parts of a workbook that are read before any sheet: its sheets, the shared texts and the date styles.
import type { Limits } from './source.ts'
import { sourceErrors } from './source-error.ts'
import { builtInDateKind, type DateKind, dateKindOf } from './xlsx-dates.ts'
import { readXml } from './xml.ts'
import type { Archive } from './zip.ts'

export interface Sheet {
  name: string
  /** Name of the sheet's part in the archive. */
  part: string
}

export interface Workbook {
  sheets: Sheet[]
  /** Index in `sheets` of the first that is not hidden. */
  first_visible: number
  is_1904: boolean
  shared_texts: string[]
  /** By cell style index: how a number in that style is shown, undefined for plain numbers. */
  date_kinds: (DateKind | undefined)[]
}

const noText = { text: () => {}, close: () => {} }
const WORKBOOK_TYPE = /officeDocument$/
const isTrue = (value: string | undefined) => value === '1' || value === 'true'

/** Targets of a relations part, by id, as full part names. */
async function readRelations(archive: Archive, part: string): Promise<Map<string, { type: string; target: string }>> {
  const slash = part.lastIndexOf('/') + 1
  const relations = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`
  const found = new Map<string, { type: string; target: string }>()
  if (!archive.has(relations)) return found
  await readXml(archive.read(relations), relations, {
    ...noText,
    open: (name, { Id, Type, Target }) => {
      if (name !== 'Relationship' || !Id || !Target) return
      found.set(Id, { type: Type ?? '', target: resolve(part.slice(0, slash), Target) })
    },
  })
  return found
}

/** "worksheets/sheet1.xml" from "xl/", or "/xl/worksheets/sheet1.xml" from anywhere. */
function resolve(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/')
  if (path.startsWith('/')) return path.slice(1)
  const steps: string[] = folder.split('/').filter(Boolean)
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

async function findWorkbook(archive: Archive): Promise<string> {
  if (archive.has('xl/workbook.xml')) return 'xl/workbook.xml'
  const root = await readRelations(archive, '')
  const main = [...root.values()].find(({ type }) => WORKBOOK_TYPE.test(type))
  if (!main || !archive.has(main.target)) throw sourceErrors.xlsxInvalid('找不到工作簿。', 'there is no workbook part.')
  return main.target
}

// `_x000D_` stands for a character XML cannot hold (ECMA-376 part 1, 22.4.2.4).
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** Collects the text of `<t>` elements, skipping the phonetic readings `<rPh>` that East Asian workbooks carry. */
export class TextCollector {
  private text = ''
  private isText = false
  private inPhonetic = false

  open(name: string): void {
    if (name === 'rPh') this.inPhonetic = true
    this.isText = name === 't' && !this.inPhonetic
  }

  add(text: string): void {
    if (this.isText) this.text += text
  }

  close(name: string): void {
    if (name === 'rPh') this.inPhonetic = false
    this.isText = false
  }

  /** The text so far, and starts anew. */
  take(): string {
    const text = unescapeText(this.text)
    this.text = ''
    return text
  }
}

async function readSharedTexts(archive: Archive, part: string | undefined, limits: Limits): Promise<string[]> {
  const texts: string[] = []
  if (!part || !archive.has(part)) return texts
  const collector = new TextCollector()
  let chars = 0
  await readXml(archive.read(part), part, {
    open: (name) => collector.open(name),
    text: (text) => {
      chars += text.length
      // The shared texts are the one part that is held in memory as a whole.
      if (chars > limits.max_unpacked_bytes / 8)
        throw sourceErrors.archiveTooLarge('size', limits.max_unpacked_bytes / 8)
      collector.add(text)
    },
    close: (name) => {
      collector.close(name)
      if (name === 'si') texts.push(collector.take())
    },
  })
  return texts
}

async function readDateKinds(archive: Archive, part: string | undefined): Promise<(DateKind | undefined)[]> {
  const kinds: (DateKind | undefined)[] = []
  if (!part || !archive.has(part)) return kinds
  const custom = new Map<string, DateKind | undefined>()
  let inCellFormats = false
  await readXml(archive.read(part), part, {
    ...noText,
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(attributes.numFmtId ?? '', dateKindOf(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = attributes.numFmtId ?? '0'
        kinds.push(custom.has(id) ? custom.get(id) : builtInDateKind(Number(id)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return kinds
}

/** @throws SourceError `xlsx_invalid` without a sheet, and what reading the parts throws. */
export async function readWorkbook(archive: Archive, limits: Limits): Promise<Workbook> {
  const part = await findWorkbook(archive)
  const relations = await readRelations(archive, part)
  const byType = (ending: string) => [...relations.values()].find(({ type }) => type.endsWith(ending))?.target
  const sheets: Sheet[] = []
  let firstVisible = -1
  let is1904 = false
  await readXml(archive.read(part), part, {
    ...noText,
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = isTrue(attributes.date1904)
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const target = relations.get(id ?? '')
      // Chart sheets stand in the same list but hold no cells.
      if (!target?.type.endsWith('/worksheet') || !archive.has(target.target)) return
      if (firstVisible < 0 && (attributes.state ?? 'visible') === 'visible') firstVisible = sheets.length
      sheets.push({ name: attributes.name ?? '', part: target.target })
    },
  })
  if (sheets.length === 0) throw sourceErrors.xlsxInvalid('没有工作表。', 'there is no worksheet.')
  return {
    sheets,
    first_visible: Math.max(firstVisible, 0),
    is_1904: is1904,
    shared_texts: await readSharedTexts(archive, byType('/sharedStrings'), limits),
    date_kinds: await readDateKinds(archive, byType('/styles')),
  }
}
