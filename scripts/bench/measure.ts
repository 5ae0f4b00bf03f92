import { cpus } from 'node:os'

export interface Timing {
  name: string
  median_ms: number
  min_ms: number
  max_ms: number
  result: unknown
}

/** Runs the pieces in turn, round after round, so that whatever else the machine does falls on all of them alike. */
export async function sideBySide(
  pieces: Record<string, () => Promise<unknown>>,
  rounds: number,
): Promise<Record<string, Timing>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(pieces).map((name) => [name, []]))
  const results: Record<string, unknown> = {}
  for (let round = -1; round < rounds; round++)
    for (const [name, piece] of Object.entries(pieces)) {
      const start = performance.now()
      results[name] = await piece()
      if (round >= 0) times[name]?.push(performance.now() - start)
    }
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [
      name,
      {
        name,
        median_ms: percentile(list, 0.5),
        min_ms: Math.min(...list),
        max_ms: Math.max(...list),
        result: results[name],
      },
    ]),
  )
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function machine(): string {
  const [cpu] = cpus()
  return `${cpu?.model.trim()}, ${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`
}

export function printTable(title: string, rows: Record<string, string | number>[]): void {
  console.log(`\n## ${title}\n`)
  const columns = Object.keys(rows[0] ?? {})
  console.log(`| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|`)
  for (const row of rows) console.log(`| ${columns.map((column) => row[column]).join(' | ')} |`)
}

export const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0))
