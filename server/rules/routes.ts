import { Type } from 'typebox'
import type { Db } from '../../db/connect.ts'
import {
  type Api,
  JSON_TEXT,
  refusals,
  type Services,
  seenVersion,
  sendFeature,
  sendText,
  sendWritten,
} from '../http/api.ts'
import { AsOfQuery, CloseBody, IdParams, ListQuery } from '../http/schemas.ts'
import { findRule, findSource, listRules, listSources } from './queries.ts'
import { Rule, RuleChange, RuleInput, RuleList, RuleSource, RuleSourceList } from './schemas.ts'
import { changeRule, createRule, createSource, retireRule } from './service.ts'

const RuleQuery = Type.Object({
  status: Type.Optional(Type.String({ description: 'draft, reviewed, active, retired; comma separated' })),
  jurisdiction: Type.Optional(Type.String({ description: 'GB/T 2260 codes, comma separated; 000000 is national' })),
  kind: Type.Optional(Type.String({ description: 'venue kinds the rule speaks of, comma separated' })),
  q: Type.Optional(Type.String({ maxLength: 100, description: 'part of code, title, summary or source' })),
  as_of: ListQuery.as_of,
})

const list = (name: string, rows: string[]) =>
  `{"numberMatched":${rows.length},"numberReturned":${rows.length},"${name}":[${rows.join(',')}]}`

export function registerRules(app: Api, services: Services): void {
  const { database } = services
  const tags = ['rules']

  app.get(
    '/api/rules',
    {
      schema: {
        operationId: 'listRules',
        tags,
        summary: 'Rules with their sources; distances in metres',
        querystring: RuleQuery,
        response: { 200: RuleList, ...refusals },
      },
    },
    async (request, reply) => sendText(reply, list('rules', await listRules(database.read, request.query))),
  )
  app.get(
    '/api/rules/:id',
    {
      schema: {
        operationId: 'getRule',
        tags,
        summary: 'One rule with its source',
        params: IdParams,
        querystring: AsOfQuery,
        response: { 200: Rule, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      return sendFeature(reply, await findRule(database.db, id, request.query.as_of), 'rule', id, JSON_TEXT)
    },
  )
  app.post(
    '/api/rules',
    {
      schema: {
        operationId: 'createRule',
        tags,
        summary: 'Add a rule as a draft',
        body: RuleInput,
        response: { 201: Rule, ...refusals },
      },
    },
    async (request, reply) => {
      const work = (trx: Db) => createRule(trx, request.body)
      return sendWritten(services, reply, 'rule.create', 201, work, findRule, JSON_TEXT)
    },
  )
  app.patch(
    '/api/rules/:id',
    {
      schema: {
        operationId: 'updateRule',
        tags,
        summary: 'Change a rule or its status: draft, reviewed, active, retired. Findings follow at once',
        params: IdParams,
        body: RuleChange,
        response: { 200: Rule, ...refusals },
      },
    },
    async (request, reply) => {
      const seen = seenVersion(request)
      const work = (trx: Db) => changeRule(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'rule.update', 200, work, findRule, JSON_TEXT)
    },
  )
  app.post(
    '/api/rules/:id/retire',
    {
      schema: {
        operationId: 'retireRule',
        tags,
        summary: 'Take a rule out of force; its findings end, the reason is noted',
        params: IdParams,
        body: CloseBody,
        response: { 200: Rule, ...refusals },
      },
    },
    async (request, reply) => {
      const seen = seenVersion(request)
      const work = (trx: Db) => retireRule(trx, request.params.id, request.body, seen)
      return sendWritten(services, reply, 'rule.retire', 200, work, findRule, JSON_TEXT)
    },
  )
  app.get(
    '/api/rule-sources',
    {
      schema: {
        operationId: 'listRuleSources',
        tags,
        summary: 'Legal and policy documents that rules come from',
        response: { 200: RuleSourceList, ...refusals },
      },
    },
    async (_request, reply) => {
      const rows = await listSources(database.read)
      return sendText(
        reply,
        list(
          'sources',
          rows.map((row) => row.source),
        ),
      )
    },
  )
  app.post(
    '/api/rule-sources',
    {
      schema: {
        operationId: 'createRuleSource',
        tags,
        summary: 'Add a legal or policy document',
        body: RuleSource,
        response: { 201: RuleSource, ...refusals },
      },
    },
    async (request, reply) => {
      const work = (trx: Db) => createSource(trx, request.body)
      return sendWritten(services, reply, 'rule-source.create', 201, work, findSource, JSON_TEXT)
    },
  )
}
