/** `npm run import -- <layer> <file> --crs <crs>`: a file into the database, directly or through the running server. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SingleBar } from 'cli-progress'
import { connect, EngineError, isLocked } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { seedSite } from '../db/seed/seed.ts'
import { type Config, ConfigError, loadConfig } from '../server/config.ts'
import { createApplyChange } from '../server/findings/service.ts'
import { toProblem } from '../server/http/errors.ts'
import { type ImportOptions, type ImportProgress, importFile } from '../server/imports/service.ts'
import { type Command, parseCommand, USAGE, UsageError } from './import/arguments.ts'
import { type Answer, answerOfProblem, answerOfResult, jsonOf, textOf } from './import/report.ts'
import { sendToServer } from './import/send.ts'

const MIGRATIONS = new URL('../db/migrations', import.meta.url).pathname
const EXIT = { done: 0, refused: 1, usage: 2 } as const

const PHASES: Record<ImportProgress['phase'], string> = {
  reading: '读取 reading',
  writing: '写入 writing',
  deriving: '计算 deriving',
}

/** A bar on a terminal, silence elsewhere. While the file is read its length is unknown: the bar then only counts. */
function progressBar(): { show: (progress: ImportProgress) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: '{phase} [{bar}] {value}{of} 行 rows',
    stream: process.stderr,
    clearOnComplete: true,
  })
  bar.start(1, 0, { phase: '', of: '' })
  return {
    show({ phase, rows, total }) {
      bar.setTotal(total ?? rows + 1)
      bar.update(rows, { phase: PHASES[phase], of: total === null ? '' : ` / ${total}` })
    },
    stop: () => bar.stop(),
  }
}

async function importHere(config: Config, options: ImportOptions): Promise<Answer> {
  const database = await connect({ url: config.database_url, data_dir: resolve(config.data_dir) })
  const progress = progressBar()
  try {
    await migrate(database.db, MIGRATIONS)
    await seedSite(database.db)
    const applyChange = createApplyChange(database.db, { measure_srid: config.measure_srid })
    return answerOfResult(await importFile(applyChange, options, progress.show))
  } catch (error) {
    const problem = toProblem(error as Error)
    if (problem) return answerOfProblem(problem)
    throw error
  } finally {
    progress.stop()
    await database.close()
  }
}

/** Address of the server that has the data directory open. */
function addressOfServer(dataDir: string): string {
  const file = join(resolve(dataDir), 'server.json')
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url
  throw new Error(
    `数据目录 ${resolve(dataDir)} 正被另一个程序使用，请稍后再试。/ The data directory is in use by another program; try later.`,
  )
}

async function runImport(command: Extract<Command, { does: 'import' }>): Promise<number> {
  const config = loadConfig(process.env)
  const { options } = command
  const isServed = config.database_url === undefined && (await isLocked(resolve(config.data_dir)))
  const answer = isServed
    ? await sendToServer(addressOfServer(config.data_dir), options)
    : await importHere(config, options)
  console.log(command.as_json ? jsonOf(answer) : textOf(answer))
  return answer.ok ? EXIT.done : EXIT.refused
}

async function main(): Promise<number> {
  try {
    const command = parseCommand(process.argv.slice(2))
    if (command.does === 'import') return await runImport(command)
    console.log(command.text)
    return EXIT.done
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`)
      return EXIT.usage
    }
    if (error instanceof ConfigError) {
      console.error(error.message)
      return EXIT.usage
    }
    console.error(error instanceof EngineError ? error.message : error)
    return EXIT.refused
  }
}

process.exitCode = await main()
