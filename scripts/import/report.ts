import { Problem } from '../../server/http/problem.ts'
import type { ImportProblem, ImportResult } from '../../server/imports/schemas.ts'

/** What the command ends with: the same as POST /api/imports answers. */
export type Answer = { ok: true; body: ImportResult } | { ok: false; body: ImportProblem }

const SHOWN_REJECTIONS = 20

const HEADINGS = {
  stored: '已导入 / imported',
  dry_run: '检查完毕，未保存 / checked, nothing stored',
  refused: '拒绝导入，未保存任何内容 / refused, nothing stored',
}

function resultLines(result: ImportResult): string[] {
  const { opened, superseded, ended } = result.findings
  const lines = [
    `${HEADINGS[result.outcome]}: ${result.file_name} -> ${result.layer} (${[result.format, result.encoding, result.crs].filter(Boolean).join(', ')})`,
    `  新增 created ${result.created}  更新 updated ${result.updated}  未变 unchanged ${result.unchanged}  拒绝 rejected ${result.rejected}`,
    `  线索 findings: 新增 opened ${opened}  更新 superseded ${superseded}  结束 ended ${ended}`,
    `  列 columns: ${Object.entries(result.columns)
      .map(([field, column]) => `${field}=${column}`)
      .join(', ')}`,
  ]
  for (const { code, message_zh, message_en } of result.warnings)
    lines.push(`! [${code}] ${message_zh}\n    ${message_en}`)
  const shown = result.rejections.slice(0, SHOWN_REJECTIONS)
  for (const { row, column, code, message_zh, message_en, expected } of shown) {
    const where = `第 ${row} 行${column === null ? '' : `“${column}”`} row ${row}`
    lines.push(
      `- ${where} [${code}] ${message_zh} / ${message_en}${expected === null ? '' : `；应为 expected: ${expected}`}`,
    )
  }
  const more = result.rejected - shown.length
  if (more > 0) lines.push(`  ……另有 ${more} 行 / and ${more} more; --json 可列出 1000 行 / lists 1,000`)
  return lines
}

export function textOf(answer: Answer): string {
  if (answer.ok) return resultLines(answer.body).join('\n')
  const { code, title_zh, detail, title, errors = [], import: result } = answer.body
  const fields = errors.map(
    ({ field, message, expected }) => `  ${field}: ${message}${expected ? ` (${expected})` : ''}`,
  )
  return [`[${code}] ${title_zh ?? ''}\n  ${detail ?? title}`, ...fields, ...(result ? resultLines(result) : [])].join(
    '\n',
  )
}

export const jsonOf = (answer: Answer): string => JSON.stringify(answer.body)

/** A result or a problem as the answer; anything else is not ours to explain. */
export function answerOfResult(result: ImportResult): Answer {
  if (result.outcome !== 'refused') return { ok: true, body: result }
  const { code, message_zh, message_en } = result.refusal ?? { code: 'refused', message_zh: '', message_en: '' }
  const problem = new Problem(422, code, 'The file was refused', message_zh, message_en)
  return { ok: false, body: { ...problem.toBody('command-line'), import: result } }
}

export const answerOfProblem = (problem: Problem): Answer => ({ ok: false, body: problem.toBody('command-line') })
