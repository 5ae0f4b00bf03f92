import createClient from 'openapi-fetch'
import { ApiProblem, toProblem } from './problem.ts'
import type { paths } from './types.gen.ts'
import type { FindingChanges } from './types.ts'

/** The only way out of the page: one typed client, same origin. */
export const api = createClient<paths>({ baseUrl: window.location.origin })

type Answer<T> = { data?: T; error?: unknown; response: Response }

async function settle<T>(call: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw ApiProblem.unreachable()
  }
  if (answer.error !== undefined || !answer.response.ok) throw toProblem(answer.error, answer.response.status)
  return { data: answer.data as T, response: answer.response }
}

/** The answer's body, or an ApiProblem thrown. An abort passes through as DOMException AbortError. */
export const read = async <T>(call: Promise<Answer<T>>): Promise<T> => (await settle(call)).data

export type Written<T> = { item: T; changes: FindingChanges }

/** A write answers with the item and, in a header, how many findings it opened, superseded and ended. */
export async function write<T>(call: Promise<Answer<T>>): Promise<Written<T>> {
  const { data, response } = await settle(call)
  return { item: data, changes: parseChanges(response.headers.get('x-findings-changed')) }
}

function parseChanges(header: string | null): FindingChanges {
  const [opened = 0, superseded = 0, ended = 0] = (header ?? '').split(',').map((n) => Number(n) || 0)
  return { opened, superseded, ended }
}

/** A change names the version it was made from, so that two people never overwrite each other unseen. */
export const ifMatch = (version: number): { 'if-match': string } => ({ 'if-match': `"${version}"` })
