import { api, read } from './client.ts'
import { ApiProblem } from './problem.ts'
import type { ImportList, ImportQuery, ImportResult } from './types.ts'

export const listImports = (query: ImportQuery, signal?: AbortSignal): Promise<ImportList> =>
  read(api.GET('/api/imports', { params: { query }, signal }))

/**
 * Multipart upload; the browser sets the boundary itself, so no content type is named here. A file refused because of
 * its rows is an answer too: its report comes with the problem.
 */
export async function uploadImport(form: FormData): Promise<ImportResult> {
  try {
    return await read(api.POST('/api/imports', { body: form as never, bodySerializer: () => form }))
  } catch (error) {
    if (error instanceof ApiProblem && error.body.import) return error.body.import as ImportResult
    throw error
  }
}
