import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../../db/connect.ts'

/** Prometheus text at /metrics: process, request durations by route, whether the database answers. */
export function registerMetrics(app: FastifyInstance, database: Database): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'perimeter_' })
  const durations = new Histogram({
    name: 'perimeter_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'perimeter_database_up',
    help: '1 when the database answers',
    registers: [registry],
    async collect() {
      this.set(
        await database.ping().then(
          () => 1,
          () => 0,
        ),
      )
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the URL: ids and search words stay out of metrics.
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
