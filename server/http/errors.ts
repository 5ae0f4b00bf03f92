import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problems } from './problem.ts'

interface DatabaseError extends Error {
  code?: string
  detail?: string
  constraint?: string
}

/** The only place where SQLSTATEs become answers. */
export function problemOfDatabase(error: DatabaseError): Problem | undefined {
  switch (error.code) {
    case '23505':
      return problems.row.duplicate(error.constraint ?? 'unique value')
    case '23503':
    case '23514':
    case '22023':
      return problems.row.unprocessable(error.constraint ?? error.message)
    case '23502':
    case '22P02':
    case '22007':
    case '22008':
    case '22003':
    case '22021':
    case '22P05':
      return problems.request.invalid([{ field: error.constraint ?? 'body', message: error.message }])
    case '23001':
      return problems.row.unprocessable(error.message)
    case '40001':
    case '40P01':
    case '55P03':
      return problems.engine.conflict()
    case '57014':
    case '57P03':
      return problems.engine.busy()
    case '53100':
      return problems.engine.full()
    default:
      return undefined
  }
}

export function toProblem(error: FastifyError | Problem | DatabaseError): Problem | undefined {
  if (error instanceof Problem) return error
  const { validation, validationContext, statusCode } = error as FastifyError
  if (validation)
    return problems.request.invalid(
      validation.map((issue) => ({
        field: fieldOf(validationContext ?? 'body', issue),
        message: issue.message ?? 'not valid',
        expected: issue.params,
      })),
    )
  if (statusCode === 413) return problems.request.tooLarge('see the documentation of this endpoint')
  if (statusCode === 415) return problems.request.unsupportedMedia(error.message)
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem(statusCode, 'bad_request', 'The request cannot be read', '无法读取请求', error.message)
  return problemOfDatabase(error as DatabaseError)
}

function fieldOf(context: string, issue: { instancePath: string; params: Record<string, unknown> }): string {
  const path = issue.instancePath.split('/').filter(Boolean)
  const { requiredProperties, missingProperty, additionalProperties, additionalProperty } = issue.params
  const named = missingProperty ?? additionalProperty ?? first(requiredProperties) ?? first(additionalProperties)
  if (typeof named === 'string') path.push(named)
  return path.length > 0 ? path.join('.') : context
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined)

/** Everything that goes wrong becomes application/problem+json; the inside of a failure stays in the log. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error)
  if (!problem || problem.status >= 500) request.log.error({ err: error, request_id: request.id }, 'request failed')
  const answer =
    problem ??
    new Problem(500, 'internal_error', 'The server failed; the log has the details', '服务内部错误，详情见日志')
  return reply
    .code(answer.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body) => JSON.stringify(body))
    .send(answer.toBody(request.id))
}
