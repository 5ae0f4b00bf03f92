import type { FastifyInstance } from 'fastify'
import { problems } from './problem.ts'

const LOCAL_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]'])

const isLocal = (authority: string): boolean => LOCAL_HOSTS.has(authority.replace(/:\d+$/, '').toLowerCase())

/**
 * Without accounts the only protection is that nobody else can reach the server. Binding to loopback keeps machines
 * out; checking Host keeps out names that a web page rebinds to 127.0.0.1, and Origin keeps out forms on other sites.
 */
export function guardLocalOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? ''
    if (!isLocal(host)) throw problems.request.foreignHost(host)
    const { origin } = request.headers
    if (origin !== undefined && origin !== `${request.protocol}://${host}`) throw problems.request.foreignOrigin(origin)
    if (request.headers['sec-fetch-site'] === 'cross-site') throw problems.request.foreignOrigin('cross-site')
  })
}
