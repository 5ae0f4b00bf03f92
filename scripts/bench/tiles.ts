import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import autocannon from 'autocannon'
import Fastify from 'fastify'
import type { Database } from '../../db/connect.ts'
import type { TileLayer } from '../../server/tiles/layers.ts'
import { layerBounds, mvtStatement, tileVersions } from '../../server/tiles/queries.ts'
import { registerTiles } from '../../server/tiles/routes.ts'
import { ms, percentile, printTable } from './measure.ts'

export interface TileBenchOptions {
  /** URL of the PostgreSQL database, for pgbench; without it that column stays empty. */
  url?: string | undefined
  layer?: TileLayer
  zooms?: number[]
  /** Of each single measurement; there are three per round and zoom. */
  duration_s?: number
  /** Of which the medians are shown. */
  rounds?: number
  connections?: number
}

/** Tiles around the middle of the data: columns x .. x + width - 1, rows y .. y + width - 1. */
interface Square {
  z: number
  x: number
  y: number
  width: number
}

/** At most 8 by 8 tiles of the inner half of the data, so that none is empty. */
function middleOf([west, south, east, north]: [number, number, number, number], z: number): Square {
  const column = (lon: number) => ((lon + 180) / 360) * 2 ** z
  const row = (lat: number) => ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z
  const [x, y] = [column((west + east) / 2), row((south + north) / 2)]
  const width = Math.max(1, Math.min(8, Math.floor((column(east) - column(west)) / 2)))
  return { z, x: Math.floor(x - (width - 1) / 2), y: Math.floor(y - (width - 1) / 2), width }
}

/** (c) Tiles per second and p99, computed anew and from the cache, beside the same SQL under pgbench. */
export async function benchTiles(database: Database, label: string, options: TileBenchOptions = {}): Promise<void> {
  const { layer = 'venues', zooms = [10, 11, 12, 13, 14, 15, 16], connections = 4 } = options
  const version = (await tileVersions(database.db))[layer]
  const bounds = await layerBounds(database.db, layer)
  if (!bounds) throw new Error(`the ${layer} layer is empty`)
  const [cold, cached] = [await serve(database, 0), await serve(database, 256 * 1024 * 1024)]
  const rows: Record<string, string | number>[] = []
  try {
    for (const z of zooms) {
      const square = middleOf(bounds as [number, number, number, number], z)
      const load = { layer, version, square, connections, duration_s: options.duration_s ?? 2 }
      const bare = database.hasMvt ? options.url : undefined
      rows.push(await rowOf(load, { cold: cold.url, cached: cached.url, bare }, options.rounds ?? 3))
    }
  } finally {
    await Promise.all([cold.close(), cached.close()])
  }
  printTable(`Tiles of ${layer}, ${label}, ${database.kind}, ${connections} connections`, rows)
}

/** The three in turn, round after round, so that whatever else the machine does falls on all of them alike. */
async function rowOf(load: Load, urls: { cold: string; cached: string; bare: string | undefined }, rounds: number) {
  await shoot(urls.cold, { ...load, duration_s: 1 })
  await shoot(urls.cached, { ...load, duration_s: 1 })
  const bare: number[] = []
  const [cold, cached]: [Shots[], Shots[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const rate = urls.bare === undefined ? undefined : await pgbench(urls.bare, load)
    if (rate !== undefined) bare.push(rate)
    cold.push(await shoot(urls.cold, load))
    cached.push(await shoot(urls.cached, load))
  }
  const median = (shots: Shots[], key: keyof Shots) =>
    percentile(
      shots.map((each) => each[key]),
      0.5,
    )
  const [fresh, kept] = [median(cold, 'rate'), median(cached, 'rate')]
  const floor = bare.length === 0 ? undefined : percentile(bare, 0.5)
  return {
    zoom: load.square.z,
    tiles: load.square.width ** 2,
    'kB a tile (gzip)': (median(cold, 'bytes') / 1000).toFixed(1),
    'cold /s': show(fresh),
    'cold p99 ms': ms(median(cold, 'p99_ms')),
    'pgbench /s': floor === undefined ? '' : show(floor),
    'cold to pgbench': floor === undefined ? '' : (fresh / floor).toFixed(2),
    'cached /s': show(kept),
    'cached p99 ms': ms(median(cached, 'p99_ms')),
    'cached to cold': (kept / fresh).toFixed(1),
  }
}

const show = (value: number): string => value.toFixed(value < 100 ? 1 : 0)

async function serve(database: Database, cache_bytes: number) {
  const app = Fastify().setValidatorCompiler(TypeBoxValidatorCompiler)
  registerTiles(app as never, database, { cache_bytes })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: () => app.close() }
}

interface Load {
  layer: TileLayer
  version: number
  square: Square
  connections: number
  duration_s: number
}

interface Shots {
  rate: number
  p99_ms: number
  /** Of a tile as sent, with its headers. */
  bytes: number
}

/** Every connection asks for all tiles in turn, as a browser would: versioned and with gzip. */
async function shoot(url: string, { layer, version, square, connections, duration_s }: Load): Promise<Shots> {
  const { z, x, y, width } = square
  const requests = Array.from({ length: width * width }, (_, at) => ({
    path: `/tiles/${layer}/${z}/${x + (at % width)}/${y + Math.floor(at / width)}.mvt?v=${version}`,
  }))
  const headers = { 'accept-encoding': 'gzip' }
  // In a thread of its own, or it would slow down the server it measures.
  const result = await autocannon({ url, connections, duration: duration_s, requests, headers, workers: 1 })
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx + result.errors} tiles failed at z${z}`)
  const sent = Math.max(1, result['2xx'])
  return { rate: result['2xx'] / result.duration, p99_ms: result.latency.p99, bytes: result.throughput.total / sent }
}

/** Transactions per second of the tile statement, prepared, or undefined where pgbench is not installed. */
async function pgbench(url: string, { layer, square, connections, duration_s }: Load): Promise<number | undefined> {
  const { z, x, y, width } = square
  const folder = await mkdtemp(join(tmpdir(), 'perimeter-bench-'))
  const file = join(folder, 'tile.sql')
  const statement = mvtStatement(layer, z).replaceAll('$1', ':x').replaceAll('$2', ':y').replaceAll(/\s+/g, ' ')
  const script = [`\\set x random(${x}, ${x + width - 1})`, `\\set y random(${y}, ${y + width - 1})`, `${statement};`]
  await writeFile(file, script.join('\n'))
  const flags = ['-n', '-M', 'prepared', '-c', `${connections}`, '-T', `${duration_s}`, '-f', file, url]
  try {
    const text = await outputOf('pgbench', flags)
    return text === undefined ? undefined : Number(/tps = ([\d.]+)/.exec(text)?.[1])
  } finally {
    await rm(folder, { recursive: true })
  }
}

function outputOf(command: string, flags: string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, flags, { env: { ...process.env, PGOPTIONS: '-c jit=off' } })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(undefined) : reject(error)))
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(text))))
  })
}
