import type { Query } from '../stores/filters.ts'
import { api, ifMatch, read, type Written, write } from './client.ts'
import type { CloseBody, Rule, RuleChange, RuleList } from './types.ts'

export const listRules = (query: Query = {}, signal?: AbortSignal): Promise<RuleList> =>
  read(api.GET('/api/rules', { params: { query }, signal }))
export const getRule = (id: number, query: Query = {}, signal?: AbortSignal): Promise<Rule> =>
  read(api.GET('/api/rules/{id}', { params: { path: { id }, query }, signal }))
export const updateRule = (id: number, body: RuleChange, version: number): Promise<Written<Rule>> =>
  write(api.PATCH('/api/rules/{id}', { params: { path: { id }, header: ifMatch(version) }, body }))
export const retireRule = (id: number, body: CloseBody): Promise<Written<Rule>> =>
  write(api.POST('/api/rules/{id}/retire', { params: { path: { id } }, body }))
