import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Api, refusals, type Services, setFindingsChanged } from '../http/api.ts'
import { type ApplyChange, LOCAL_OPERATOR } from '../http/change.ts'
import { problems } from '../http/problem.ts'
import { IdParams } from '../http/schemas.ts'
import { parseAssignments } from './mapping.ts'
import { findImport, listImports } from './queries.ts'
import {
  IMPORT_LAYERS,
  ImportFields,
  ImportList,
  ImportProblem,
  ImportQuery,
  ImportRecord,
  ImportResult,
} from './schemas.ts'
import { importFile } from './service.ts'

const MAX_FILE_BYTES = 512 * 1024 ** 2
/** Multipart bodies are checked here, part by part; the schema is for readers of the description. */
const ImportBody = Type.Object({ file: Type.String({ format: 'binary' }), ...ImportFields.properties })
const fieldsValidator = Compile(ImportFields)

export async function registerImports(app: Api, services: Services): Promise<void> {
  // A scope of its own: only these routes take multipart bodies.
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { files: 1, fileSize: MAX_FILE_BYTES, fields: 200, fieldSize: 10_000, headerPairs: 100 },
    })
    registerUpload(scope as unknown as Api, services)
  })
  registerReads(app, services)
}

function registerUpload(app: Api, { applyChange }: Services): void {
  app.post(
    '/api/imports',
    {
      // The body is never parsed as a whole; ImportFields is checked in receive().
      validatorCompiler: () => () => true,
      schema: {
        operationId: 'createImport',
        tags: ['imports'],
        summary: 'Import a file into a layer; one transaction',
        consumes: ['multipart/form-data'],
        body: ImportBody,
        response: { 200: ImportResult, 201: ImportResult, 422: ImportProblem, ...refusals },
      },
    },
    async (request, reply) => {
      const result = await importUpload(request, applyChange)
      if (result.outcome === 'refused') {
        const body = problemOf(result, String(request.id))
        return reply.code(422).type('application/problem+json').send(body)
      }
      return setFindingsChanged(reply, result.findings)
        .code(result.outcome === 'stored' ? 201 : 200)
        .send(result)
    },
  )
}

/** The upload lives in a folder of its own, which is gone before the answer is sent. */
async function importUpload(request: FastifyRequest, applyChange: ApplyChange): Promise<ImportResult> {
  const directory = await mkdtemp(join(tmpdir(), 'perimeter-upload-'))
  try {
    const { path, file_name, fields } = await receive(request, directory)
    return await importFile(applyChange, {
      ...fields,
      map: parseAssignments(fields.map ?? []),
      set: parseAssignments(fields.set ?? []),
      path,
      file_name,
      imported_by: LOCAL_OPERATOR.name,
      tmp_dir: directory,
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function problemOf(result: ImportResult, requestId: string): ImportProblem {
  const { code, message_zh, message_en } = result.refusal ?? { code: 'refused', message_zh: '', message_en: '' }
  const problem = problems.import.refused(code, 'The file was refused', message_zh, message_en)
  return { ...problem.toBody(requestId), import: result }
}

interface Received {
  path: string
  file_name: string
  fields: ImportFields
}

const NEEDED = { layer: IMPORT_LAYERS.join(', '), crs: 'wgs84, cgcs2000, gcj02, bd09 or EPSG:n' }
const LISTS = ['map', 'set']
const FLAGS = ['dry_run', 'strict']

/** A text part as its field's type; what cannot be read is left for the schema to refuse. */
function fieldValue(name: string, text: string): unknown {
  if (FLAGS.includes(name))
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text
  if (name === 'position_error_m') return text.trim() === '' ? text : Number(text)
  return text
}

/** Streams the file part to disk and gathers the text parts, in whichever order they come. */
async function receive(request: FastifyRequest, directory: string): Promise<Received> {
  if (!request.isMultipart()) {
    throw problems.request.unsupportedMedia(request.headers['content-type'] ?? 'no content type')
  }
  const fields: Record<string, unknown> = {}
  let file: { path: string; file_name: string } | undefined
  for await (const part of request.parts()) {
    if (part.type === 'file') file = await saveFile(part, directory)
    else addField(fields, part)
  }
  if (!file) throw problems.import.missing('file', 'multipart part "file"')
  if (fieldsValidator.Check(fields)) return { ...file, fields }
  for (const [name, expected] of Object.entries(NEEDED)) {
    if (fields[name] === undefined) throw problems.import.missing(name, expected)
  }
  throw problems.request.invalid(
    fieldsValidator.Errors(fields).map(({ instancePath, message }) => ({ field: instancePath.slice(1), message })),
  )
}

function addField(fields: Record<string, unknown>, { fieldname, value }: Extract<Multipart, { type: 'field' }>): void {
  const text = String(value)
  if (LISTS.includes(fieldname)) fields[fieldname] = [...((fields[fieldname] as string[]) ?? []), text]
  else if (text !== '') fields[fieldname] = fieldValue(fieldname, text)
}

async function saveFile(part: MultipartFile, directory: string): Promise<{ path: string; file_name: string }> {
  // The sender's name is kept for messages only: the path on disk is ours.
  const path = join(directory, 'upload')
  await pipeline(part.file, createWriteStream(path))
  if (part.file.truncated) throw problems.request.tooLarge('512 MB')
  return { path, file_name: part.filename || 'upload' }
}

function registerReads(app: Api, { database }: Services): void {
  app.get(
    '/api/imports',
    {
      schema: {
        operationId: 'listImports',
        tags: ['imports'],
        summary: 'Past imports, newest first',
        querystring: ImportQuery,
        response: { 200: ImportList, ...refusals },
      },
    },
    async (request) => {
      const { matched, imports, next } = await listImports(database.db, request.query)
      const parameters = new URLSearchParams({ ...(request.query.layer ? { layer: request.query.layer } : {}) })
      if (request.query.limit) parameters.set('limit', String(request.query.limit))
      if (next) parameters.set('cursor', next)
      const links = next ? [{ rel: 'next', type: 'application/json', href: `/api/imports?${parameters}` }] : []
      return { numberMatched: matched, numberReturned: imports.length, links, imports }
    },
  )
  app.get(
    '/api/imports/:id',
    {
      schema: {
        operationId: 'getImport',
        tags: ['imports'],
        summary: 'One import with its rejections',
        params: IdParams,
        response: { 200: ImportRecord, ...refusals },
      },
    },
    async (request) => {
      const found = await findImport(database.db, request.params.id)
      if (!found) throw problems.row.notFound('import', request.params.id)
      return found
    },
  )
}
