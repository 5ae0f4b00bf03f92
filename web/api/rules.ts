import { api, ifMatch, read, type Written, write } from './client.ts'
import type { AtMoment, CloseBody, Rule, RuleChange, RuleList, RuleQuery } from './types.ts'

export const listRules = (query: RuleQuery = {}, signal?: AbortSignal): Promise<RuleList> =>
  read(api.GET('/api/rules', { params: { query }, signal }))
export const getRule = (id: number, query: AtMoment = {}, signal?: AbortSignal): Promise<Rule> =>
  read(api.GET('/api/rules/{id}', { params: { path: { id }, query }, signal }))
export const updateRule = (id: number, body: RuleChange, version: number): Promise<Written<Rule>> =>
  write(api.PATCH('/api/rules/{id}', { params: { path: { id } }, headers: ifMatch(version), body }))
export const retireRule = (id: number, body: CloseBody): Promise<Written<Rule>> =>
  write(api.POST('/api/rules/{id}/retire', { params: { path: { id } }, body }))
