import type { ProblemBody } from './types.ts'

export type FieldError = { field: string; message: string; expected?: unknown }

/** What went wrong with a request: the server's problem+json, or status 0 when no server answered. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title_zh: string | null
  readonly detail: string | null
  readonly fields: readonly FieldError[]
  readonly request_id: string | null
  /** The whole answer: some problems carry more, a refused import its report. */
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.title ?? `HTTP ${status}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? (status === 0 ? 'unreachable' : 'unknown')
    this.title_zh = body.title_zh ?? null
    this.detail = body.detail ?? null
    this.fields = body.errors ?? []
    this.request_id = body.request_id ?? null
    this.body = body
  }

  static unreachable(): ApiProblem {
    return new ApiProblem(0, { title: 'The server does not answer' })
  }

  get isUnreachable(): boolean {
    // A proxy in front of a stopped server answers 502 to 504, without a code of ours.
    return this.status === 0 || (this.status >= 502 && this.status <= 504 && this.code === 'unknown')
  }
}

const isBody = (value: unknown): value is Partial<ProblemBody> => typeof value === 'object' && value !== null

export const toProblem = (body: unknown, status: number): ApiProblem => new ApiProblem(status, isBody(body) ? body : {})

/** Any thrown value as an ApiProblem; aborts are not problems and give null. */
export function asProblem(error: unknown): ApiProblem | null {
  if (error instanceof ApiProblem) return error
  if (error instanceof DOMException && error.name === 'AbortError') return null
  console.error(error)
  return new ApiProblem(-1, { title: error instanceof Error ? error.message : String(error), code: 'page_error' })
}
