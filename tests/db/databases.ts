/** Databases for the tests of this folder: an embedded one, and one on the server of TEST_DATABASE_URL. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type ConnectOptions, connect, type Database } from '../../db/connect.ts'

export const testServer = process.env['TEST_DATABASE_URL']

export interface TestDatabase extends Database {
  /** Closes and removes it. */
  drop(): Promise<void>
}

export function scratchDir(): Promise<string> {
  return fs.mkdtemp(path.join(os.tmpdir(), 'perimeter-test-'))
}

export async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServer! })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** Creates an empty database on the test server and returns its URL and how to remove it. */
export async function createServerDatabase() {
  const name = `perimeter_test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name}`))
  const url = new URL(testServer!)
  url.pathname = `/${name}`
  const drop = () => onServer((client) => client.query(`drop database if exists ${name} with (force)`))
  return { url: url.href, name, drop }
}

async function openServer(options: ConnectOptions): Promise<TestDatabase> {
  const { url, drop } = await createServerDatabase()
  const database = await connect({ ...options, url })
  const dropAll = async () => {
    await database.close()
    await drop()
  }
  return { ...database, drop: dropAll }
}

async function openEmbedded(options: ConnectOptions): Promise<TestDatabase> {
  const database = await connect({ data_dir: 'memory://', ...options })
  return { ...database, drop: database.close }
}

export interface EngineUnderTest {
  name: string
  /** True when it cannot be tested here. */
  missing: boolean
  open(options?: ConnectOptions): Promise<TestDatabase>
}

/** For describe.each: the same expectations on both. */
export const enginesUnderTest: EngineUnderTest[] = [
  { name: 'embedded', missing: false, open: (options = {}) => openEmbedded(options) },
  {
    name: testServer ? 'PostgreSQL' : 'PostgreSQL (skipped: TEST_DATABASE_URL is not set)',
    missing: !testServer,
    open: (options = {}) => openServer(options),
  },
]

/** The error a promise ends with; fails the test when it does not fail. */
export async function failure(work: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await work
  } catch (error) {
    return error as Error & { code?: string }
  }
  throw new Error('it should have failed')
}
