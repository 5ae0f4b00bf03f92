// Runs the import command as people do: a process of its own.
import { spawn } from 'node:child_process'
import type { ImportProblem, ImportResult } from '../../server/imports/schemas.ts'

const ROOT = new URL('../..', import.meta.url).pathname

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** @param env database settings; nothing else of this process's settings reaches the command */
export function runImport(args: string[], env: Record<string, string>): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/import.ts', ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The one JSON answer of a command that should succeed. */
export async function importJson(args: string[], env: Record<string, string>): Promise<ImportResult> {
  const { code, stdout, stderr } = await runImport([...args, '--json'], env)
  if (code !== 0) throw new Error(`exit ${code}: ${stdout}${stderr}`)
  return JSON.parse(stdout) as ImportResult
}

export const problemOf = ({ stdout }: Ran): ImportProblem => JSON.parse(stdout) as ImportProblem
